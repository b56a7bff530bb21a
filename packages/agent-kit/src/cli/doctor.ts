import type { Endpoint } from '../caller/caller.js';
import { exchange } from '../caller/exchange.js';
import type { Check } from '../doctor/check.js';
import { CHECKS } from '../doctor/checks.js';
import { type Diagnosis, diagnose } from '../doctor/diagnose.js';
import { AgentProfile } from '../doctor/profile.js';
import { counts, jsonReport, lineOf, summaryOf } from '../doctor/report.js';
import { PracticeBrief } from '../practice.js';
import { endpointOf, readJsonFile, secretOf } from './arguments.js';
import { type Command, type Io, onlyOne, parsed, Unable, UsageError, wholeNumber } from './command.js';
import { type Home, practiceAt } from './home.js';
import { meant } from './meant.js';
import { paints } from './paint.js';
import { until } from './until.js';

const USAGE = `URL [options]
Plays the platform at its worst, and says of each check whether the agent passes, what was seen and what to change.
The agent is called some thirty times; where a call costs money, choose the checks with --only.
  URL                the agent's /execute address, such as http://127.0.0.1:8081/execute
  --secret SECRET    the agent's secret (whsec_...); else BAKEOFF_SECRET, else .env in this folder
  --agent FILE       its registration (agent.json): capabilities, prices and capacity are compared with it
  --task-type T      what the calls ask for; else the first task type of --agent     --brief FILE   or a brief of your own
  --server ORIGIN    who draws that task; else BAKEOFF_SERVER, else the server that this kit came from
  --only A,B         these checks alone        --skip A,B   all but these        --list   prints them all
  --async            the agent answers later; else --agent says so. Its callbacks are taken on 127.0.0.1
  --timeout S        the window of each call, in s (default 60)
  --wait S           how long to wait for the agent to be there, in s (default 0): for one that was just started
  --json             the report as JSON
Exit code: 0 nothing failed, 1 something did, 2 asked wrongly or nobody answers there.`;

const OPTIONS = {
  secret: { type: 'string' },
  agent: { type: 'string' },
  brief: { type: 'string' },
  'task-type': { type: 'string' },
  server: { type: 'string' },
  only: { type: 'string' },
  skip: { type: 'string' },
  list: { type: 'boolean', default: false },
  async: { type: 'boolean', default: false },
  timeout: { type: 'string', default: '60' },
  wait: { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
} as const;

export function doctor(home: Home): Command {
  return {
    name: 'doctor',
    summary: 'plays the platform at its worst, and names what an agent gets wrong',
    usage: USAGE,
    async run(args, io) {
      const { values, positionals } = parsed(args, OPTIONS);
      const checks = chosen(values.only, values.skip);
      if (values.list) {
        io.out(checks.map(({ key, title }) => `${key.padEnd(20)}${title}\n`).join(''));
        return 0;
      }
      const endpoint = endpointOf(onlyOne(positionals, 'URL'));
      const secret = await secretOf(values.secret, io);
      const windowMs = wholeNumber('--timeout', values.timeout, 1, 600) * 1_000;
      const profile = values.agent === undefined ? null : await readJsonFile(values.agent, AgentProfile, io);
      const brief = await briefOf(values, profile, io, home);
      await assertThere(endpoint, wholeNumber('--wait', values.wait, 0, 600) * 1_000);
      const isAsync = values.async || profile?.execution_mode === 'async';
      const paint = paints(io.colour);
      const onFinding = (one: Diagnosis) => {
        if (!values.json) io.out(`${lineOf(one, paint)}\n`);
      };
      const found = await diagnose({ endpoint, secret, brief, profile, windowMs, isAsync, checks, onFinding });
      io.out(values.json ? `${JSON.stringify(jsonReport(endpoint.executeUrl, found))}\n` : `\n${summaryOf(found)}\n`);
      return counts(found).fail > 0 ? 1 : 0;
    },
  };
}

/** A brief of the caller's, a drawn task of a type that the agent does, or something that it may decline. */
async function briefOf(
  values: { brief?: string | undefined; 'task-type'?: string | undefined; server?: string | undefined },
  profile: AgentProfile | null,
  io: Io,
  home: Home,
): Promise<PracticeBrief> {
  if (values.brief !== undefined) return readJsonFile(values.brief, PracticeBrief, io);
  const taskType = values['task-type'] ?? profile?.capabilities.find(({ task_type }) => task_type != null)?.task_type;
  const practice = practiceAt(values.server, io, home);
  if (!taskType || !practice) return plainBrief(profile);
  return practice.task(taskType, 'easy', 1);
}

/** @throws UsageError a name that no check has */
function chosen(only: string | undefined, skip: string | undefined): readonly Check[] {
  const keys = CHECKS.map(({ key }) => key);
  const named = (list: string) => {
    const names = list.split(',').map((name) => name.trim());
    const unknown = names.find((name) => !keys.includes(name));
    if (unknown === undefined) return names;
    const guess = meant(unknown, keys);
    throw new UsageError(
      `there is no check "${unknown.slice(0, 40)}"${guess ? `, did you mean "${guess}"?` : ''}; --list prints them`,
    );
  };
  const wanted = only === undefined ? keys : named(only);
  const unwanted = skip === undefined ? [] : named(skip);
  const checks = CHECKS.filter(({ key }) => wanted.includes(key) && !unwanted.includes(key));
  if (checks.length === 0) throw new UsageError('no check is left');
  // What builds on the plain call needs it, also when only one of them was asked for.
  return checks.some(({ needs }) => needs !== undefined)
    ? CHECKS.filter((check) => checks.includes(check) || check.key === 'prototype')
    : checks;
}

/** @throws Unable there is nobody, also after waiting */
async function assertThere({ executeUrl, healthUrl }: Endpoint, waitMs: number): Promise<void> {
  const ask = () => exchange({ url: healthUrl, method: 'GET', headers: {}, timeoutMs: 10_000, maxBytes: 65_536 });
  const came = await until(ask, ({ kind }) => kind === 'answered', waitMs);
  if (came.kind === 'answered' || !['refused', 'unreachable', 'tls'].includes(came.reason)) return;
  throw new Unable(
    `There is no agent at ${executeUrl}: ${came.problem}. Start it, and give the address that it prints.`,
  );
}

/** Something to ask for where nothing better is known: an agent may decline it. */
export function plainBrief(profile: AgentProfile | null): PracticeBrief {
  const [capability] = profile?.capabilities ?? [];
  return {
    title: 'A note on bread',
    description: 'Write about 100 words on why bread rises, for children of ten. Plain words, no superlatives.',
    category: capability?.category ?? 'writing',
    task_type: capability?.task_type ?? 'summary',
    requirements: {},
    quality_rules: { rules: [] },
    budget: { amount: Math.max(500, profile?.min_price ?? 1), currency: 'credits' },
    files: [],
  };
}
