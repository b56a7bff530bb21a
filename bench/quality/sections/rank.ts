import { type Found, mean } from '../marks.ts';
import { measuredOne } from '../measured.ts';
import { bm25 } from '../sets/bm25.ts';
import { LIES, type Lie, type Market, market } from '../sets/market.ts';

type Pools = Record<string, string[]>;

const K = 5;

export interface RankSize {
  readonly seeds: readonly number[];
  readonly agents: number;
  readonly tasks: number;
  /** Ways of lying that are tried. */
  readonly lies?: readonly Lie[];
}

/** Markets of made-up agents: are those that can do the work among the five that are asked? */
export async function rankMarks({ seeds, agents, tasks, lies: ways = LIES }: RankSize): Promise<Found[]> {
  const size = { agents, tasks };
  const worlds = (more: { named: boolean; finished?: number; lie?: Lie }) =>
    seeds.map((seed) => market({ seed, ...size, ...more }));
  const named = await recalls(worlds({ named: true }), []);
  const few = worlds({ named: false, finished: 10 });
  const without = await recalls(few, []);
  const withHistory = await recalls(few, ['--history']);
  const plain = mean(few.map((one) => recall(one, bm25(one, false))));
  const plainHistory = mean(few.map((one) => recall(one, bm25(one, true))));
  const lies = [];
  for (const lie of ways) {
    const inBoth = [worlds({ named: true, finished: 10, lie }), worlds({ named: false, finished: 10, lie })];
    for (const some of inBoth) lies.push({ lie, share: await entered(some) });
  }
  const worst = lies.reduce((most, one) => (one.share > most.share ? one : most));
  const everything = Math.max(
    await entered(worlds({ named: true, finished: 10, lie: 'everything' })),
    await entered(worlds({ named: false, finished: 10, lie: 'everything' })),
  );
  return [
    { key: 'named', value: named, note: `${seeds.length} markets of ${agents} x ${tasks}` },
    { key: 'few', value: without, note: `plain BM25 ${plain.toFixed(2)}` },
    { key: 'fewWithHistory', value: withHistory, note: `plain BM25 ${plainHistory.toFixed(2)}` },
    {
      key: 'manipulated',
      value: worst.share,
      note: `the worst of ${ways.length} ways (${worst.lie}); mean ${mean(lies.map(({ share }) => share)).toFixed(3)}`,
    },
    { key: 'everything', value: everything, note: 'the worse of briefs that name it and briefs that do not' },
    { key: 'samePools', value: await samePools(few), note: 'agents and tasks turned round' },
  ];
}

async function recalls(worlds: readonly Market[], args: readonly string[]): Promise<number> {
  const shares = [];
  for (const one of worlds) shares.push(recall(one, await ranked(one, args)));
  return mean(shares);
}

function ranked({ agents, tasks, history }: Market, args: readonly string[]): Promise<Pools> {
  return measuredOne<Pools>('rank', ['-', ...args], { agents, tasks, history });
}

function recall({ tasks, right }: Market, pools: Pools): number {
  return mean(
    tasks.map(({ id }) => {
      const wanted = right[id] ?? [];
      const hits = (pools[id] ?? []).slice(0, K).filter((agent) => wanted.includes(agent)).length;
      return wanted.length === 0 ? 1 : hits / Math.min(K, wanted.length);
    }),
  );
}

/** Of all pools that liars have no business in, the share they are in. */
async function entered(worlds: readonly Market[]): Promise<number> {
  const shares = [];
  for (const one of worlds) {
    const pools = await ranked(one, ['--history']);
    const { tasks, right, liars } = one;
    const wrong = liars.flatMap((liar) =>
      tasks.filter(({ id }) => !right[id]?.includes(liar)).map(({ id }) => ({ liar, id })),
    );
    shares.push(wrong.filter(({ liar, id }) => pools[id]?.slice(0, K).includes(liar)).length / wrong.length);
  }
  return mean(shares);
}

async function samePools(worlds: readonly Market[]): Promise<number> {
  const shares = [];
  for (const one of worlds.slice(0, 1)) {
    const [forth, back] = [
      await ranked(one, ['--history']),
      await ranked({ ...one, agents: one.agents.toReversed(), tasks: one.tasks.toReversed() }, ['--history']),
    ];
    shares.push(mean(one.tasks.map(({ id }) => (`${forth[id]}` === `${back[id]}` ? 1 : 0))));
  }
  return mean(shares);
}
