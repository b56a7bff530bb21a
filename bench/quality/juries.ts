/** Made-up juries whose errors are known: worlds of pairs, ten judges each, both orders, as a recording of votes has them. */

export type Side = 'a' | 'b' | 'tie';

export interface Vote {
  readonly item: string;
  readonly judge: string;
  readonly order: 'ab' | 'ba';
  readonly vote: Side;
}

export interface World {
  readonly votes: readonly Vote[];
  readonly truth: ReadonlyMap<string, 'a' | 'b'>;
}

/** What sways a judge, in units of its noise. */
interface Sway {
  /** The better work. */
  readonly sight: number;
  /** Length, headings, confidence: what some pairs have on the wrong side. */
  readonly dress?: number;
  /** What all judges of its family see alike, and wrongly. */
  readonly family?: number;
  readonly shared?: number;
  /** What it alone sees in a pair, in either order. */
  readonly own?: number;
  /** For whatever stands first. */
  readonly place?: number;
  readonly noise?: number;
}

interface Kind {
  /** In how many pairs the worse work is the one that is dressed up. */
  readonly dressedUp: number;
  readonly judges: (chance: () => number) => readonly Sway[];
}

const several = (count: number, one: (at: number) => Sway) => Array.from({ length: count }, (_, at) => one(at));

export const KINDS = {
  'one good judge, nine that dress sways': {
    dressedUp: 0.6,
    judges: (chance) => [
      { sight: 1.6, dress: 0.3, own: 1.2, noise: 0.4 },
      ...several(9, () => ({
        sight: 0.5 + 0.4 * chance(),
        dress: 0.6 + 0.5 * chance(),
        shared: 0.3,
        own: 0.7,
        place: 0.3 + 0.8 * chance(),
      })),
    ],
  },
  'worse work dressed up': {
    dressedUp: 0.75,
    judges: (chance) => [
      { sight: 1.5, dress: 0.35, own: 1.1, noise: 0.3 },
      { sight: 1.1, dress: 0.5, own: 1, noise: 0.4 },
      ...several(8, () => ({
        sight: 0.3 + 0.4 * chance(),
        dress: 0.5 + 0.5 * chance(),
        shared: 0.3,
        own: 0.8,
        place: 0.2 + 0.9 * chance(),
        noise: 0.7,
      })),
    ],
  },
  'three families that err together': {
    dressedUp: 0.5,
    judges: (chance) => [
      { sight: 1.4, own: 1.1, noise: 0.4 },
      ...several(9, (at) => ({
        sight: 0.3 + 0.4 * chance(),
        family: at % 3,
        shared: 1,
        own: 0.4,
        noise: 0.4,
        place: 0.3 * chance(),
      })),
    ],
  },
  'a liar, a coin and one that takes the first': {
    dressedUp: 0.6,
    judges: (chance) => [
      { sight: 1.3, own: 1.1, noise: 0.4 },
      { sight: -1.2, own: 1, noise: 0.4 },
      ...several(6, () => ({ sight: 0.3 + 0.3 * chance(), dress: 0.6, shared: 0.4, own: 0.6, place: 0.5, noise: 0.4 })),
      { sight: 0, own: 0.6, place: 3, noise: 0.4 },
      { sight: 0, own: 1, noise: 0.4 },
    ],
  },
  'ten that err each for itself': {
    dressedUp: 0.5,
    judges: (chance) => several(10, () => ({ sight: 0.2 + 0.9 * chance(), own: 1, noise: 0.5, place: 0.5 * chance() })),
  },
  'none good': {
    dressedUp: 0.5,
    judges: (chance) =>
      several(10, (at) => ({ sight: 0.3 + 0.2 * chance(), family: at % 2, shared: 0.7, own: 0.7, place: 0.4 })),
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** A world of this kind. The same seed gives the same votes. */
export function world(name: KindName, pairs: number, seed: number): World {
  const chance = mulberry32(seed);
  const kind: Kind = KINDS[name];
  const judges = kind.judges(chance);
  const votes: Vote[] = [];
  const truth = new Map<string, 'a' | 'b'>();
  for (let at = 0; at < pairs; at++) {
    const item = `pair-${at}`;
    const better = chance() < 0.5 ? 1 : -1;
    truth.set(item, better === 1 ? 'a' : 'b');
    const seen = {
      better,
      dressed: chance() < kind.dressedUp ? -better : better,
      families: [0, 1, 2].map(() => normal(chance)),
    };
    for (const [number, judge] of judges.entries()) {
      const pull = pullOf(judge, seen) + (judge.own ?? 0.6) * normal(chance);
      for (const order of ['ab', 'ba'] as const) {
        const first = order === 'ab' ? 1 : -1;
        const lean = pull + (judge.place ?? 0) * first + (judge.noise ?? 0.6) * normal(chance);
        votes.push({ item, judge: `judge-${number}`, order, vote: lean > 0 ? 'a' : 'b' });
      }
    }
  }
  return { votes, truth };
}

/** Which pairs have a label: the first so many of a shuffled list. */
export function labelled({ truth }: World, count: number, seed: number): Set<string> {
  const chance = mulberry32(seed);
  const drawn = [...truth.keys()].map((item) => ({ item, at: chance() })).sort((a, b) => a.at - b.at);
  return new Set(drawn.slice(0, count).map(({ item }) => item));
}

function pullOf(
  { sight, dress = 0, family = 0, shared = 0 }: Sway,
  { better, dressed, families }: { better: number; dressed: number; families: readonly number[] },
): number {
  return sight * better + dress * dressed + shared * (families[family] ?? 0);
}

function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
