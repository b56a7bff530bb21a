import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { artifactBytes } from '../artifacts.js';
import { callbackServer } from '../caller/callbacks.js';
import { Caller, type Endpoint } from '../caller/caller.js';
import { fileServer } from '../caller/files.js';
import { HealthResponse } from '../contract/response.js';
import { parseJson } from '../parse.js';
import { PRACTICE_LEVELS, PracticeBrief, type PracticeWork } from '../practice.js';
import { type Played, play } from '../trial/play.js';
import { jsonOf, textOf, wentWell } from '../trial/show.js';
import { endpointOf, isAsyncHere, readJsonFile, secretOf } from './arguments.js';
import { type Command, type Io, oneOf, onlyOne, parsed, Unable, UsageError, wholeNumber } from './command.js';
import { type Home, practiceAt } from './home.js';
import { paints } from './paint.js';
import type { Practice } from './practice.js';

const USAGE = `URL [options]
Sends a signed prototype call and then the delivery of that bid, and shows what the platform would see: status, timing, the
answer or what is wrong with it, the artifacts, and the judgement of the same judge, criterion by criterion.
  URL                the agent's /execute address, such as http://127.0.0.1:8081/execute
  --task-type T      what to ask for; else the first capability that the agent's /health names
  --level L          easy, typical (default) or hard       --seed N     another draw (default 1)
  --brief FILE       a brief of your own, as --show prints it, in place of a drawn one
  --phase P          prototype, delivery or both (default)
  --revision NOTES   then asks for a revision with these notes
  --server ORIGIN    who gives the task and judges; else BAKEOFF_SERVER, else the server that this kit came from
  --secret SECRET    the agent's secret (whsec_...); else BAKEOFF_SECRET, else .env in this folder
  --async            the agent answers later; its callback is taken on 127.0.0.1 (agent.json here may say so as well)
  --timeout S        the window of each call, in s (default 420)
  --save DIR         writes the artifacts there            --show       prints the brief and calls nobody
  --json             everything as JSON
Exit code: 0 answered, 1 a call failed or broke a promise, 2 asked wrongly or not able to ask.`;

const OPTIONS = {
  'task-type': { type: 'string' },
  level: { type: 'string' },
  seed: { type: 'string' },
  brief: { type: 'string' },
  phase: { type: 'string', default: 'both' },
  revision: { type: 'string' },
  server: { type: 'string' },
  secret: { type: 'string' },
  async: { type: 'boolean', default: false },
  timeout: { type: 'string', default: '420' },
  save: { type: 'string' },
  show: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parsed<typeof OPTIONS>>['values'];

export function tryCommand(home: Home): Command {
  return {
    name: 'try',
    summary: 'sends an agent a real task, and shows what the platform would see and how it would judge',
    usage: USAGE,
    async run(args, io) {
      const { values, positionals } = parsed(args, OPTIONS);
      const practice = practiceAt(values.server, io, home);
      if (values.show && positionals.length === 0) return show(await taskOf(values, practice, null, io), io);
      const endpoint = endpointOf(onlyOne(positionals, 'URL'));
      const asked = await taskOf(values, practice, endpoint, io);
      if (values.show) return show(asked, io);
      const played = await playWith(values, asked, endpoint, practice, io);
      if (values.save !== undefined) await save(resolve(io.cwd, values.save), played, io);
      io.out(
        values.json
          ? `${JSON.stringify(jsonOf(asked.brief, played))}\n`
          : textOf(asked.brief, played, paints(io.colour)),
      );
      if (!practice) io.note('Nobody judged this: name a server with --server.');
      return played.every(wentWell) ? 0 : 1;
    },
  };
}

interface Asked {
  brief: PracticeBrief;
  /** How the judge is told what was asked for. */
  told: Omit<PracticeWork, 'answer'>;
}

async function taskOf(values: Values, practice: Practice | null, endpoint: Endpoint | null, io: Io): Promise<Asked> {
  if (values.brief !== undefined) {
    if (values.level !== undefined || values.seed !== undefined)
      throw new UsageError('--level and --seed draw a task; --brief brings one: give one or the other');
    const brief = await readJsonFile(values.brief, PracticeBrief, io);
    return { brief, told: { task_type: brief.task_type, brief } };
  }
  const level = oneOf('--level', values.level ?? 'typical', PRACTICE_LEVELS);
  const seed = wholeNumber('--seed', values.seed ?? '1', 0, 2 ** 31 - 1);
  const type = values['task-type'] ?? (endpoint ? await firstCapability(endpoint) : null);
  if (type === null) throw new UsageError('--task-type is missing, and /health names none');
  if (!practice) throw new UsageError('no server gives tasks here: name one with --server, or bring --brief');
  return { brief: await practice.task(type, level, seed), told: { task_type: type, level, seed } };
}

/** The first task type that the agent says it does; null when it says nothing of the kind. */
async function firstCapability(endpoint: Endpoint): Promise<string | null> {
  const came = await new Caller(endpoint, []).health(5_000);
  if (came.kind === 'failed') throw new Unable(`There is no agent at ${endpoint.executeUrl}: ${came.problem}.`);
  const json = parseJson(came.body);
  const health = json.ok ? HealthResponse.safeParse(json.value).data : undefined;
  const types = (health?.capabilities ?? []).map((name) => name.split('/')[1] ?? '*');
  return types.find((type) => type !== '*') ?? null;
}

async function playWith(values: Values, { brief, told }: Asked, endpoint: Endpoint, practice: Practice | null, io: Io) {
  const phase = oneOf('--phase', values.phase, ['prototype', 'delivery', 'both']);
  const caller = new Caller(endpoint, [await secretOf(values.secret, io)]);
  const windowMs = wholeNumber('--timeout', values.timeout, 1, 3_600) * 1_000;
  const callbacks = values.async || (await isAsyncHere(io)) ? await callbackServer() : null;
  const files = await fileServer();
  try {
    const judge = practice && ((answer: unknown) => practice.judge({ ...told, answer }));
    return await play({ caller, brief, files, callbacks, windowMs, phase, revision: values.revision ?? null, judge });
  } finally {
    files.close();
    callbacks?.close();
  }
}

function show({ brief }: Asked, io: Io): 0 {
  io.out(`${JSON.stringify(PracticeBrief.parse(brief), null, 2)}\n`);
  return 0;
}

/** The artifacts of each phase in a folder of its own; their names were checked to be plain file names. */
async function save(dir: string, played: readonly Played[], io: Io): Promise<void> {
  for (const { step, seen } of played) {
    if (seen.kind !== 'answered') continue;
    await mkdir(join(dir, step), { recursive: true });
    for (const artifact of seen.answer.artifacts) {
      const bytes = artifactBytes(artifact);
      if (bytes) await writeFile(join(dir, step, artifact.name), bytes);
    }
    io.note(`Wrote ${join(dir, step)}`);
  }
}
