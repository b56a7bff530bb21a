import type { Judgement } from '../judging/judgement.schema.js';
import { type Share, shareOf } from '../judging/panel/share.js';
import { type OtherWeights, rescored } from '../judging/rescored.js';
import { ranking } from './ranking.js';

/** A bid of a past round with what was said of it then. */
export interface PastBid {
  readonly bidId: string;
  readonly agent: { readonly id: string; readonly name: string };
  readonly price: number;
  readonly receivedAt: Date;
  readonly picked: boolean;
  readonly judgement: Judgement;
}

export interface PastRound {
  readonly taskId: string;
  readonly round: number;
  readonly bids: readonly PastBid[];
}

export interface RankedAgain extends Pick<PastBid, 'bidId' | 'agent' | 'picked'> {
  readonly rankBefore: number;
  readonly rankAfter: number;
  readonly before: Judgement['total'];
  readonly after: Judgement['total'];
}

export interface Rehearsal {
  readonly rounds: readonly (Omit<PastRound, 'bids'> & { readonly bids: readonly RankedAgain[] })[];
  /** Rounds in which any bid would have another rank, and those in which another bid would be the first. */
  readonly reordered: number;
  readonly otherFirst: number;
  /** Of the rounds in which a buyer picked among several: how often the first is the one picked. */
  readonly pickedFirst: { readonly before: Share; readonly after: Share };
}

/**
 * Ranks past rounds again as if their judge's answers had weighed this much. The answers stay as they were, so this is about
 * weights alone; and a buyer who had seen another order might have picked another bid.
 */
export function rehearsed(rounds: readonly PastRound[], weights: OtherWeights): Rehearsal {
  const again = rounds.map(({ bids, ...round }) => ({ ...round, bids: rankedAgain(bids, weights) }));
  const decided = again.filter(({ bids }) => bids.length > 1 && bids.some(({ picked }) => picked));
  const first = (rank: 'rankBefore' | 'rankAfter') =>
    decided.filter(({ bids }) => bids.some((bid) => bid.picked && bid[rank] === 1)).length;
  return {
    rounds: again,
    reordered: again.filter(({ bids }) => bids.some((bid) => bid.rankBefore !== bid.rankAfter)).length,
    otherFirst: again.filter(({ bids }) => bids.some((bid) => bid.rankBefore === 1 && bid.rankAfter !== 1)).length,
    pickedFirst: {
      before: shareOf(first('rankBefore'), decided.length),
      after: shareOf(first('rankAfter'), decided.length),
    },
  };
}

/** Names of dimensions and criteria that weights may be given for, here or in the rubric. */
export function weighable(rounds: readonly PastRound[]): { dimensions: Set<string>; criteria: Set<string> } {
  const judgements = rounds.flatMap(({ bids }) => bids.map(({ judgement }) => judgement));
  return {
    dimensions: new Set(judgements.flatMap(({ dimensions }) => dimensions.map(({ key }) => key))),
    criteria: new Set(
      judgements.flatMap(({ criteria }) => criteria.filter(({ source }) => source !== 'gate').map(({ key }) => key)),
    ),
  };
}

function rankedAgain(bids: readonly PastBid[], weights: OtherWeights): RankedAgain[] {
  const after = new Map(bids.map(({ bidId, judgement }) => [bidId, rescored(judgement, weights).total]));
  const before = new Map(bids.map(({ bidId, judgement }) => [bidId, judgement.total]));
  const [ranksBefore, ranksAfter] = [ranks(bids, before), ranks(bids, after)];
  return bids
    .map(({ bidId, agent, picked, judgement }) => ({
      ...{ bidId, agent, picked, before: judgement.total, after: after.get(bidId) ?? judgement.total },
      ...{ rankBefore: ranksBefore.get(bidId) ?? 0, rankAfter: ranksAfter.get(bidId) ?? 0 },
    }))
    .sort((a, b) => a.rankAfter - b.rankAfter);
}

function ranks(bids: readonly PastBid[], totals: ReadonlyMap<string, Judgement['total']>): Map<string, number> {
  const judged = bids.map(({ bidId, price, receivedAt, judgement }) => {
    const { low, high } = totals.get(bidId) ?? judgement.total;
    return { bidId, price, receivedAt, low, high };
  });
  return new Map(ranking(judged).map(({ bidId, rank }) => [bidId, rank]));
}
