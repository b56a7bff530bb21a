import { keyTerms, stem } from '../echo.js';
import { remembered } from '../memo.js';
import { sentences } from '../sentences.js';
import { fold, foldedWords, quote } from '../text.js';
import { type Disguises, disguisesIn, readings } from './disguises.js';
import { ENGLISH, type Look, MARKS, MAYBE, OTHERS, TO_SOMEBODY } from './suspicions.js';
import {
  asksForTalk,
  type Classes,
  classesIn,
  ELSEWHERE,
  isPossible,
  MAYBE_TALK,
  TALK,
  TALK_ALONE,
  talkOf,
  tells,
} from './talk.js';

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

/**
 * Every suspicious passage of a text, in its order. Linear in the length of the text, of which the first 100,000 characters count.
 *
 * @param brief what the buyer wrote. With it a sentence on the choosing or grading of works is sure when the brief is about nothing
 * of the kind and shares no word with it, in whatever language; without it such sentences stay unsure
 */
export function suspicions(text: string, brief?: string): Suspicion[] {
  const subject = brief === undefined || asksForTalk(brief) ? undefined : subjectOf(brief);
  const isExpected = (sort: string) =>
    brief !== undefined && (OF_PROMPTS.test(brief) || (OF_JUDGING.has(sort) && asksForTalk(brief)));
  const found: Suspicion[] = [];
  const read = text.slice(0, LONGEST);
  const all = passages(read);
  const disguises = disguisesIn(read);
  for (const { text: passage } of all) {
    if (found.length >= MOST) break;
    const hit = suspicionOf(passage, disguises, subject);
    if (hit) found.push({ ...hit, passage, sure: hit.sure && !isExpected(hit.sort) });
  }
  return isSubject(found, all.length) ? found.map(unsure) : found;
}

const FEWEST_TALK = 3;
const TALK_SHARE = 0.25;

/** A text that speaks of judging throughout is on that, whatever the brief calls it. */
function isSubject(found: readonly Suspicion[], sentencesInAll: number): boolean {
  const talk = found.filter(({ sort }) => sort === 'talk_of_judging').length;
  return talk >= FEWEST_TALK && talk > sentencesInAll * TALK_SHARE;
}

function unsure(span: Suspicion): Suspicion {
  return span.sort === 'talk_of_judging' ? { ...span, sure: false } : span;
}

/** Work on prompts and on models that judge speaks like that by its nature. */
const OF_PROMPTS =
  /\b(?:prompts?|language models?|LLMs?|chatbots?|AI|assistants?|grad(?:er|ing)|evaluat(?:e|or|ion)s?|inject(?:ion)?s?)\b/i;

/** What honest work on exams, courts and contests is full of. */
const OF_JUDGING = new Set(['verdict', 'to_the_judge', 'answer_yes', 'talk_of_rubric', 'talk_of_judging']);

const FEWEST_WORDS = 5;
const MOST_ASIDES = 6;

/**
 * Sentences that praise or speak to somebody and share no word with the brief: nothing to hold against a work, but a judge may be
 * tested with them.
 */
export function asides(text: string, brief: string): Suspicion[] {
  return offSubject(text, brief)
    .filter(({ passage }) => TO_SOMEBODY.test(passage))
    .slice(0, MOST_ASIDES);
}

/**
 * Sentences that share no word with the brief, in whatever language: those that talk of judging first, then from the ends of the
 * text inwards, since that is where whoever speaks to a judge does so.
 */
export function offSubject(text: string, brief: string): Suspicion[] {
  const subject = subjectOf(brief);
  return passages(text.slice(0, LONGEST))
    .filter(({ text: passage }) => isOff(passage, subject, FEWEST_WORDS))
    .map(({ text: passage }) => ({ sort: 'aside', passage, sure: false }));
}

/** Few enough to put before a judge: those that talk of judging first, then from the ends of the text inwards. */
export function likeliest(spans: readonly Suspicion[], most = MOST_ASIDES): Suspicion[] {
  const last = spans.length - 1;
  return spans
    .map((span, at) => ({ span, talk: talkOf(classesIn(fold(span.passage))), fromEnd: Math.min(at, last - at) }))
    .toSorted((a, b) => b.talk - a.talk || a.fromEnd - b.fromEnd)
    .slice(0, most)
    .map(({ span }) => span);
}

type Subject = ReadonlySet<string>;

const subjectOf = remembered((brief: string): Subject => new Set(keyTerms(brief, 200)), {
  size: 4,
  mostChars: 100_000,
});

function isOff(passage: string, subject: Subject, fewest = 0): boolean {
  const words = foldedWords(passage);
  return words.length >= fewest && !words.some((word) => subject.has(stem(word)));
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

function suspicionOf(
  passage: string,
  disguises: Disguises,
  subject: Subject | undefined,
): Omit<Suspicion, 'passage'> | undefined {
  const { all, encoded } = readings(passage, disguises);
  const read = all.map((reading) => ({ reading, classes: classesIn(reading) }));
  const telling = read.filter(({ reading, classes }) => tells(classes) || MARKS.test(reading));
  const sure = first(telling, (classes) => (classes & ELSEWHERE ? [...ENGLISH, ...OTHERS] : ENGLISH));
  if (sure) return { sort: sure.sort, sure: true };
  const talk = Math.max(0, ...telling.map(({ classes }) => talkOf(classes)));
  if (talk >= TALK) {
    const isUnasked = subject !== undefined && (isOff(passage, subject) || talk >= TALK_ALONE);
    return { sort: 'talk_of_judging', sure: isUnasked };
  }
  if (talk >= MAYBE_TALK) return { sort: 'talk_of_judging', sure: false };
  const maybe = first(telling, () => MAYBE);
  if (maybe) return { sort: maybe.sort, sure: false };
  return encoded ? { sort: 'encoded_text', sure: false } : undefined;
}

interface Told {
  readonly reading: string;
  readonly classes: Classes;
}

function first(read: readonly Told[], looks: (classes: Classes) => readonly Look[]): Look | undefined {
  for (const { reading, classes } of read) {
    const found = looks(classes).find(({ sort, pattern }) => isPossible(sort, classes) && pattern.test(reading));
    if (found) return found;
  }
  return undefined;
}
