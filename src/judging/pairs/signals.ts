import { shareOf } from '../substance.js';
import { contained, lines, words } from '../text.js';
import { equations } from './arithmetic.js';
import { hasCode, hasCount, hasForm, itemsOf } from './form-signals.js';
import { type Look, percent, type Read, type Signal, signal } from './read.js';
import { chooses, keepsGiven, language, saysYesOrNo, summarizes, sums } from './task-signals.js';
import { contentOf, occurs } from './terms.js';

/** Every signal that applies, in a fixed order. */
export function signalsOf(read: Read): Signal[] {
  const all = [
    covers,
    leavesOut,
    declines,
    asksBack,
    keepsGiven,
    summarizes,
    chooses,
    saysYesOrNo,
    hasCode,
    hasForm,
    hasCount,
    language,
  ];
  return [...all, sums, agreesWithItself, empty, unfinished, aloneAsAsked, hedges].flatMap((look) => look(read) ?? []);
}

/** Half of what the order is about is enough. More earns nothing, or a long text would have an advantage. */
const ENOUGH = 0.5;
/**
 * Fewer of them speak a little against an answer, too little for its score: a longer text comes to say one more by chance alone. Only
 * not one of them tells that it is about something else.
 */
const FEW = -0.2;

/** They may speak of their subject without naming it. */
const FIGURATIVE = new Set(['haiku', 'poem', 'one_line', 'dialogue']);

const covers: Look = ({ request, roots, words: list }) => {
  const { terms, kind, form } = request;
  const isShort = list.length < 12;
  if (terms.length < 2 || isShort || kind === 'translate' || kind === 'choose' || kind === 'code') return undefined;
  const found = terms.filter((term) => occurs(term, roots, list));
  const value = found.length === 0 ? -1 : found.length < terms.length * ENOUGH ? FEW : 0;
  const weight = form !== null && FIGURATIVE.has(form) ? 0.4 : 1.4;
  return signal('subject', value, weight, `${found.length} of ${terms.length} words of the order's subject occur`);
};

/** Words that the order wants left out, without quotation marks: "do not mention rain". */
const leavesOut: Look = ({ request, roots, words: list }) => {
  const unwanted = request.unwanted.filter((word) => occurs(word, roots, list));
  if (request.unwanted.length === 0) return undefined;
  const evidence = unwanted.length > 0 ? `"${unwanted[0]}" was to be left out` : 'what was to be left out is not there';
  return signal('leaves_out', unwanted.length > 0 ? -1 : 0.2, 1, evidence);
};

const DECLINES =
  /\b(?:as an? (?:ai|language model|artificial intelligence)|i(?:'m| am) (?:sorry|unable|not able|afraid)|i (?:can ?not|can't|won't|do not have|don't have|am unable to|must decline)|unable to (?:provide|answer|complete|assist|help|fulfil)|it is not possible (?:for me )?to|cannot (?:be answered|provide|assist|help))\b/i;

const declines: Look = ({ text }) => {
  const opening = text.slice(0, 200).replace(/’/g, "'");
  return DECLINES.test(opening) ? signal('declines', -1, 1.2, 'it begins by declining') : undefined;
};

const ASKS_BACK =
  /\b(?:could|can|would) you (?:please )?(?:provide|clarify|specify|share|give|tell|elaborate|paste|send)|\bplease (?:provide|specify|clarify|share|paste|send) (?:me |us )?(?:more|the (?:text|details?|article|following|sentence|passage|information|context|code|document|content)|some more|additional|further|a bit more)|\b(?:what|which) (?:would|do) you (?:like|want|mean|prefer)|\bi(?:'d| would) (?:be happy|love) to help\b|\b(?:sure|certainly|of course)[,!.]? (?:i can|what|how can|please)/i;

/** The prompt is all there is, and a question back is no work. */
const asksBack: Look = ({ text, words: list }) =>
  list.length < 80 && ASKS_BACK.test(text)
    ? signal('asks_back', -1, 1, 'it asks back instead of answering')
    : undefined;

/** Wrong equations, and lists that are not as long as they are said to be. */
const agreesWithItself: Look = ({ text }) => {
  const { wrong, example } = equations(text);
  if (wrong > 0) return signal('contradiction', -1, 1.2, `${example} is wrong`);
  const [, said] =
    /\b(?:here|following|below|these)\b[^.:\n]{0,30}\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b[^.\n]{0,60}:/i.exec(
      text.slice(0, 300),
    ) ?? [];
  if (said === undefined) return undefined;
  const numeral = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].indexOf(said.toLowerCase());
  const claimed = numeral >= 0 ? numeral + 2 : Number(said);
  const items = itemsOf(text, false);
  if (items < 2 || items === claimed) return undefined;
  return signal('contradiction', -0.6, 0.5, `it announces ${claimed} and has ${items}`);
};

/** The share that says nothing: repeated, filler or dummy; or nothing that the prompt does not say. */
const empty: Look = ({ substance, words: list, text, request }) => {
  if (list.length === 0) return signal('substance', -1, 2, 'it says nothing');
  if (list.length < 8) return undefined;
  const isEcho = request.kind === 'make' && contained(contentOf(text), contentOf(request.prompt)) > 0.95;
  if (isEcho && request.given === '')
    return signal('substance', -0.8, 0.9, 'it says nothing that the prompt does not say');
  const share = shareOf(substance, 'repeated', 'filler', 'dummy');
  if (share < 0.1) return undefined;
  return signal('substance', -share, 0.9, `${percent(share)} of the words are repeated or fit under any prompt`);
};

const unfinished: Look = ({ text, words: list, request }) => {
  const end = text.trimEnd();
  if (list.length < 40 || request.kind === 'code' || /[\p{P}\p{S}\p{Extended_Pictographic}]$/u.test(end))
    return undefined;
  const last = lines(end).at(-1) ?? '';
  return words(last).length >= 8 ? signal('unfinished', -0.5, 0.4, 'it breaks off in a sentence') : undefined;
};

/** Where the answer alone was asked for, a preface and an explanation are a fault. */
const aloneAsAsked: Look = ({ request, text, words: list }) => {
  if (!request.only || request.kind === 'code') return undefined;
  const hasPreface = /^(?:sure|certainly|of course|here(?:'s| is| are)|okay|great)\b/i.test(text.trim());
  const explains = /\b(?:because|explanation|note that|this is (?:because|since)|i hope|let me know)\b/i.test(text);
  if (!hasPreface && !explains) return signal('alone', 0.4, 0.6, 'it is the answer alone');
  return signal('alone', -0.7, 0.6, `the answer alone was asked for; there is more in ${list.length} words`);
};

const HEDGES =
  /\b(?:i think|i believe|maybe|perhaps|probably|i(?:'m| am) not sure|not certain|i guess|might be|could be wrong|hard to say|it depends|i don't know)\b/gi;

const hedges: Look = ({ text, words: list }) => {
  const count = text.match(HEDGES)?.length ?? 0;
  const share = (count * 20) / Math.max(20, list.length);
  return share < 0.4 ? undefined : signal('hedging', -Math.min(1, share / 2), 0.3, `it hedges ${count} times`);
};
