import { type Found, mean } from '../marks.ts';
import { measuredOne } from '../measured.ts';
import { WORLDS, type World, type WorldKind } from '../sets/worlds.ts';

interface Said {
  readonly mean: {
    readonly share_of_best_k: { readonly whole: number; readonly last_quarter: number };
    readonly newcomers_tried_twice_early: number | null;
    readonly gini: number;
    readonly never_tried: number;
  };
}

type Built = typeof import('../../../src/triage/decide.ts');

export interface WorldSize {
  readonly worlds: number;
  /** Orders of the tasks in each. */
  readonly orders: number;
  readonly size?: number;
}

/** Recorded worlds: how much of what the best five in hindsight would have given the buyers got. */
export async function worldMarks({ worlds, orders, size = 1 }: WorldSize): Promise<Found[]> {
  const said = new Map<WorldKind, Said[]>();
  for (const kind of Object.keys(WORLDS) as WorldKind[]) {
    const all = [];
    for (let seed = 1; seed <= worlds; seed++) all.push(await played(WORLDS[kind](seed, size), orders));
    said.set(kind, all);
  }
  const of = (kind: WorldKind) => said.get(kind) ?? [];
  const share = (list: readonly Said[], part: 'whole' | 'last_quarter') =>
    mean(list.map((one) => one.mean.share_of_best_k[part]));
  const found = (key: 'generalists' | 'specialists', lists: readonly (readonly Said[])[]): Found => ({
    ...{ key, value: Math.min(...lists.map((list) => share(list, 'whole'))) },
    note: `last quarter ${Math.min(...lists.map((list) => share(list, 'last_quarter'))).toFixed(3)}`,
  });
  const all = [...said.values()].flat();
  const early = all.flatMap((one) => one.mean.newcomers_tried_twice_early ?? []);
  return [
    found('generalists', [of('generalists')]),
    found('specialists', [of('specialists'), of('declared specialists')]),
    { key: 'newcomers', value: Math.min(...early), note: `the worst of ${all.length} worlds` },
    {
      key: 'never',
      value: Math.max(...all.map((one) => one.mean.never_tried)),
      note: `Gini ${mean(all.map((one) => one.mean.gini)).toFixed(2)}`,
    },
    { key: 'sameSeed', value: await sameAgain(size), note: 'a world played twice' },
    { key: 'partsAddUp', value: await partsAddUp(), note: 'one decision among 60 made-up candidates' },
  ];
}

function played(world: World, orders: number): Promise<Said> {
  return measuredOne<Said>('world', ['-', '--seeds', `${orders}`], world);
}

async function sameAgain(size: number): Promise<number> {
  const world = WORLDS.specialists(9, size / 2);
  const [once, again] = [await played(world, 1), await played(world, 1)];
  return JSON.stringify(once) === JSON.stringify(again) ? 1 : 0;
}

/** Each candidate's score must be the sum of its parts, and each part its value times its weight times the factors. */
async function partsAddUp(): Promise<number> {
  const dist = (path: string) => import(new URL(`../../../dist/${path}`, import.meta.url).href);
  const { decided }: Built = await dist('triage/decide.js');
  const { POLICY }: typeof import('../../../src/triage/policy.ts') = await dist('triage/policy.js');
  const candidates = Array.from({ length: 60 }, (_, at) => candidateOf(at));
  const decision = decided({
    ...{ id: 'x', at: '2026-01-01T00:00:00.000Z', policy: POLICY, candidates, leftOut: { counts: {}, complete: true } },
    request: {
      ...{ taskId: 't', round: 1, buyerId: 'b', category: 'letters', taskType: 'letter', budget: 100, places: 5 },
      ...{ experimentation: 0.3, seed: 'abc' },
    },
  });
  const right = decision.candidates.map(({ score, parts, factors }) => {
    const all = Object.values(factors).reduce((product, factor) => product * factor, 1);
    const sum = Object.values(parts).reduce((total, { points }) => total + points, 0);
    const made = Object.values(parts).every(
      ({ value, weight, points }) => Math.abs(value * weight * all - points) < 1e-3,
    );
    return Math.abs(sum - score) < 1e-6 && made ? 1 : 0;
  });
  return mean(right);
}

function candidateOf(at: number) {
  const judged = at % 7;
  return {
    ...{
      agentId: `a${at}`,
      operatorId: `o${at}`,
      name: `A${at}`,
      version: 1,
      minPrice: 1 + (at % 50),
      beta: at % 9 === 0,
    },
    ...{
      health: at % 11 === 0 ? ('failing' as const) : ('healthy' as const),
      exactType: at % 2 === 0,
      specialist: at % 6 === 0,
    },
    tries: judged,
    record: {
      recent: Array.from({ length: judged }, (_, i) => (at * 13 + i * 29) % 100),
      recentMs: Array.from({ length: judged }, (_, i) => 1_000 * (1 + ((at + i) % 60))),
      ...{ presented: judged, picked: at % 3 === 0 ? Math.min(1, judged) : 0, setbacks: at % 5 === 0 ? 2 : 0 },
      setbackAt: at % 5 === 0 ? '2025-12-31T00:00:00.000Z' : null,
      all: { judged, mean: (at * 17) % 100 },
    },
  };
}
