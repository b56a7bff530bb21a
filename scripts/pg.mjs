#!/usr/bin/env node
// Runs a PostgreSQL of Bakeoff's own in a data folder, out of the binaries that npm installed.
import { parseArgs } from 'node:util';
import { destroy, releaseHolder, start, status, stop } from './lib/cluster.mjs';
import { isAlive } from './lib/processes.mjs';
import { Refusal, runMain } from './lib/refusal.mjs';

const USAGE = `usage: node scripts/pg.mjs COMMAND [--data DIR]

  start    start PostgreSQL, or join the one that runs; prints one line of JSON
             --hold PID  for that process: PostgreSQL stops when the last such process releases it
             --fast      for tests: no fsync, and adminUrl in the answer
  release  --hold PID    that process needs it no more
  stop     stop it, whoever holds it
             --immediate  without a checkpoint; the next start recovers
             --remove     and delete it, if it was made with --fast and no process but --hold PID holds it
  status   one line of JSON; exit code 3 when it does not run
  url      its address for migrations and for looking inside (--app: with the application's rights)

DIR is $DATA_DIR, or data.`;

const COMMANDS = {
  async start(dir, { fast, holder }) {
    const { notice, ...answer } = await start(dir, { fast, holder });
    if (notice) console.error(notice);
    console.log(JSON.stringify(answer));
    if (holder !== undefined && !isAlive(holder)) await releaseHolder(dir, holder); // it died while we were starting
  },
  async release(dir, { holder }) {
    if (holder === undefined) throw new Refusal('release needs --hold PID.');
    console.log(JSON.stringify(await releaseHolder(dir, holder)));
  },
  async stop(dir, { immediate, remove, holder }) {
    console.log(JSON.stringify(remove ? await destroy(dir, { releasing: holder }) : await stop(dir, { immediate })));
  },
  async status(dir) {
    const running = await status(dir);
    if (!running) process.exitCode = 3;
    const { pid, port, version, holders } = running ?? {};
    console.log(JSON.stringify(running ? { running: true, pid, port, version, holders } : { running: false }));
  },
  async url(dir, { app }) {
    const running = await status(dir);
    if (!running) throw new Refusal(`PostgreSQL does not run for ${dir}: npm run db -- start`);
    console.log(app ? running.appUrl : running.ownerUrl);
  },
};

await runMain(async () => {
  const { command, dir, options } = parsed();
  if (!Object.hasOwn(COMMANDS, command)) throw new Refusal(USAGE);
  await COMMANDS[command](dir, options);
});

function parsed() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string', default: process.env.DATA_DIR || 'data' },
        hold: { type: 'string' },
        fast: { type: 'boolean', default: false },
        app: { type: 'boolean', default: false },
        immediate: { type: 'boolean', default: false },
        remove: { type: 'boolean', default: false },
      },
    });
    return { command: positionals[0] ?? '', dir: values.data, options: { ...values, holder: processId(values.hold) } };
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${USAGE}`);
  }
}

function processId(text) {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Error(`--hold takes a process id, not "${text}".`);
  return Number(text);
}
