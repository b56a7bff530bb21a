import type { Query } from './query.js';

/** How far apart the words of a capability may stand in a brief to be one mention of it. */
const NEAR = 4;
const SAME_SENTENCE = 12;
/** A single word is soon said by the way: two that belong together tell more. */
const DEGREE = { near: 1, sentence: 0.9, word: 0.8, scattered: 0.7 } as const;
/** Some of a capability's words are a hint and no mention. */
const PARTIAL = 0.5;

/** How a brief names a capability: `degree` 0-1, and which of its words it says. */
export interface Naming {
  readonly degree: number;
  readonly whole: boolean;
  readonly said: readonly string[];
}

/**
 * Whether a brief names a capability, in any order and inflection.
 *
 * @param key    the capability's words (`keyOf`)
 * @param rarity how much a word of it tells, more for rarer ones
 */
export function namingOf(key: string, query: Query, rarity: (word: string) => number): Naming | null {
  const words = key.split(' ');
  const said = words.filter((word) => query.places.has(word));
  if (said.length === words.length) return { degree: closeness(said, query), whole: true, said };
  if (words.length > 1 && query.places.has(words.join(''))) return { degree: DEGREE.near, whole: true, said: words };
  if (said.length === 0) return null;
  const share = sum(said.map(rarity)) / sum(words.map(rarity));
  return { degree: PARTIAL * share * share, whole: false, said };
}

function closeness(words: readonly string[], query: Query): number {
  if (words.length === 1) return DEGREE.word;
  const width = narrowest(words.map((word) => query.places.get(word) ?? []));
  if (width <= words.length - 1 + NEAR) return DEGREE.near;
  return width <= SAME_SENTENCE ? DEGREE.sentence : DEGREE.scattered;
}

/** The width of the narrowest stretch that holds one place of each list. */
function narrowest(places: readonly (readonly number[])[]): number {
  const marks = places.flatMap((list, word) => list.map((at) => ({ at, word }))).toSorted((a, b) => a.at - b.at);
  const latest = new Map<number, number>();
  let best = Number.POSITIVE_INFINITY;
  for (const { at, word } of marks) {
    latest.set(word, at);
    if (latest.size === places.length) best = Math.min(best, at - Math.min(...latest.values()));
  }
  return best;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
