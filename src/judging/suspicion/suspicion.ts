import { keyTerms, stem } from '../echo.js';
import { sentences } from '../sentences.js';
import { foldedWords, quote } from '../text.js';
import { decoded, readings } from './disguises.js';
import { MAYBE, SURE, TO_SOMEBODY } from './suspicions.js';

/** A passage that speaks to whoever judges the work, and not to its reader. */
export interface Suspicion {
  /** What it looks like, such as `ignore_instructions`. */
  readonly sort: string;
  /** The passage as it stands in the text. */
  readonly passage: string;
  /** Sure: hardly anybody writes it by accident. Otherwise it only makes the judge be tested with it. */
  readonly sure: boolean;
}

export interface Passage {
  readonly text: string;
  readonly from: number;
}

const LONGEST = 100_000;
const MOST = 50;

/** Every suspicious passage of a text, in its order. Linear in the length of the text, of which the first 100,000 characters count. */
export function suspicions(text: string): Suspicion[] {
  const found: Suspicion[] = [];
  for (const { text: passage } of passages(text.slice(0, LONGEST))) {
    if (found.length >= MOST) break;
    const hit = suspicionOf(passage);
    if (hit) found.push({ ...hit, passage });
  }
  return found;
}

const FEWEST_WORDS = 5;
const MOST_ASIDES = 6;

/**
 * Sentences that praise or speak to somebody and share no word with the brief: nothing to hold against a work, but a judge may be
 * tested with them.
 */
export function asides(text: string, brief: string): Suspicion[] {
  const subject = new Set(keyTerms(brief, 200));
  return passages(text.slice(0, LONGEST))
    .filter(({ text: passage }) => TO_SOMEBODY.test(passage))
    .filter(({ text: passage }) => {
      const words = foldedWords(passage);
      return words.length >= FEWEST_WORDS && !words.some((word) => subject.has(stem(word)));
    })
    .slice(0, MOST_ASIDES)
    .map(({ text: passage }) => ({ sort: 'aside', passage, sure: false }));
}

/** The text without these passages; a mark stands where one was. */
export function without(text: string, spans: readonly Suspicion[], mark: string): string {
  const gone = new Set(spans.map(({ passage }) => passage));
  let at = 0;
  let kept = '';
  for (const { text: passage, from } of passages(text.slice(0, LONGEST))) {
    if (!gone.has(passage)) continue;
    kept += text.slice(at, from) + mark;
    at = from + passage.length;
  }
  return kept + text.slice(at);
}

/** In a few words what was found, for the buyer. */
export function described(spans: readonly Suspicion[]): string {
  const sorts = [...new Set(spans.map(({ sort }) => sort.replaceAll('_', ' ')))];
  return `${sorts.slice(0, 4).join(', ')}, such as ${quote(spans[0]?.passage ?? '', 120)}`;
}

/** What is looked at as one: a sentence with the line it stands in, since marks and verdicts often have a line of their own. */
function passages(text: string): Passage[] {
  const list: Passage[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    let at = 0;
    for (const sentence of line.length > 4_000 ? pieces(line) : sentences(line)) {
      const from = line.indexOf(sentence, at);
      if (from < 0) continue;
      list.push({ text: sentence, from: offset + from });
      at = from + sentence.length;
    }
    offset += line.length + 1;
  }
  return list;
}

function pieces(line: string): string[] {
  return Array.from({ length: Math.ceil(line.length / 2_000) }, (_, i) => line.slice(i * 2_000, (i + 1) * 2_000));
}

function suspicionOf(passage: string): Omit<Suspicion, 'passage'> | undefined {
  const read = readings(passage);
  const sure = SURE.find(({ pattern }) => read.some((reading) => pattern.test(reading)));
  if (sure) return { sort: sure.sort, sure: true };
  const maybe = MAYBE.find(({ pattern }) => read.some((reading) => pattern.test(reading)));
  if (maybe) return { sort: maybe.sort, sure: false };
  return decoded(passage).length > 0 ? { sort: 'encoded_text', sure: false } : undefined;
}
