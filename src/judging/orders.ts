import { type Answer, answerOf, type Reading } from './artifact-text.js';
import type { BriefText } from './brief-text.js';
import { memo } from './memo.js';
import { asides, described, type Suspicion, suspicions, without } from './suspicion/suspicion.js';

/** An answer without the passages that speak to whoever judges it, and what those were. */
export interface WithoutOrders {
  readonly answer: Answer;
  readonly evidence: string;
}

/** Work on prompts and on judging speaks like that by its nature. */
const OF_PROMPTS =
  /\b(?:prompts?|language models?|LLMs?|chatbots?|AI|assistants?|grad(?:er|ing)|evaluat(?:e|or|ion)s?|inject(?:ion)?s?)\b/i;

/** Undefined where nothing is said to a judge that hardly anybody says by accident; with such a passage goes what stands with it. */
export function withoutOrders(answer: Answer, brief: BriefText): WithoutOrders | undefined {
  if (OF_PROMPTS.test(`${brief.title}\n${brief.description}`)) return undefined;
  const found = suspicionsIn(answer);
  const sure = found.flat().filter((span) => span.sure);
  if (sure.length === 0) return undefined;
  const told = Object.values(brief).join('\n');
  const readings = answer.readings.map((reading, at) =>
    cleaned(reading, [...(found[at] ?? []), ...asides(reading.text, told)]),
  );
  return {
    answer: answerOf(readings, answer.cut),
    evidence: `speaks to a judge and earns nothing: ${described(sure)}`,
  };
}

/**
 * A first look, many times as fast as the second: words that orders to a judge can hardly do without, in the languages that most
 * are written in, and the marks of disguises. Texts of other scripts always get the second look.
 */
const FIRST_LOOK = new RegExp(
  [
    'ignor|disregard|overrid|forget (?:all|any|every|what)|instruct|evaluat|grader|grading|\\bjudg|verdict|rubric|criteri[ao]',
    '\\bwinner|\\bwins\\b|full marks|(?:high|top|best|perfect)\\w* (?:score|rating|mark|grade)|10 ?/ ?10|100 ?/ ?100|"(?:score|met)"',
    'score:|system:|language model|developer mode|administrator|\\[\\[|\\[inst|<\\||[^\\x00-\\u024f\\u2000-\\u2bff]',
    '(?:pick|choose|select|prefer|reject|approve)\\w* (?:this|the)\\b|(?:this|other|better|best) (?:answer|response|submission|entry|bid)',
    'anweisung|bewert|évalu|choisi|instruc|evalu|elige|elija|avali|escolh|istruz|valut|scegli|instrukc|oceni|wybierz|talimat|yoksay|değerlendir',
    'erongi|tcurtsni|vtaber|vafgehpg|[a-z0-9+/]{32}|(?:[0-9a-f]{2} ){8}|(?:%20\\w+){2}|(?:&#x?\\w+;){3}|(?:\\b\\w ){5}',
    '\\b\\d[a-z]+\\d[a-z]|\\b[a-z]\\d[a-z]+\\d|(?:\\b[a-z]{1,4}-){2}',
  ].join('|'),
  'i',
);

const suspicionsIn = memo(({ readings }: Answer): readonly (readonly Suspicion[])[] =>
  readings.map(({ format, text }) => (format === 'binary' || !FIRST_LOOK.test(text) ? [] : suspicions(text))),
);

/** Of what a program reads, such as a table or code, only the text for people changes. */
function cleaned(reading: Reading, spans: readonly Suspicion[]): Reading {
  if (spans.length === 0) return reading;
  const text = without(reading.text, spans, '');
  return reading.format === 'text' || reading.format === 'markdown'
    ? { ...reading, text, source: text }
    : { ...reading, text };
}
