import { type Answer, answerOf, type Reading } from './artifact-text.js';
import type { BriefText } from './brief-text.js';
import { asides, described, type Suspicion, suspicions, without } from './suspicion/suspicion.js';

/** An answer without the passages that speak to whoever judges it, and what those were. */
export interface WithoutOrders {
  readonly answer: Answer;
  readonly evidence: string;
}

/** Undefined where nothing is said to a judge that hardly anybody says by accident; with such a passage goes what stands with it. */
export function withoutOrders(answer: Answer, brief: BriefText): WithoutOrders | undefined {
  const told = Object.values(brief).join('\n');
  const found = answer.readings.map((reading) => suspicionsIn(reading, told));
  const sure = found.flat().filter((span) => span.sure);
  if (sure.length === 0) return undefined;
  const readings = answer.readings.map((reading, at) =>
    cleaned(reading, [...(found[at] ?? []), ...asides(reading.text, told)]),
  );
  return {
    answer: answerOf(readings, answer.cut),
    evidence: `speaks to a judge and earns nothing: ${described(sure)}`,
  };
}

/** Code and data are full of words such as `score`, `best` and `this`. */
function suspicionsIn({ format, text }: Reading, brief: string): readonly Suspicion[] {
  if (format === 'binary') return [];
  return format === 'text' || format === 'markdown' || format === 'html' ? suspicions(text, brief) : suspicions(text);
}

/** Of what a program reads, such as a table or code, only the text for people changes. */
function cleaned(reading: Reading, spans: readonly Suspicion[]): Reading {
  if (spans.length === 0) return reading;
  const text = without(reading.text, spans, '');
  return reading.format === 'text' || reading.format === 'markdown'
    ? { ...reading, text, source: text }
    : { ...reading, text };
}
