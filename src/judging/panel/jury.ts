import type { Example } from './fit.js';
import { type Share, shareOf } from './share.js';
import { learnKind, learnWeights, type Verdict, verdictOf, type Weights } from './weights.js';

/** Votes on questions with two answers, and what became of some of them: everything that a panel learns from. */

/** 1 for a, -1 for b, 0 for a tie; null: it said nothing that counts. */
export type Side = 1 | -1 | 0 | null;

export interface Ballot {
  readonly item: string;
  readonly judge: string;
  /** In which order a and b were shown; null: it was not said. */
  readonly order: 'ab' | 'ba' | null;
  readonly vote: Side;
}

export interface Question {
  readonly item: string;
  /** What a judge may be better or worse at than elsewhere. Empty: all is one kind. */
  readonly kind: string;
  /** Each judge's lean in the order of the jury's judges. */
  readonly leans: readonly number[];
  /** The known answer; null: unknown, or a tie, from which nothing is learned. */
  readonly label: 1 | -1 | null;
  /** Several that come from one decision share its weight. Default 1. */
  readonly weight?: number;
}

/** A judge's own record on the labelled questions. One whose orders contradict each other is half right. */
export interface Record {
  readonly right: number;
  readonly wrong: number;
  /** Questions on which its two orders took each other back, or it voted for a tie. */
  readonly split: number;
  /** log((right + 1) / (wrong + 1)): what the judge would weigh if the others were not there. */
  readonly alone: number;
}

/** From what a judge said in each order to one lean: where the orders contradict each other, none. */
export function leanOf(ballots: readonly Pick<Ballot, 'order' | 'vote'>[]): number {
  const orders = new Map<string, number[]>();
  for (const { order, vote } of ballots)
    if (vote !== null) orders.set(order ?? '', [...(orders.get(order ?? '') ?? []), vote]);
  return mean([...orders.values()].map(mean));
}

export function recordOf(questions: readonly Question[], judge: number): Record {
  let [right, wrong, split] = [0, 0, 0];
  for (const { leans, label } of questions) {
    const lean = (leans[judge] ?? 0) * (label ?? 0);
    if (label === null) continue;
    if (lean > 0) right += lean;
    else if (lean < 0) wrong -= lean;
    else split += 1;
  }
  return { right, wrong, split, alone: Math.log((right + 1) / (wrong + 1)) };
}

/** Weights of one jury: over all kinds of questions, and where a kind has labels of its own, for that kind. */
export interface Jury {
  readonly judges: readonly string[];
  readonly overall: Weights;
  readonly kinds: ReadonlyMap<string, Weights>;
}

/** Learns from the labelled questions; from the others only how firm each judge is. */
export function learned(judges: readonly string[], questions: readonly Question[]): Jury {
  const weights = (some: readonly Question[]) => learnWeights(judges, examplesOf(some), firmness(judges, questions));
  const kinds = new Map<string, Weights>();
  const byKind = Map.groupBy(questions, ({ kind }) => kind);
  if (byKind.size > 1)
    for (const [kind, own] of byKind) {
      const others = questions.filter((question) => question.kind !== kind);
      kinds.set(kind, learnKind(weights(others), examplesOf(own)));
    }
  return { judges, overall: weights(questions), kinds };
}

export function decide({ overall, kinds }: Jury, question: Pick<Question, 'kind' | 'leans'>): Verdict {
  return verdictOf(kinds.get(question.kind) ?? overall, question.leans);
}

const ONE_BY_ONE = 60;
const FOLDS = 20;

/** How often the panel is right on questions whose label it was not shown: one left out at a time, or a twentieth of many. */
export function crossValidated(judges: readonly string[], questions: readonly Question[]): Share {
  const labelled = questions.filter(({ label }) => label !== null);
  const folds = labelled.length <= ONE_BY_ONE ? labelled.length : FOLDS;
  let right = 0;
  for (let fold = 0; fold < folds; fold++) {
    const tested = new Set(labelled.filter((_, at) => at % folds === fold));
    const jury = learned(
      judges,
      questions.map((question) => (tested.has(question) ? { ...question, label: null } : question)),
    );
    for (const question of tested) right += credit(decide(jury, question).verdict, question.label);
  }
  return shareOf(right, labelled.length);
}

/** How often plain counting of heads is right. */
export function majority(questions: readonly Question[]): Share {
  const labelled = questions.filter(({ label }) => label !== null);
  const sum = (leans: readonly number[]) => leans.reduce((all, lean) => all + lean, 0);
  const right = labelled.map(({ leans, label }): number =>
    sum(leans) === 0 ? 0.5 : sum(leans) > 0 === (label === 1) ? 1 : 0,
  );
  return shareOf(
    right.reduce((all, one) => all + one, 0),
    labelled.length,
  );
}

function credit(verdict: Verdict['verdict'], label: Question['label']): number {
  return verdict === 'tie' ? 0.5 : (verdict === 'a') === (label === 1) ? 1 : 0;
}

function firmness(judges: readonly string[], questions: readonly Question[]): number[] {
  return judges.map((_, at) => mean(questions.map(({ leans }) => Math.abs(leans[at] ?? 0))));
}

function examplesOf(questions: readonly Question[]): Example[] {
  return questions.flatMap(({ leans, label, weight = 1 }) => (label === null ? [] : [{ leans, right: label, weight }]));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
