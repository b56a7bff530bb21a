import type { Met } from '../judgement.schema.js';
import { type Jury, leanOf, learned, type Question, type Side } from './jury.js';

/** A bid that a buyer picked, and one that stood beside it. */
export interface Pick {
  readonly picked: string;
  readonly other: string;
}

/** What a judge said of one criterion of one bid. */
export interface CriterionVote {
  readonly subject: string;
  readonly judge: string;
  readonly kind: string;
  readonly criterion: string;
  readonly met: Met;
}

/** Which of two bids a judge found better: 1 for the subject. */
export interface PairVote {
  readonly subject: string;
  readonly against: string;
  readonly judge: string;
  readonly order: 'ab' | 'ba' | null;
  readonly side: Side;
}

export interface Learned {
  readonly jury: Jury;
  readonly questions: readonly Question[];
  /** Buyers' decisions, each counted once however many bids stood beside the pick. */
  readonly picks: number;
}

/**
 * What buyers' picks say about judges: each pick is a label for every pair that it decides. A judge leans to the bid of which
 * it answered more criteria of a kind with yes, or that it found better of the two.
 */
export function learnedFromPicks(
  picks: readonly Pick[],
  criteria: readonly CriterionVote[],
  pairs: readonly PairVote[],
): Learned {
  const judges = [...new Set([...criteria, ...pairs].map(({ judge }) => judge))].sort();
  const bySubject = Map.groupBy(criteria, ({ subject }) => subject);
  const byPair = Map.groupBy(pairs, ({ subject, against }) => keyOf(subject, against));
  const decisions = Map.groupBy(picks, ({ picked }) => picked);
  const questions = picks.flatMap(({ picked, other }): Question[] => {
    const about = { item: keyOf(picked, other), label: 1 as const, weight: 1 / (decisions.get(picked)?.length ?? 1) };
    const [of, beside] = [bySubject.get(picked) ?? [], bySubject.get(other) ?? []];
    const kinds = [...new Set(of.map(({ kind }) => kind))];
    const ofKinds = kinds.map((kind) => ({
      ...{ ...about, kind },
      leans: judges.map((judge) => criteriaLean(mine(of, judge, kind), mine(beside, judge, kind))),
    }));
    const compared = [...(byPair.get(about.item) ?? []), ...(byPair.get(keyOf(other, picked)) ?? []).map(turned)];
    if (compared.length === 0) return ofKinds;
    const leans = judges.map((judge) => pairLean(compared.filter((vote) => vote.judge === judge)));
    return [...ofKinds, { ...about, kind: 'pair', leans }];
  });
  return { jury: learned(judges, questions), questions, picks: decisions.size };
}

function mine(votes: readonly CriterionVote[], judge: string, kind: string): readonly CriterionVote[] {
  return votes.filter((vote) => vote.judge === judge && vote.kind === kind);
}

/** From -1 to 1: of the criteria on which the two bids differ, how many more speak for the first. */
function criteriaLean(of: readonly CriterionVote[], beside: readonly CriterionVote[]): number {
  const keys = [...new Set(of.map(({ criterion }) => criterion))];
  const leans = keys.map((key) => Math.sign(metOf(of, key) - metOf(beside, key))).filter((lean) => lean !== 0);
  return leans.length === 0 ? 0 : leans.reduce((sum, lean) => sum + lean, 0) / leans.length;
}

/** One criterion may have been asked in several wordings. */
function metOf(votes: readonly CriterionVote[], criterion: string): number {
  const own = votes.filter((vote) => vote.criterion === criterion);
  return leanOf(own.map(({ met }) => ({ order: null, vote: sideOfMet(met) })));
}

export function sideOfMet(met: Met): Side {
  return met === 'unknown' ? null : met === 'yes' ? 1 : -1;
}

function pairLean(votes: readonly PairVote[]): number {
  return leanOf(votes.map(({ order, side }) => ({ order, vote: side })));
}

/** The same vote, told from the other bid. */
function turned(vote: PairVote): PairVote {
  const order = vote.order === null ? null : vote.order === 'ab' ? 'ba' : 'ab';
  return { ...vote, subject: vote.against, against: vote.subject, order, side: opposite(vote.side) };
}

function opposite(side: Side): Side {
  return side === 1 ? -1 : side === -1 ? 1 : side;
}

function keyOf(subject: string, against: string): string {
  return `${subject} ${against}`;
}
