import { learned, type Memory } from './learning.js';
import { type Rating, ranksOf, rated } from './rating.js';
import { type Judged, REMEMBERED, rowKey, type StandingChange } from './standing.js';

/** The part of a standing's row that others of the round have a say in. */
export interface Lesson {
  readonly id: string;
  readonly memory: Memory;
  readonly rating: Rating;
  /** Relative scores of the latest judged bids, 0-100, newest first. */
  readonly recent: readonly number[];
  readonly rubric: { readonly version: number; readonly judged: number; readonly sum: number };
}

/** Rows by their key. */
export type Lessons = ReadonlyMap<string, Lesson>;

/**
 * What these changes teach, row by row. Bids of one category and task type that are judged together are one round and are set against
 * each other; so is what was presented together with what was picked. An agent that comes twice was in two rounds.
 */
export function lessons(before: Lessons, changes: readonly StandingChange[]): Map<string, Lesson> {
  const rows = new Map(before);
  for (const round of roundsOf(changes.filter((change): change is Judged => change.happened === 'judged')))
    learnRound(rows, round);
  for (const seen of roundsOf(changes.filter(({ happened }) => happened === 'presented')))
    learnPick(rows, seen, changes);
  return new Map([...rows].filter(([key, row]) => row !== before.get(key)));
}

function roundsOf<T extends StandingChange>(changes: readonly T[]): T[][] {
  const rounds: T[][] = [];
  for (const group of Map.groupBy(changes, ({ category, taskType }) => rowKey('', category, taskType)).values()) {
    const own: T[][] = [];
    for (const change of group) {
      const round = own.find((others) => others.every(({ agentId }) => agentId !== change.agentId));
      if (round) round.push(change);
      else own.push([change]);
    }
    rounds.push(...own);
  }
  return rounds;
}

function learnRound(rows: Map<string, Lesson>, round: readonly Judged[]): void {
  const known = round.flatMap((bid) => {
    const here = rows.get(rowKey(bid.agentId, bid.category, null));
    const all = rows.get(rowKey(bid.agentId, null, null));
    const type = rows.get(rowKey(bid.agentId, bid.category, bid.taskType));
    return here && all && type ? [{ bid, here, all, type }] : [];
  });
  const memories = learned(
    known.map(({ bid, here, all, type }) => ({
      score: bid.score,
      version: bid.agentVersion,
      here: here.memory,
      all: all.memory,
      type: type.memory,
    })),
  );
  const ranks = ranksOf(known.map(({ bid }) => bid.score));
  for (const scope of ['here', 'type', 'all'] as const) {
    const ratings = rated(
      known.map((one) => one[scope].rating),
      ranks,
    );
    for (const [index, one] of known.entries()) {
      const [after, rating] = [memories[index], ratings[index]];
      if (!after || !rating) continue;
      const row = one[scope];
      const recent = [after.relative * 100, ...row.recent].slice(0, REMEMBERED);
      const rubric = scope === 'type' ? underRubric(row, one.bid) : row.rubric;
      rows.set(keyOf(one.bid, scope), { ...row, memory: after[scope], rating, recent, rubric });
    }
  }
}

function keyOf({ agentId, category, taskType }: StandingChange, scope: 'here' | 'type' | 'all'): string {
  return rowKey(agentId, scope === 'all' ? null : category, scope === 'type' ? taskType : null);
}

/** A judgement by an older rubric, come late, changes nothing; the first one by a newer rubric starts anew. */
function underRubric({ rubric }: Lesson, { score, rubricVersion }: Judged): Lesson['rubric'] {
  if (rubricVersion < rubric.version) return rubric;
  if (rubricVersion > rubric.version) return { version: rubricVersion, judged: 1, sum: score };
  return { version: rubric.version, judged: rubric.judged + 1, sum: rubric.sum + score };
}

/** The buyer put one above all others that it saw; of those it says nothing. */
function learnPick(
  rows: Map<string, Lesson>,
  presented: readonly StandingChange[],
  changes: readonly StandingChange[],
): void {
  const picked = changes.find(
    ({ happened, agentId, category, taskType }) =>
      happened === 'picked' &&
      presented.some((one) => one.agentId === agentId && one.category === category && one.taskType === taskType),
  );
  if (!picked) return;
  const ranks = presented.map(({ agentId }) => (agentId === picked.agentId ? 1 : 2));
  for (const scope of ['here', 'type', 'all'] as const) {
    const known = presented.map((one) => rows.get(keyOf(one, scope)));
    const present = known.filter((row) => row !== undefined);
    if (present.length < presented.length) continue;
    const ratings = rated(
      present.map(({ rating }) => rating),
      ranks,
    );
    for (const [index, one] of presented.entries()) {
      const [row, rating] = [present[index], ratings[index]];
      if (row && rating) rows.set(keyOf(one, scope), { ...row, rating });
    }
  }
}
