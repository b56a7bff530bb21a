import { type Share, shareOf } from './share.js';

/** A bid as one judge saw it, in a gallery from which the buyer picked. */
export interface SeenBid {
  readonly id: string;
  readonly picked: boolean;
  readonly low: number;
  readonly high: number;
  readonly dimensions: readonly { readonly key: string; readonly low: number; readonly high: number }[];
  readonly criteria: readonly { readonly key: string; readonly met: 'yes' | 'no' | 'unknown' }[];
}

/** The bids of one gallery by one judge. */
export interface DecidedRound {
  /** One for each round of a task, whoever judged it. */
  readonly gallery: string;
  readonly taskType: string;
  readonly judge: string;
  readonly version: string;
  readonly rubricVersion: number;
  readonly at: Date;
  readonly bids: readonly SeenBid[];
}

export interface Agreement extends Share {
  readonly key: string;
}

export interface Calibration {
  readonly taskType: string;
  readonly rounds: number;
  /** How often the bid that was judged best is the one picked; several that share the first place share the hit. */
  readonly topPicked: Share;
  /** What drawing lots would reach in the same galleries. */
  readonly byChance: number;
  readonly byJudge: readonly (Pick<DecidedRound, 'judge' | 'version' | 'rubricVersion'> & {
    readonly topPicked: Share;
  })[];
  readonly byWindow: readonly { readonly from: Date; readonly topPicked: Share }[];
  readonly drift: { readonly earlier: Share; readonly recent: Share; readonly apparent: boolean };
  /** Of the pairs in which the picked bid and another differ on it, how often the picked one is the better. */
  readonly dimensions: readonly Agreement[];
  readonly criteria: readonly Agreement[];
}

/**
 * How far the judges and the buyers agree, for each task type. Galleries of a single bid say nothing and are left out. A gallery
 * that several judges saw counts once, by the judge that is listed first.
 *
 * @param windowMs how long the windows are by which a drift is shown; the first starts with the earliest round
 */
export function calibration(rounds: readonly DecidedRound[], windowMs: number): Calibration[] {
  const telling = rounds.filter(({ bids }) => bids.length > 1 && bids.some(({ picked }) => picked));
  return [...Map.groupBy(telling, ({ taskType }) => taskType)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([taskType, own]) => ofType(taskType, own, windowMs));
}

function ofType(taskType: string, all: readonly DecidedRound[], windowMs: number): Calibration {
  const rounds = [...Map.groupBy(all, ({ gallery }) => gallery).values()].flatMap(([first]) => first ?? []);
  const inOrder = rounds.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const chances = rounds.map(({ bids }) => 1 / bids.length);
  return {
    taskType,
    rounds: rounds.length,
    topPicked: topPicked(rounds),
    byChance: chances.reduce((sum, chance) => sum + chance, 0) / rounds.length,
    byJudge: byJudge(all),
    byWindow: windows(inOrder, windowMs),
    drift: drift(inOrder),
    dimensions: agreements(
      rounds,
      ({ dimensions }) => new Map(dimensions.map(({ key, low, high }) => [key, low + high])),
    ),
    criteria: agreements(
      rounds,
      ({ criteria }) =>
        new Map(criteria.flatMap(({ key, met }) => (met === 'unknown' ? [] : [[key, met === 'yes' ? 1 : 0]]))),
    ),
  };
}

function byJudge(rounds: readonly DecidedRound[]): Calibration['byJudge'] {
  const groups = Map.groupBy(rounds, ({ judge, version, rubricVersion }) =>
    JSON.stringify([judge, version, rubricVersion]),
  );
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { judge, version, rubricVersion } = first;
    return { judge, version, rubricVersion, topPicked: topPicked(own) };
  });
}

export function topPicked(rounds: readonly Pick<DecidedRound, 'bids'>[]): Share {
  const hits = rounds.map(({ bids }) => {
    const best = Math.max(...bids.map(({ low, high }) => low + high));
    const top = bids.filter(({ low, high }) => low + high === best);
    return top.some(({ picked }) => picked) ? 1 / top.length : 0;
  });
  return shareOf(
    hits.reduce((sum, hit) => sum + hit, 0),
    rounds.length,
  );
}

function windows(rounds: readonly DecidedRound[], lengthMs: number): Calibration['byWindow'] {
  const start = rounds[0]?.at.getTime() ?? 0;
  const byWindow = Map.groupBy(rounds, ({ at }) => Math.floor((at.getTime() - start) / lengthMs));
  return [...byWindow].map(([n, own]) => ({ from: new Date(start + n * lengthMs), topPicked: topPicked(own) }));
}

/** The later half against the earlier; apparent where their intervals have nothing in common. */
function drift(rounds: readonly DecidedRound[]): Calibration['drift'] {
  const half = Math.ceil(rounds.length / 2);
  const [earlier, recent] = [topPicked(rounds.slice(0, half)), topPicked(rounds.slice(half))];
  return { earlier, recent, apparent: earlier.high < recent.low || recent.high < earlier.low };
}

/** The most telling first. */
function agreements(
  rounds: readonly DecidedRound[],
  valuesOf: (bid: SeenBid) => ReadonlyMap<string, number>,
): Agreement[] {
  const counts = new Map<string, { better: number; differing: number }>();
  for (const { bids } of rounds) {
    const picked = bids.find((bid) => bid.picked);
    if (!picked) continue;
    const values = valuesOf(picked);
    for (const other of bids)
      if (other !== picked)
        for (const [key, value] of valuesOf(other)) {
          const own = values.get(key);
          if (own === undefined || own === value) continue;
          const count = counts.get(key) ?? { better: 0, differing: 0 };
          counts.set(key, { better: count.better + (own > value ? 1 : 0), differing: count.differing + 1 });
        }
  }
  return [...counts]
    .map(([key, { better, differing }]) => ({ key, ...shareOf(better, differing) }))
    .sort((a, b) => b.low - a.low || (a.key < b.key ? -1 : 1));
}
