import type { QualityRule, RuleKind } from '@bakeoff/agent-kit';
import type { Answer, Reading } from '../artifact-text.js';
import type { BriefText } from '../brief-text.js';
import type { Met } from '../judgement.schema.js';
import type { Limited } from '../limited.js';
import { JUDGED } from '../limits.js';
import type { Parsed } from '../memo.js';

/** What a check says: a verdict, and in one sentence with numbers what it saw. */
export interface Finding {
  readonly met: Met;
  readonly evidence: string;
  readonly confidence: number;
}

/** What checks look at. */
export interface Context {
  /** The artifacts that the rule is about. */
  readonly answer: Answer;
  readonly brief: BriefText;
  readonly attachments: readonly Reading[];
  readonly limited: Limited;
}

export type RuleOf<K extends RuleKind> = Extract<QualityRule, { kind: K }>;
export type Check<K extends RuleKind> = (rule: RuleOf<K>, context: Context) => Finding | Promise<Finding>;
export type Checks<K extends RuleKind> = { readonly [Kind in K]: Check<Kind> };

export function yesOrNo(met: boolean, evidence: string, confidence = 1): Finding {
  return finding(met ? 'yes' : 'no', evidence, confidence);
}

export function no(evidence: string, confidence = 1): Finding {
  return finding('no', evidence, confidence);
}

export function unknown(evidence: string): Finding {
  return finding('unknown', evidence, 0);
}

/** Evidence quotes answers, so it is cut, and cleaned of what a database or a terminal would stumble over. */
function finding(met: Met, evidence: string, confidence: number): Finding {
  const clean = evidence
    .replace(/\p{C}+/gu, ' ')
    .slice(0, JUDGED.evidenceChars)
    .toWellFormed();
  return { met, evidence: clean, confidence };
}

export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Holds a count against a range: "312 words; asked for 300 to 500". */
export function inRange(count: number, range: Range, noun: string, confidence = 1): Finding {
  const met = (range.min === undefined || count >= range.min) && (range.max === undefined || count <= range.max);
  return yesOrNo(met, `${count} ${noun}; asked for ${rangeText(range)}`, confidence);
}

/** Nothing was asked when neither bound is given, and one at least is what is meant. */
export function atLeastOne(range: Range): Range {
  return range.min === undefined && range.max === undefined ? { min: 1 } : range;
}

export function rangeText({ min, max }: Range): string {
  if (min === max) return `${min}`;
  if (max === undefined) return `${min} or more`;
  return min === undefined ? `${max} at most` : `${min} to ${max}`;
}

/** All items are there, or a sentence that names those that are not. */
export function allThere(wanted: readonly string[], missing: readonly string[], noun: string, confidence = 1): Finding {
  if (missing.length === 0) return yesOrNo(true, `all ${wanted.length} ${noun} are there`, confidence);
  return no(`${missing.length} of ${wanted.length} ${noun} missing: ${some(missing)}`, confidence);
}

/** The first few, quoted. */
export function some(items: readonly string[], most = 4): string {
  const shown = items.slice(0, most).map((item) => `"${item.slice(0, 40)}"`);
  return [...shown, ...(items.length > most ? [`${items.length - most} more`] : [])].join(', ');
}

/** Goes on with a parsed artifact; a bad one misses the rule, one that is too large leaves it open. */
export function whenParsed<T>(parsed: Parsed<T>, noun: string, then: (value: T) => Finding): Finding {
  switch (parsed.kind) {
    case 'ok':
      return then(parsed.value);
    case 'bad':
      return no(`not valid ${noun}: ${parsed.reason}`);
    case 'too_much':
      return unknown(`too large to judge: ${parsed.reason}`);
  }
}

const ORDER: Record<Met, number> = { yes: 2, unknown: 1, no: 0 };

/** The best finding of several artifacts: one of them has to do what the rule asks. */
export function best<T>(items: readonly T[], noun: string, judge: (item: T) => Finding): Finding {
  const [first, ...rest] = items.map(judge);
  if (!first) return no(`there is no ${noun}`);
  return rest.reduce((top, next) => (ORDER[next.met] > ORDER[top.met] ? next : top), first);
}

/** The worst finding of several artifacts: all of them have to do what the rule asks. */
export function every<T>(items: readonly T[], noun: string, judge: (item: T) => Finding): Finding {
  const [first, ...rest] = items.map(judge);
  if (!first) return no(`there is no ${noun}`);
  return rest.reduce((low, next) => (ORDER[next.met] < ORDER[low.met] ? next : low), first);
}
