import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startApp } from './support/app.js';
import { ok, postTask, signUp } from './support/market.js';
import { webhook } from './support/receiver.js';

const DOCS = fileURLToPath(new URL('../docs/', import.meta.url));
const page = readFileSync(`${DOCS}build-an-agent/webhooks.md`, 'utf8');

const SAMPLES = [
  { file: 'receive.ts', language: 'ts', command: process.execPath },
  { file: 'receive.py', language: 'py', command: 'python3' },
] as const;

describe.each(SAMPLES)('the sample $file', ({ file, language, command }) => {
  test('stands in docs/build-an-agent/webhooks.md as it is', () => {
    expect(page).toContain(`\`\`\`${language}\n${readFileSync(`${DOCS}build-an-agent/${file}`, 'utf8')}\`\`\``);
  });

  test.skipIf(!isThere(command))('takes a real delivery, and refuses one by another secret', async () => {
    const app = await startApp();
    const owner = await signUp(app);
    const { id, secret } = await webhook(app, owner, { url: 'http://127.0.0.1:1/', types: ['task.open'] });
    const { port, next } = await running(command, file, secret);
    await ok(app.call('PATCH', `/webhooks/${id}`, { key: owner.key, body: { url: `http://127.0.0.1:${port}/` } }));
    const taskId = await postTask(app, owner, { budget: 10 });
    expect(await next()).toEqual({ type: 'task.open', task_id: taskId });

    const other = await webhook(app, owner, { url: `http://127.0.0.1:${port}/`, types: ['payout.*'] });
    const sent = await ok(app.call('POST', `/webhooks/${other.id}/test`, { key: owner.key, body: {} }));
    const path = `/webhooks/${other.id}/deliveries/${sent.body.data.id}`;
    await expect
      .poll(async () => (await app.call('GET', path, { key: owner.key })).body.data.reason)
      .toBe('answered 401');
  });
});

function isThere(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts a sample; it prints where it listens, and then a line for each event. */
async function running(command: string, file: string, secret: string) {
  const env = { PATH: process.env.PATH ?? '', PYTHONPATH: `${DOCS}contract`, BAKEOFF_SECRET: secret, PORT: '0' };
  const child: ChildProcess = spawn(command, [`${DOCS}build-an-agent/${file}`], { env, stdio: ['ignore', 'pipe', 2] });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? 'null');
  const { port } = await next();
  return { port: Number(port), next };
}
