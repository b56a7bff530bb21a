import { fold } from '../text.js';
import { CLASSES, UNSPACED_WORDS, WORDS, type WordClass } from './lexicon.js';

/** Which classes of words a text has, a bit each. */
export type Classes = number;

const BITS = Object.fromEntries(CLASSES.map((name, at) => [name, 1 << at])) as Readonly<Record<WordClass, number>>;

/** A word of another language than English. */
export const ELSEWHERE: Classes = 1 << CLASSES.length;

const whole = new Map<string, Classes>();
const beginnings = new Map<string, Classes>();
let longest = 0;
for (const name of CLASSES) {
  const [english = '', others = ''] = WORDS[name].split('|');
  learn(english, BITS[name]);
  learn(others, BITS[name] | ELSEWHERE);
}
const SHORTEST = 2;

function learn(list: string, bits: Classes): void {
  for (const word of list.trim().split(/\s+/)) {
    const stem = fold(word.replace(/\*$/, ''));
    const map = word.endsWith('*') ? beginnings : whole;
    map.set(stem, (map.get(stem) ?? 0) | bits);
    longest = Math.max(longest, stem.length);
  }
}

const known = new Map<string, Classes>();
const MOST_KNOWN = 20_000;
const LONGEST_KNOWN = 24;

/** The classes of one folded word. Most words come again and again, so they are remembered. */
function classesOf(word: string): Classes {
  const before = known.get(word);
  if (before !== undefined) return before;
  let found = whole.get(word) ?? 0;
  for (let size = SHORTEST; size <= Math.min(longest, word.length); size++)
    found |= beginnings.get(word.slice(0, size)) ?? 0;
  if (known.size >= MOST_KNOWN) known.clear();
  if (word.length <= LONGEST_KNOWN) known.set(word, found);
  return found;
}

const ASCII_WORDS = /[a-z0-9]+/g;
const ALL_WORDS = /[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}]+)?/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;
/** Chinese, Japanese, Korean, Thai, and Vietnamese, whose words have spaces inside. */
const UNSPACED = /[\u0e00-\u0e7f\u1e00-\u1eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

const unspaced = Object.entries(UNSPACED_WORDS).flatMap(([name, list]) =>
  list.split(' ').map((word) => ({ word: fold(word.replaceAll('_', ' ')), bit: BITS[name as WordClass] })),
);

/** @param text in small letters */
export function classesIn(text: string): Classes {
  let found = 0;
  const isBeyond = BEYOND_ASCII.test(text);
  for (const word of text.match(isBeyond ? ALL_WORDS : ASCII_WORDS) ?? []) found |= classesOf(word);
  if (isBeyond && UNSPACED.test(text))
    for (const { word, bit } of unspaced) if (text.includes(word)) found |= bit | ELSEWHERE;
  return found;
}

/** What each class adds to a sentence's being talk of judging. */
const POINTS: readonly (readonly [WordClass, number])[] = [
  ['judge', 2],
  ['choose', 1.5],
  ['work', 1],
  ['thing', 0.5],
  ['pointing', 1],
  ['rank', 1],
  ['grade', 1],
  ['ignore', 1.5],
  ['rules', 1],
  ['met', 1],
  ['all', 0.5],
  ['saying', 0.5],
  ['stress', 0.5],
];

/** How much a sentence is about the choosing, grading or comparing of works; from `TALK` on it is hardly about anything else. */
export function talkOf(classes: Classes): number {
  if (!isTalk(classes)) return 0;
  return POINTS.reduce((sum, [name, points]) => sum + (has(classes, name) ? points : 0), 0);
}

export const TALK = 4;
/** It may be; a judge is tested with it. */
export const MAYBE_TALK = 3;
/** So much of it is no sentence about the brief's subject, also where it names that. */
export const TALK_ALONE = 6;

/** It must say who judges or what is judged, and what is to come of it. */
function isTalk(classes: Classes): boolean {
  const isJudged = (classes & (BITS.work | BITS.thing | BITS.grade)) !== 0;
  const isAddressed = has(classes, 'judge') || has(classes, 'pointing');
  return isJudged && isAddressed && (classes & RESULT) !== 0;
}

const RESULT = BITS.choose | BITS.rank | BITS.ignore | BITS.met | BITS.saying;

/** A brief that is itself about judging, teaching, courts or models: whoever works on it talks of such things. */
export function asksForTalk(brief: string): boolean {
  return has(classesIn(fold(brief)), 'field');
}

const TELLING = CLASSES.filter((name) => !['all', 'pointing', 'stress', 'field'].includes(name)).reduce(
  (bits, name) => bits | BITS[name],
  0,
);

/** Whether there is any word that a passage to a judge can hardly do without. */
export function tells(classes: Classes): boolean {
  return (classes & TELLING) !== 0;
}

/** Without any of these words patterns of this sort find nothing: they need not be tried. */
const NEEDED: Readonly<Record<string, Classes>> = {
  to_the_judge: BITS.judge | BITS.role | BITS.grade,
  ignore_instructions: BITS.ignore | BITS.rules | BITS.role | BITS.grade,
  talk_of_rubric: BITS.grade | BITS.judge,
};

export function isPossible(sort: string, classes: Classes): boolean {
  const needed = NEEDED[sort];
  return needed === undefined || (classes & needed) !== 0;
}

function has(classes: Classes, name: WordClass): boolean {
  return (classes & BITS[name]) !== 0;
}
