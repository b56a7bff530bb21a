import type { JudgedArtifact } from '../judge.js';
import type { Judgement } from '../judgement.schema.js';
import type { Vote } from '../vote.js';
import { allOf } from './all-of.js';
import { ModelFailure } from './client.js';
import { askCriteria, type CriteriaSaid } from './criteria-votes.js';
import type { Random } from './encoding.js';
import { isOwnKind } from './family.js';
import type { Meter, Spent } from './meter.js';
import { narrowed, openCriteria, withNote } from './narrowed.js';
import { asideCanary, type Compared, type Contender, canary, compare, voided } from './pairwise.js';
import type { Asked } from './prompts.js';
import { type Shown, shownWork } from './shown.js';

/** A work that the rules have judged. */
export interface RuledWork {
  readonly subject: string;
  readonly artifacts: readonly JudgedArtifact[];
  /** The model that the bidder says it used. */
  readonly model: string | null;
  readonly judgement: Judgement;
}

export interface ModelRound {
  /** By subject. Where the model was not heard, the rules' judgement with a note. */
  readonly judgements: ReadonlyMap<string, Judgement>;
  readonly votes: readonly Vote[];
  /** By subject: pairs won minus pairs lost. */
  readonly pairs: ReadonlyMap<string, number>;
  readonly spent: Spent;
  /** What did not go as it should, for the buyer; null: all of it did. */
  readonly note: string | null;
}

/** How many of the best are compared with one another. */
const COMPARED = 4;

interface Seen extends RuledWork {
  readonly shown: Shown;
}

/** The calls that a round of so many works and open criteria may make at most. */
export function mostCalls(criteria: number, works: number): number {
  const compared = Math.min(works, COMPARED);
  return compared * (compared - 1) + criteria * works;
}

/**
 * Asks a model what the rules left open: first each work's unknown criteria, then which of the best are better. Works behind a
 * gate are never shown to it, and those of its own kind it has no word on. It never throws on a failing model: then the rules'
 * judgements stand for all, since works judged by different means can't be ranked together.
 */
export async function modelRound(
  meter: Meter,
  asked: Asked,
  works: readonly RuledWork[],
  random: Random,
): Promise<ModelRound> {
  const judged = works.filter((work) => !isGated(work) && !isOwnKind(meter.model, work.model));
  const seen = judged.map((work) => ({
    ...work,
    shown: shownWork(work.artifacts, `${asked.brief.title}\n${asked.brief.description}`),
  }));
  const ruled = new Map(works.map((work) => [work.subject, unheard(work, meter.model)]));
  const criteria = await settled(() => criteriaStage(meter, asked, seen, random));
  if ('failed' in criteria) {
    const note = `The model judge was not heard: ${criteria.failed} The rules alone judged.`;
    const judgements = new Map(works.map(({ subject, judgement }) => [subject, withNote(judgement, note)]));
    return { judgements, votes: [], pairs: new Map(), spent: meter.spent, note };
  }
  const heard = seen.map((work) => ({ ...work, judgement: criteria.judgements.get(work.subject) ?? work.judgement }));
  const judgements = new Map([...ruled, ...criteria.judgements]);
  const pairs = await settled(() => pairStage(meter, asked, heard, random));
  if ('failed' in pairs) {
    const note = `The best works were not compared with one another: ${pairs.failed}`;
    return { judgements, votes: criteria.votes, pairs: new Map(), spent: meter.spent, note };
  }
  const note = criteria.note;
  return { judgements, votes: [...criteria.votes, ...pairs.votes], pairs: pairs.net, spent: meter.spent, note };
}

function isGated({ judgement }: RuledWork): boolean {
  return judgement.gates.some(({ cap }) => cap !== null);
}

function unheard(work: RuledWork, model: string): Judgement {
  if (isGated(work) || !isOwnKind(model, work.model)) return work.judgement;
  return withNote(
    work.judgement,
    `The model judge is of the kind that made this work (${work.model}), and has no word on it.`,
  );
}

async function settled<T>(run: () => Promise<T>): Promise<T | { failed: string }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ModelFailure) return { failed: error.message };
    throw error;
  }
}

