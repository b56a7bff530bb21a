import { detectLanguage, languageCode } from '../languages.js';
import { contained, foldedWords, shingles } from '../text.js';
import { askedSums, same } from './arithmetic.js';
import { type Look, mentions, percent, signal } from './read.js';
import { contentOf } from './terms.js';
import { conversions } from './units.js';

/** They change a text here and there; whoever adds to it does something else. */
const EDITS =
  /\b(?:correct|fix|proofread|capitali[sz]e|lower ?case|upper ?case|punctuate|remove|delete|sort|alphabeti[sz]e|reverse|unscramble|reorder|replace|past tense|present tense|future tense|passive|active voice|shorten|grammar|spelling)\b/i;

/** A rewritten text keeps what it was about, and a question stays one; an answer to it, or talk about it, does not. */
export const keepsGiven: Look = ({ request, roots, text }) => {
  const { kind, given } = request;
  if (kind !== 'rewrite' || given === '') return undefined;
  const source = contentOf(given);
  if (source.size < 2) return undefined;
  const kept = contained(source, roots);
  const added = 1 - contained(contentOf(text), new Set([...source, ...contentOf(request.order)]));
  const isSame = text.trim() === given.trim();
  const lostQuestion = /\?\s*$/.test(given.trim()) && !text.includes('?');
  const cost = EDITS.test(request.order) ? 2 : 0.8;
  const value = isSame ? -0.6 : Math.min(1, kept / 0.6) * 1.4 - added * cost - (lostQuestion ? 1 : 0) - 0.3;
  const note = isSame
    ? 'it is the given text as it was'
    : `${percent(kept)} of the given text's words are kept, ${percent(added)} are new`;
  return signal('works_on_text', value, 1, lostQuestion ? `${note}; the question is gone` : note);
};

export const summarizes: Look = ({ request, text, roots, words: list }) => {
  const { kind, given } = request;
  if (kind !== 'summarize') return undefined;
  const source = foldedWords(given);
  if (source.length < 25) return undefined;
  const grounded = contained(contentOf(text), contentOf(given));
  const copied = contained(shingles(list, 5), shingles(source, 5));
  const touches = contained(contentOf(given), roots) > 0;
  const value =
    (grounded - 0.45) * 2 - Math.max(0, copied - 0.5) - (list.length > source.length ? 0.8 : 0) - (touches ? 0 : 0.5);
  return signal(
    'summarizes',
    value,
    1,
    `${percent(grounded)} of its words are the source's, ${percent(copied)} of its runs of five; ${list.length} words of ${source.length}`,
  );
};

export const chooses: Look = ({ request, text, words: list }) => {
  const { options } = request;
  if (options.length < 2 || request.kind === 'make') return undefined;
  const said = options.filter((option) => mentions(text, option));
  const opening = options.filter((option) => mentions(text.slice(0, 120), option));
  if (said.length === 0) return signal('chooses', -1, 0.9, 'it names none of the answers to choose from');
  const isClear = said.length === 1 || opening.length === 1;
  return signal(
    'chooses',
    isClear ? 0.7 : list.length < 15 ? -0.2 : 0,
    0.9,
    `it names ${said.length} of ${options.length} answers to choose from`,
  );
};

export const saysYesOrNo: Look = ({ request, text }) => {
  if (request.kind !== 'yes_no') return undefined;
  const opening = text.slice(0, 160);
  const says =
    /\b(?:yes|no|not|never|true|false|correct|incorrect|indeed|isn't|aren't|doesn't|don't|can't|cannot|depends|likely|unlikely)\b/i.test(
      opening,
    );
  return signal('yes_or_no', says ? 0.4 : -0.4, 0.5, says ? 'it says yes or no' : 'it says neither yes nor no');
};

const TO_LANGUAGE = /\b(?:in|into|to) ([A-Z][a-z]{3,12})\b/g;

/** Translations into the language named; anything else in the language that it was asked in. */
export const language: Look = ({ request, text, words: list }) => {
  if (list.length < 4) return undefined;
  const found = detectLanguage(text);
  if (request.kind !== 'translate') return undefined;
  const named = [...request.order.matchAll(TO_LANGUAGE)]
    .map(([, one = '']) => languageCode(one))
    .find((code) => code !== undefined);
  if (named === undefined || found === undefined) return undefined;
  return signal('language', found.language === named ? 0.8 : -0.9, 1, `it is in ${found.language}; asked for ${named}`);
};

/** The sum that the prompt asks for is there, or another number stands in its place. */
export const sums: Look = ({ request, text }) => {
  const asked = [...askedSums(request.prompt), ...conversions(request.prompt)];
  if (asked.length === 0 || request.kind === 'code') return undefined;
  const numbers = (text.match(/-?\d[\d,]*(?:\.\d+)?/g) ?? []).map((number) => Number(number.replace(/,/g, '')));
  if (numbers.length === 0) return undefined;
  const right = asked.filter((value) => numbers.some((number) => same(value, number)));
  return signal(
    'sums',
    right.length === asked.length ? 1 : -1,
    1.5,
    `${right.length} of ${asked.length} sums of the prompt have their value there`,
  );
};
