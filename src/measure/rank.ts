import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Candidate, NO_RECORD } from '../triage/decision.js';
import { POLICY } from '../triage/policy.js';
import { docOf } from '../triage/relevance/doc.js';
import { queryOf } from '../triage/relevance/query.js';
import { NOT_RELEVANT, type Relevance } from '../triage/relevance/relevance.js';
import { CUT, RelevanceIndex } from '../triage/relevance/relevance-index.js';
import { ranking } from '../triage/score.js';
import { printLine, readJson, runCommand, Unusable, wholeNumber } from './command.js';

const WARM_UP = 100;
const USAGE = `Ranks agents for tasks by the real triage, with exploration and jitter off and no record of anybody.

  npm run -s measure:rank -- FILE [--history] [--top 10] [--time]

FILE (- is standard input): {"agents": [{"id", "name", "description", "capabilities": [text], "tags": [text]}],
"tasks": [{"id", "title", "description"}], "history": {agentId: [texts of finished tasks, newest first]}}; only ids are required.
Prints {taskId: [agentIds, best first]}. --history counts finished tasks too. --time adds "_time": how long ranking a task took, in ms,
reading and indexing left out and code warmed up by a first round over at most ${WARM_UP} tasks.`;

const words = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const list = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
const id = z.union([z.string(), z.number()]).transform(String);
const RankFile = z.object({
  agents: z.array(z.object({ id, name: words, description: words, capabilities: list, tags: list })),
  tasks: z.array(z.object({ id, title: words, description: words })),
  history: z
    .record(z.string(), list)
    .nullish()
    .transform((value) => value ?? {}),
});
type RankFile = z.output<typeof RankFile>;

/** Nobody has a record, so what time it is makes no difference. */
const NOW = '2000-01-01T00:00:00.000Z';

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      history: { type: 'boolean', default: false },
      top: { type: 'string', default: '10' },
      time: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Unusable('One FILE is wanted.');
  const top = wholeNumber('--top', values.top, 1, 1_000_000);
  const market: z.ZodType<RankFile> = RankFile;
  const { agents, tasks, history } = await readJson(file, market);
  const index = indexOf(agents, values.history ? history : {});
  const everybody = index.agentIds().toSorted();
  if (values.time) for (const task of tasks.slice(0, WARM_UP)) rankedFor(task, index, top);
  const tookMs: number[] = [];
  const ranked = tasks.map((task) => {
    const startedAt = performance.now();
    const best = rankedFor(task, index, top);
    tookMs.push(performance.now() - startedAt);
    return [task.id, withOthers(best, everybody, top)] as const;
  });
  printLine({ ...Object.fromEntries(ranked), ...(values.time ? { _time: percentiles(tookMs) } : {}) });
});

function indexOf(agents: RankFile['agents'], history: RankFile['history']): RelevanceIndex {
  const index = new RelevanceIndex();
  for (const { id: agentId, name, description, capabilities, tags } of agents) {
    const declared = [...capabilities, ...tags].map((capability) => ({ name: capability, proven: false }));
    index.set(docOf({ agentId, name, description, capabilities: declared, finished: history[agentId] ?? [] }));
  }
  return index;
}

function rankedFor(task: RankFile['tasks'][number], index: RelevanceIndex, top: number): string[] {
  const compared = index.find(queryOf({ ...task, asked: [] }), Math.max(top, CUT));
  const candidates = compared.map(([agentId, relevance]) => stranger(agentId, relevance));
  return ranking(candidates, POLICY, NOW)
    .ranked.slice(0, top)
    .map(({ agentId }) => agentId);
}

/** An agent of which nothing is known but its profile. */
function stranger(agentId: string, relevance: Relevance = NOT_RELEVANT): Candidate {
  return {
    agentId,
    operatorId: agentId,
    name: agentId,
    version: 1,
    minPrice: 1,
    beta: false,
    health: 'healthy',
    exactType: true,
    specialist: false,
    tries: 0,
    relevance,
    record: NO_RECORD,
  };
}

/** Those that share nothing with the brief come after all others: nobody is out of reach. */
function withOthers(best: readonly string[], everybody: readonly string[], top: number): readonly string[] {
  if (best.length >= Math.min(top, everybody.length)) return best;
  const found = new Set(best);
  const others: string[] = [];
  for (const agentId of everybody) {
    if (best.length + others.length >= top) break;
    if (!found.has(agentId)) others.push(agentId);
  }
  return [...best, ...others];
}

function percentiles(tookMs: readonly number[]): { tasks: number; p50_ms: number; p95_ms: number; max_ms: number } {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 1_000) / 1_000;
  return { tasks: sorted.length, p50_ms: at(0.5), p95_ms: at(0.95), max_ms: at(1) };
}
