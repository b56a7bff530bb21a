import { keyOf } from './doc.js';
import type { Brief } from './relevance.js';
import { wordsOf } from './words.js';

const MAX_TITLE = 300;
const MAX_DESCRIPTION = 6_000;
const MAX_WORDS = 150;
const TITLE_WEIGHT = 1.5;
/** What each further mention adds, and how many do. */
const MENTION = 0.25;
const MENTIONS = 4;

/** A brief as profiles are compared with it. */
export interface Query {
  /** Its different words, in their order. */
  readonly words: readonly string[];
  /** How much each counts, before its rarity. */
  readonly weights: readonly number[];
  /** Where each spelling of each word stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Keys of the capabilities that the task asks for outright. */
  readonly asked: ReadonlySet<string>;
}

export function queryOf({ title, description, asked }: Brief): Query {
  const titleWords = wordsOf(title.slice(0, MAX_TITLE));
  const offset = (titleWords.at(-1)?.at ?? -1) + 10;
  const rest = wordsOf(description.slice(0, MAX_DESCRIPTION)).map((word) => ({ ...word, at: word.at + offset }));
  const counted = new Map<string, number>();
  const places = new Map<string, number[]>();
  for (const [words, first] of [[titleWords, TITLE_WEIGHT] as const, [rest, 1] as const]) {
    for (const { stem, at, joined } of words) {
      push(places, stem, at);
      if (joined) continue;
      const before = counted.get(stem);
      if (before === undefined && counted.size >= MAX_WORDS) continue;
      counted.set(stem, before === undefined ? first : Math.min(before + MENTION, first + MENTION * MENTIONS));
    }
  }
  addNeighbours(places, [...titleWords, ...rest]);
  return {
    words: [...counted.keys()],
    weights: [...counted.values()],
    places,
    asked: new Set(asked.map(keyOf)),
  };
}

/** `cap 17` is how some write `cap_17`, and `java script` is `javascript`. */
function addNeighbours(places: Map<string, number[]>, words: readonly { stem: string; at: number }[]): void {
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    if (next && next.at === word.at + 1) push(places, `${word.stem}${next.stem}`, word.at);
  }
}

function push(places: Map<string, number[]>, stem: string, at: number): void {
  const known = places.get(stem);
  if (!known) places.set(stem, [at]);
  else if (known.length < 50) known.push(at);
}
