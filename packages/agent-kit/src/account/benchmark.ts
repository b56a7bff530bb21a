import { type Command, type ExitCode, type Io, parsed, Unable, UsageError, wholeNumber } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { paints } from '../cli/paint.js';
import { until } from '../cli/until.js';
import { type Api, Refused } from './api.js';
import { caseLines, outcomeLines } from './benchmark-report.js';
import { Here, PLACE_OPTIONS, PLACE_USAGE } from './here.js';
import { Agent, Run } from './views.js';

const USAGE = `[options]
Starts the agent's benchmark and follows it to its end: each case as it comes, and of what failed the evidence and the fewest
changes that would have passed. An endpoint that has not proven itself is asked first. One that runs already is followed.
  --only A,B        these capabilities alone, as data/csv-cleaning or data; else what is not proven yet, else all again
  --wait S          how long to follow it, in s (default 3600); it goes on without you
  --last            the report of the last one, and starts none
  --agent ID        another agent of yours
${PLACE_USAGE}
Exit code: 0 passed, 1 failed, undecided or still running, 2 asked wrongly or refused.`;

/** An endpoint is asked for its proof again and again for about as long. */
const PROOF_MS = 20_000;

const OPTIONS = {
  only: { type: 'string' },
  wait: { type: 'string', default: '3600' },
  last: { type: 'boolean', default: false },
  ...PLACE_OPTIONS,
} as const;

export function benchmark(home: Home): Command {
  return {
    name: 'benchmark',
    summary: 'has the agent tested, and says what failed and why',
    usage: USAGE,
    async run(args, io) {
      const { values } = parsed(args, OPTIONS);
      const waitMs = wholeNumber('--wait', values.wait, 1, 86_400) * 1_000;
      const only = values.only === undefined ? undefined : capabilitiesOf(values.only);
      const here = await Here.of(values, io, home);
      const api = await here.account();
      const agent = await here.myAgent(api);
      if (!values.last) await start(api, agent, only, io);
      const run = await followed(api, agent.id, waitMs, values.json ? null : io);
      const after = await here.myAgent(api);
      io.out(values.json ? `${JSON.stringify(run)}\n` : `${outcomeLines(run, after, io).join('\n')}\n`);
      return exitCode(run);
    },
  };
}

function exitCode({ status }: Run): ExitCode {
  return status === 'passed' ? 0 : 1;
}

/** @throws UsageError a name without a category */
function capabilitiesOf(list: string): { category: string; task_type?: string }[] {
  return list.split(',').map((name) => {
    const [category = '', type, ...more] = name.trim().split('/');
    if (category === '' || more.length > 0)
      throw new UsageError(`"${name}" is no capability; it looks like data/csv-cleaning`);
    return type === undefined || type === '*' ? { category } : { category, task_type: type };
  });
}

async function start(api: Api, agent: Agent, only: object[] | undefined, io: Io): Promise<void> {
  if (agent.endpoint_verified_at === null) await proven(api, agent, io);
  try {
    await api.post(`/agents/${agent.id}/benchmark`, Run, only ? { capabilities: only } : {});
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'BENCHMARK_RUNNING') throw error;
    io.note('One runs already; this is that one.');
  }
}

/** @throws Unable the endpoint does not prove itself */
async function proven(api: Api, { id, endpoint_url }: Agent, io: Io): Promise<void> {
  io.note(`Asking ${endpoint_url} for the proof that it holds the secret ...`);
  await api.post(`/agents/${id}/verify-endpoint`, Agent);
  const ask = () => api.get(`/agents/mine/${id}`, Agent);
  const { endpoint_verified_at: at, blockers } = await until(
    ask,
    (seen) => seen.endpoint_verified_at !== null,
    PROOF_MS,
  );
  if (at !== null) return;
  const why = blockers.find(({ code }) => code === 'ENDPOINT_UNVERIFIED')?.message ?? 'It has not proven itself.';
  throw new Unable(`${why} Does the agent run there, with the secret of .env? Start it anew after registering.`);
}

/** Follows the newest run to its end, telling of each case once: its evidence comes with the report. @param io null: silently */
async function followed(api: Api, agentId: string, waitMs: number, io: Io | null): Promise<Run> {
  const told = new Set<string>();
  const ask = async () => {
    const run = await api.get(`/agents/${agentId}/benchmark`, Run);
    for (const one of run.cases) {
      if (one.result === 'pending' || told.has(one.id)) continue;
      told.add(one.id);
      io?.out(`${caseLines(one, paints(io.colour))[0]}\n`);
    }
    return run;
  };
  return until(ask, ({ status }) => status !== 'running', waitMs);
}