async function criteriaStage(meter: Meter, asked: Asked, seen: readonly Seen[], random: Random) {
  const open = seen.map((work) => ({ ...work, criteria: openCriteria(work.judgement) }));
  const said = await allOf(
    open.filter(({ criteria }) => criteria.length > 0).map((work) => askCriteria(meter, asked, work, random)),
  );
  const trapped = said.filter((each) => each.trapped);
  // A judge that says yes to nonsense about every work is no judge; about one of several it was talked round by that one.
  if (said.length > 0 && trapped.length === said.length)
    throw new ModelFailure('bad_answer', 'The model says yes to questions that make no sense.');
  const bySubject = new Map(said.map((each) => [each.subject, each]));
  const judgements = new Map(
    open.map(({ subject, judgement, shown }) => [
      subject,
      judgementOf(judgement, bySubject.get(subject), shown, meter),
    ]),
  );
  const note =
    trapped.length > 0
      ? `${trapped.length} of ${said.length} works talked the model judge round: its votes on them are void.`
      : null;
  return { judgements, votes: said.flatMap(({ votes }) => votes), note };
}

function judgementOf(judgement: Judgement, said: CriteriaSaid | undefined, { cut }: Shown, meter: Meter): Judgement {
  if (!said) return judgement;
  return narrowed(judgement, said, { model: meter.model, cut });
}

async function pairStage(meter: Meter, asked: Asked, works: readonly Seen[], random: Random) {
  const best = [...works].sort((a, b) => middle(b) - middle(a)).slice(0, COMPARED);
  const close = best.flatMap((a, i) => best.slice(i + 1).flatMap((b) => (overlap(a, b) ? [[a, b] as const] : [])));
  const inPairs = [...new Set(close.flat())];
  // What is left after the comparisons themselves; a suspicious work that can't be tested is taken to move the judge.
  let spare = meter.left - 2 * close.length;
  const canaries = await allOf(
    inPairs.map(async (work) => {
      if (work.shown.spans.length === 0) return { work, moves: false, votes: [] };
      if (spare-- <= 0) return { work, moves: true, votes: [] };
      return { work, ...(await canary(meter, asked, work.subject, work.shown, random)) };
    }),
  );
  const contenders = new Map<Seen, Contender>(
    canaries.map(({ work, moves }) => [work, { subject: work.subject, shown: work.shown, moves }]),
  );
  const said = await allOf(
    close.map(async ([a, b]) => {
      const [one, other] = [contenders.get(a), contenders.get(b)];
      if (!one || !other) throw new Error('A work to compare is missing.');
      return { a: a.subject, b: b.subject, ...(await compare(meter, asked, one, other, random)) };
    }),
  );
  const { compared, votes } = await confirmed(meter, asked, said, [...contenders.values()], { spare, random });
  const net = new Map(inPairs.map(({ subject }) => [subject, 0]));
  for (const { a, b, winner } of compared) {
    if (winner === null) continue;
    net.set(winner, (net.get(winner) ?? 0) + 1);
    const loser = winner === a ? b : a;
    net.set(loser, (net.get(loser) ?? 0) - 1);
  }
  const cast = [...canaries, ...compared].flatMap((each) => each.votes);
  return { net, votes: [...cast, ...votes] };
}

type Pair = Compared & { readonly a: string; readonly b: string };

/** Tests each that won with its asides, as far as calls are left; what a work won by them is void. */
async function confirmed(
  meter: Meter,
  asked: Asked,
  said: readonly Pair[],
  works: readonly Contender[],
  { spare, random }: { readonly spare: number; readonly random: Random },
): Promise<{ compared: readonly Pair[]; votes: readonly Vote[] }> {
  const won = new Set(said.map(({ winner }) => winner));
  const winners = works.filter(({ subject, shown }) => won.has(subject) && shown.aside.length > 0);
  const tested = await allOf(
    winners.slice(0, Math.max(0, spare)).map(async (work) => ({
      subject: work.subject,
      ...(await asideCanary(meter, asked, work, random)),
    })),
  );
  const moving = new Set(tested.filter(({ moves }) => moves).map(({ subject }) => subject));
  const compared = said.map((pair) =>
    pair.winner !== null && moving.has(pair.winner) ? { ...pair, ...voided(pair) } : pair,
  );
  return { compared, votes: tested.flatMap(({ votes }) => votes) };
}

function middle({ judgement }: RuledWork): number {
  return judgement.total.low + judgement.total.high;
}

function overlap(a: RuledWork, b: RuledWork): boolean {
  return a.judgement.total.low <= b.judgement.total.high && b.judgement.total.low <= a.judgement.total.high;
}
