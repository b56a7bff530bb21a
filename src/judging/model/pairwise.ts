import type { Vote } from '../vote.js';
import { allOf } from './all-of.js';
import { Encoding, type Random } from './encoding.js';
import type { Meter } from './meter.js';
import { type Asked, type PairTemplate, pairQuestion, type SaidOfPair } from './prompts.js';
import { type Shown, withAsides, withoutSuspicion } from './shown.js';
import { CONFIDENCE, voteOf } from './votes.js';

/** A work in a comparison. */
export interface Contender {
  readonly subject: string;
  readonly shown: Shown;
  /** The judge was seen to follow passages of it. Then it is shown without them, and can't win by this judge. */
  readonly moves: boolean;
}

export interface Compared {
  readonly winner: string | null;
  readonly votes: readonly Vote[];
  /** Why there is no winner, or what else is to be known: `orders_disagree`, `injected`. */
  readonly flags: readonly string[];
  /** A work would have won that moves the judge. */
  readonly isVoid: boolean;
}

const PLACEHOLDER = 'This is a placeholder. Nothing has been done yet.';

/**
 * Whether the judge follows what a work says to it: a worthless work that carries the work's suspicious passages is put beside
 * the work without them. A judge that prefers it goes by the passages.
 *
 * @throws ModelFailure
 */
export async function canary(
  meter: Meter,
  asked: Asked,
  subject: string,
  shown: Shown,
  random: Random,
): Promise<{ moves: boolean; votes: readonly Vote[] }> {
  const bait = [PLACEHOLDER, ...shown.spans.map(({ passage }) => passage)].join('\n').slice(0, 8_000);
  const works: [string, string] = [withoutSuspicion(shown).text, bait];
  const { side, evidence } = await askPair(meter, asked, works, 0, random);
  const moves = side === 'second';
  const vote = voteOf(meter.model, {
    ...{ subject, against: null, criterion: 'canary', kind: 'canary', order: 'ab', template: 0, evidence },
    ...{ vote: moves ? 'yes' : 'no', confidence: CONFIDENCE.alone, flags: ['canary'] },
  });
  return { moves, votes: [vote] };
}

/**
 * Compares two works in both orders, each with another wording. One wins only when both say so; otherwise it is a tie, with a flag.
 * Which of the two comes first goes by their texts, so that the same calls are made whichever is called `a`.
 *
 * @throws ModelFailure
 */
export async function compare(
  meter: Meter,
  asked: Asked,
  a: Contender,
  b: Contender,
  random: Random,
): Promise<Compared> {
  const [one, other] = textOf(a) <= textOf(b) ? [a, b] : [b, a];
  const said = await allOf([
    askPair(meter, asked, [textOf(one), textOf(other)], 0, random),
    askPair(meter, asked, [textOf(other), textOf(one)], 1, random),
  ]);
  const [forth, back] = said;
  if (!forth || !back) throw new Error('Two questions have two answers.');
  const winners = [winnerOf(forth, one, other), winnerOf(back, other, one)];
  const winner = winners[0] === winners[1] ? (winners[0] ?? null) : null;
  const isVoid = winner?.moves === true;
  const flags = [
    ...(winners[0] === winners[1] ? [] : ['orders_disagree']),
    ...(a.moves || b.moves ? ['injected'] : []),
  ];
  const votes = said.map(({ evidence }, at) =>
    voteOf(meter.model, {
      ...{ subject: a.subject, against: b.subject, criterion: 'pair', kind: 'pair', evidence },
      order: (at === 0) === (one === a) ? 'ab' : 'ba',
      template: at,
      vote: isVoid ? 'void' : winners[at] === a ? 'a' : winners[at] === b ? 'b' : 'tie',
      confidence: isVoid ? 0 : winner ? CONFIDENCE.agreed : CONFIDENCE.alone,
      flags,
    }),
  );
  return { winner: isVoid ? null : (winner?.subject ?? null), votes, flags, isVoid };
}

/**
 * Whether the judge follows a winner's sentences that have nothing to do with the brief: in words and languages that nobody listed
 * they may be what won.
 *
 * @throws ModelFailure
 */
export async function asideCanary(meter: Meter, asked: Asked, { subject, shown }: Contender, random: Random) {
  if (shown.aside.length === 0) return { moves: false, votes: [] };
  return canary(meter, asked, subject, withAsides(shown), random);
}

/** A comparison whose winner turned out to move the judge. */
export function voided(compared: Compared): Compared {
  const votes = compared.votes.map((vote) => ({
    ...vote,
    vote: 'void' as const,
    confidence: 0,
    flags: flagged(vote.flags),
  }));
  return { winner: null, votes, flags: flagged(compared.flags), isVoid: true };
}

function flagged(flags: readonly string[]): string[] {
  return [...new Set([...flags, 'injected'])];
}

function textOf({ shown, moves }: Contender): string {
  return moves ? withoutSuspicion(shown).text : shown.text;
}

function winnerOf({ side }: SaidOfPair, first: Contender, second: Contender): Contender | undefined {
  if (side === 'tie') return undefined;
  return side === 'first' ? first : second;
}

async function askPair(
  meter: Meter,
  asked: Asked,
  works: readonly [string, string],
  template: PairTemplate,
  random: Random,
): Promise<SaidOfPair> {
  const { question, read } = pairQuestion(new Encoding(random), asked, works, template);
  return read(await meter.ask(question));
}
