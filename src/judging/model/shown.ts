import { type Reading, readAnswer } from '../artifact-text.js';
import type { JudgedArtifact } from '../judge.js';
import { likeliest, offSubject, type Suspicion, suspicions, without } from '../suspicion/suspicion.js';

/** A work as it is shown to a model, and what of it was left out. */
export interface Shown {
  /** Without any passage that speaks to the judge. */
  readonly text: string;
  readonly spans: readonly Suspicion[];
  /** Sentences that have nothing to do with the brief, in whatever language: a work that wins is tested with them. */
  readonly aside: readonly Suspicion[];
  /** There is more of it than a model is shown. */
  readonly cut: boolean;
}

const SHOWN_CHARS = 16_000;

/** A judge is tested with asides that are a part of a work: where they are most of it, they are the work. */
const MOST_ASIDE = 0.4;

/** Stands where a passage was taken out. */
const GONE = '[…]';

/**
 * Reads a work for a model: what nobody sees is gone from it already; passages that surely speak to the judge go now.
 *
 * @param brief what the buyer wrote: passages about it are less likely to be meant for the judge
 */
export function shownWork(artifacts: readonly JudgedArtifact[], brief: string): Shown {
  const whole = readAnswer(artifacts).readings.map(asRead).join('\n\n');
  const spans = suspicions(whole, brief);
  const known = new Set(spans.map(({ passage }) => passage));
  const off = offSubject(whole, brief).filter(({ passage }) => !known.has(passage));
  const aside = within(likeliest(off), whole.length * MOST_ASIDE);
  const text = without(
    whole,
    spans.filter(({ sure }) => sure),
    GONE,
  );
  return { text: text.slice(0, SHOWN_CHARS).toWellFormed(), spans, aside, cut: text.length > SHOWN_CHARS };
}

/** The first of these, and more as long as they are no more than so many characters together. */
function within(spans: readonly Suspicion[], most: number): Suspicion[] {
  let left = most;
  return spans.filter(({ passage }, at) => {
    left -= passage.length;
    return at === 0 || left >= 0;
  });
}

/** A work whose asides a judge turned out to follow is as suspicious as if they were known to speak to it. */
export function withAsides(shown: Shown): Shown {
  return { ...shown, spans: [...shown.spans, ...shown.aside], aside: [] };
}

/** The same work with every suspicious passage taken out, for a judge that turned out to follow them. */
export function withoutSuspicion(shown: Shown): Shown {
  return { ...shown, text: without(shown.text, shown.spans, GONE) };
}

/** A program reads code and data as they are; of a page or drawing what a person reads in it. */
function asRead({ name, format, source, text, size }: Reading): string {
  const title = name.replace(/[^\p{L}\p{N} ._-]/gu, '').slice(0, 80);
  if (format === 'binary') return `(${title}: ${size} bytes that are no text)`;
  return `(${title})\n${format === 'html' || format === 'svg' ? text || source : source}`;
}
