import type { ModelRound, RuledWork } from '../model/model-round.js';
import type { Vote } from '../vote.js';
import { combined } from './combined.js';
import { decide, type Jury, leanOf, type Side } from './jury.js';

/** What several models make of a round, as one: their notes one after the other, their votes weighed against each other. */
export type Heard = Omit<ModelRound, 'spent'>;

/** Below this a pair is a tie. */
const SAYS_SO = 0.6;

/** @param jury whom picks say to believe; null: too few are known, and only what all models agree on counts */
export function heardTogether(works: readonly RuledWork[], rounds: readonly ModelRound[], jury: Jury | null): Heard {
  const votes = rounds.flatMap((round) => round.votes);
  const notes = rounds.flatMap(({ note }) => note ?? []);
  const bySubject = Map.groupBy(votes, ({ subject }) => subject);
  const judgements = works.map(({ subject, judgement }) => {
    const together = combined(judgement, bySubject.get(subject) ?? [], jury);
    // Nobody voted on it: the first model's round says why.
    const unheard = rounds[0]?.judgements.get(subject) ?? judgement;
    return [subject, together === judgement ? unheard : together] as const;
  });
  return {
    judgements: new Map(judgements),
    votes,
    pairs: pairsWon(votes, jury),
    note: notes.length > 0 ? [...new Set(notes)].join(' ') : null,
  };
}

/** By subject: pairs won minus pairs lost. A pair that the judges don't agree on, as weighed by picks, is a tie. */
export function pairsWon(votes: readonly Vote[], jury: Jury | null): Map<string, number> {
  const byPair = Map.groupBy(votes.flatMap(comparison), ({ a, b }) => `${a} ${b}`);
  const net = new Map<string, number>();
  for (const own of byPair.values()) {
    const [first] = own;
    if (!first) continue;
    const won = winner(own, jury);
    net.set(first.a, (net.get(first.a) ?? 0) + won);
    net.set(first.b, (net.get(first.b) ?? 0) - won);
  }
  return net;
}

interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly judge: string;
  /** Which of them was shown first; null: it was not said. */
  readonly first: string | null;
  readonly side: Side;
}

/** A vote on a pair, told the same way whichever the judge called a. That orders disagree voids nothing: it is a tie. */
function comparison({ subject, against, judge, kind, order, vote, flags }: Vote): Comparison[] {
  if (against === null || kind !== 'pair' || flags.some((flag) => flag !== 'orders_disagree')) return [];
  const first = order === null ? null : order === 'ab' ? subject : against;
  const side = vote === 'a' ? 1 : vote === 'b' ? -1 : vote === 'tie' ? 0 : null;
  if (subject < against) return [{ a: subject, b: against, judge, first, side }];
  return [{ a: against, b: subject, judge, first, side: side === 1 ? -1 : side === -1 ? 1 : side }];
}

function winner(votes: readonly Comparison[], jury: Jury | null): 1 | -1 | 0 {
  const byJudge = Map.groupBy(votes, ({ judge }) => judge);
  const leans = new Map(
    [...byJudge].map(([judge, own]) => [
      judge,
      leanOf(
        own.map(({ a, first, side }) => ({ order: first === null ? null : first === a ? 'ab' : 'ba', vote: side })),
      ),
    ]),
  );
  if (jury) {
    const { probability } = decide(jury, { kind: 'pair', leans: jury.judges.map((judge) => leans.get(judge) ?? 0) });
    return probability >= SAYS_SO ? 1 : probability <= 1 - SAYS_SO ? -1 : 0;
  }
  const sides = new Set([...leans.values()].map((lean) => (Math.abs(lean) === 1 ? lean : 0)));
  return sides.size !== 1 ? 0 : sides.has(1) ? 1 : sides.has(-1) ? -1 : 0;
}
