// Triage: the marks of text relevance on made-up markets, and how long each step takes among 100,000 agents of one category.
//   npm run -s bench:triage -- [--agents 100000] [--only marks|times]
import { parseArgs } from 'node:util';
import { built } from './built.ts';
import { type Market, openMarket, requestFor } from './market.ts';
import { entered, mean, percentile, recall } from './marks.ts';
import { type Agent, GENERATORS, type Lie, type Options, type Task, type World } from './worlds.ts';

const { counted, eligible } =
  await built<typeof import('../../src/triage/candidates.queries.ts')>('triage/candidates.queries.js');
const { countsOf, lexemesAsked, textCut } =
  await built<typeof import('../../src/triage/profiles.queries.ts')>('triage/profiles.queries.js');
const { docOf } = await built<typeof import('../../src/triage/relevance/doc.ts')>('triage/relevance/doc.js');
const { queryOf } = await built<typeof import('../../src/triage/relevance/query.ts')>('triage/relevance/query.js');
const { RelevanceIndex } = await built<typeof import('../../src/triage/relevance/relevance-index.ts')>(
  'triage/relevance/relevance-index.js',
);

const SEEDS = [11, 12, 13];
const BASE = { agents: 300, tasks: 100, named: true, finished: 0 };

/** Rounds before the one that is timed: each connection plans its first calls anew, and code is compiled as it is used. */
const WARM_UP = 3;

const { values } = parseArgs({
  options: { agents: { type: 'string', default: '100000' }, only: { type: 'string' }, folder: { type: 'string' } },
});
const many = Number(values.agents);
if (values.only !== 'times') marks();
if (values.only !== 'marks') await times();

function marks(): void {
  for (const kind of Object.keys(GENERATORS) as (keyof typeof GENERATORS)[]) {
    line(`${kind}: right agents in the first five, named`, marksOf(kind, {}, recall), '.97 / 1.00');
    for (const finished of [0, 2, 10])
      line(
        `${kind}: few shared words, ${finished} finished tasks`,
        marksOf(kind, { named: false, finished }, recall),
        '.66 .. .84',
      );
    for (const liars of ['stuffed', 'persuasive', 'wordlist', 'clone', 'everything'] satisfies Lie[])
      line(
        `${kind}: wrong pools entered, ${liars}`,
        marksOf(kind, { liars }, entered),
        liars === 'everything' ? '.10 / .03' : '.06 / .02',
      );
  }
}

async function times(): Promise<void> {
  console.log(`\n${many} agents in one category`);
  const { tasks, market } = await filled();
  try {
    await throughPostgres(market, tasks);
  } finally {
    await market.close();
  }
}

/** What was needed to fill it is let go: a server does not hold the texts of its agents in memory. */
async function filled(): Promise<{ tasks: readonly Task[]; market: Market }> {
  const world = GENERATORS.narrow(1, { seed: 1, agents: many, tasks: 100, named: false, finished: 2 });
  const docs = world.agents.map((agent) => docFor(agent, world));
  const index = new RelevanceIndex();
  for (const doc of docs) index.set(doc);
  const queries = world.tasks.map((task) => queryOf({ ...task, asked: [] }));
  line('in process: cut and comparison', await timed(queries, async (query) => index.find(query)), 'aim 5');
  return { tasks: world.tasks, market: await openMarket(docs, values.folder) };
}

async function throughPostgres({ db, triage }: Market, tasks: readonly Task[]): Promise<void> {
  const asked = (task: Task) => ({ ...requestFor(task), now: new Date(), operatorQuota: 500 });
  const cut = async (task: Task) => {
    const query = queryOf(requestFor(task).brief);
    return textCut(db, query, await countsOf(db, lexemesAsked(query)), asked(task).category, 75);
  };
  line('Postgres: counts of words and cut by texts', await timed(tasks, cut), '10 / 25, aim 2 / 5');
  line(
    'Postgres: candidates by record and turns',
    await timed(tasks, (task) => eligible(db, asked(task))),
    '10 / 25, aim 2 / 5',
  );
  line(
    'Postgres: who is left out, and why',
    await timed(tasks, (task) => counted(db, asked(task))),
    '10 / 25, aim 2 / 5',
  );
  line('whole triage', await timed(tasks, (task) => triage.decide(requestFor(task))), '- / 20');
}

function marksOf(
  kind: keyof typeof GENERATORS,
  more: Partial<Options>,
  mark: (world: World, found: Record<string, string[]>) => number,
): string {
  const marks = SEEDS.map((seed) => {
    const world = GENERATORS[kind](seed, { ...BASE, ...more, seed });
    const index = new RelevanceIndex();
    for (const agent of world.agents) index.set(docFor(agent, world));
    const found = world.tasks.map((task) => [
      task.id,
      index
        .find(queryOf({ ...task, asked: [] }))
        .slice(0, 5)
        .map(([id]) => id),
    ]);
    return mark(world, Object.fromEntries(found));
  });
  return mean(marks).toFixed(3);
}

function docFor({ id, name, description, capabilities, tags }: Agent, { history }: World) {
  const declared = [...capabilities, ...tags].map((capability) => ({ name: capability, proven: false }));
  return docOf({ agentId: id, name, description, capabilities: declared, finished: history[id] ?? [] });
}

/** Each once, after a warm-up. The machine may be busy with other things: the least is what the work itself takes. */
async function timed<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<string> {
  for (let round = 0; round < WARM_UP; round++) for (const one of list) await work(one);
  const took: number[] = [];
  for (const one of list) {
    const startedAt = performance.now();
    await work(one);
    took.push(performance.now() - startedAt);
  }
  const [p50, p95, least] = [0.5, 0.95, 0].map((share) => percentile(took, share).toFixed(1));
  return `p50 ${p50} ms, p95 ${p95} ms (least ${least})`;
}

function line(what: string, found: string, mark: string): void {
  console.log(`${what.padEnd(64)} ${found.padEnd(40)} ${mark}`);
}
