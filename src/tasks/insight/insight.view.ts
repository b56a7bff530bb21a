import { meaningOf } from './call-meaning.js';
import { hints, type Lost, median, type Side } from './hints.js';
import type { Month, OwnBid, Rival, Stood } from './insight.queries.js';
import type { InsightView } from './insight.schema.js';

export interface Facts {
  readonly since: Date;
  /** Newest first. */
  readonly own: readonly OwnBid[];
  readonly rivals: readonly Rival[];
  readonly months: readonly Month[];
  readonly pending: number;
  readonly decided: number;
  readonly stood: readonly Stood[];
}

const MOST_SCORES = 200;
const MOST_ROUNDS = 50;
const MOST_CAUSES = 5;

interface Met {
  readonly bid: OwnBid;
  /** The others that were shown in its round. */
  readonly shown: readonly Rival[];
}

/** All that an operator may know of how its agent does; the same facts give the same view. */
export function insightView({ since, own, rivals, months, pending, decided, stood }: Facts): InsightView {
  const met = own
    .filter((bid) => bid.low !== null && bid.over && bid.decided)
    .map((bid) => ({ bid, shown: rivals.filter((one) => one.task_id === bid.task_id && one.round === bid.round) }));
  const failures = failuresOf(own);
  const calls = { called: own.length, late: failures.late, failed: failures.failed + failures.invalid };
  return {
    since: since.toISOString(),
    bids: bidsOf(own),
    failures,
    scores: scoresOf(own),
    rounds: met.slice(0, MOST_ROUNDS).map(roundOf),
    position: positionOf(met),
    hints: hints(met.flatMap(lostOf), calls),
    earnings: {
      settled: months.reduce((sum, { credits }) => sum + credits, 0),
      pending,
      by_month: months.map(({ month, credits, tasks }) => ({ month, credits, tasks })),
    },
    triage: triageOf(decided, stood),
  };
}

function bidsOf(own: readonly OwnBid[]): InsightView['bids'] {
  const count = (isIt: (bid: OwnBid) => boolean) => own.filter(isIt).length;
  const judged = own.filter(({ low }) => low !== null);
  const over = judged.filter((bid) => bid.over);
  const inDecided = over.filter(({ presented, decided }) => presented && decided);
  const reasons = judged.flatMap(({ not_presented: reason }) => (reason === null ? [] : [reason]));
  return {
    called: own.length,
    received: count(({ status }) => status === 'received'),
    judged: judged.length,
    presented: count(({ presented }) => presented),
    selected: count(({ selected }) => selected),
    presented_rate: share(over.filter(({ presented }) => presented).length, over.length),
    win_rate: share(inDecided.filter(({ selected }) => selected).length, inDecided.length),
    not_presented: Object.fromEntries(counted(reasons)),
  };
}

function failuresOf(own: readonly OwnBid[]): InsightView['failures'] {
  const of = (status: string) => own.filter((bid) => bid.status === status);
  const [late, failed, invalid] = [of('late'), of('failed'), of('invalid')];
  const all = [...late, ...failed, ...invalid];
  const causes = counted(all.map(causeOf)).slice(0, MOST_CAUSES);
  return {
    late: late.length,
    failed: failed.length,
    invalid: invalid.length,
    rate: share(all.length, own.length),
    causes: causes.map(([cause, count]) => ({
      cause,
      count,
      fix: fixOf(
        cause,
        all.find((bid) => causeOf(bid) === cause),
      ),
    })),
  };
}

/** A failure's reason begins with its kind and a colon. */
function causeOf({ status, reason }: OwnBid): string {
  if (status === 'invalid') return 'invalid';
  const kind = /^([a-z_]+):/.exec(reason ?? '')?.[1];
  return kind ?? (status === 'late' ? 'timed_out' : 'failed');
}

function fixOf(cause: string, bid: OwnBid | undefined): string | null {
  const about = bid ? { status: bid.status, reason: bid.reason } : null;
  if (cause === 'invalid') return meaningOf({ outcome: 'answered', reason: null, bid: about }).fix;
  return meaningOf({ outcome: 'failed', reason: cause, bid: about }).fix;
}

function scoresOf(own: readonly OwnBid[]): InsightView['scores'] {
  const judged = own.flatMap((bid) =>
    bid.low === null || bid.high === null ? [] : [{ ...bid, low: bid.low, high: bid.high }],
  );
  return judged
    .slice(0, MOST_SCORES)
    .reverse()
    .map(({ bid_id, task_id, task_type, called_at, low, high, dimensions, rank, presented, selected }) => ({
      ...{ bid_id, task_id, task_type, at: called_at.toISOString(), score: { low, high } },
      ...{ dimensions: dimensions ?? [], rank, presented, selected },
    }));
}

function roundOf({ bid, shown }: Met): InsightView['rounds'][number] {
  return {
    task_id: bid.task_id,
    round: bid.round,
    won: bid.selected,
    own: { score: middle(bid), price: bid.price, took_ms: bid.took_ms },
    against: shown.map((rival) => ({
      agent_name: rival.agent_name,
      score: middle(rival),
      price: rival.price,
      took_ms: rival.took_ms,
      selected: rival.selected,
    })),
  };
}

function positionOf(met: readonly Met[]): InsightView['position'] {
  const shown = met.flatMap((one) => one.shown);
  const compare = (of: (bid: OwnBid | Rival) => number | null) => {
    const [mine, theirs] = [met.map(({ bid }) => of(bid)), shown.map(of)].map((all) =>
      all.filter((value) => value !== null),
    );
    return mine?.length && theirs?.length ? { own: median(mine), shown: median(theirs) } : null;
  };
  return { price: compare(({ price }) => price), speed_ms: compare(({ took_ms: tookMs }) => tookMs) };
}

function lostOf({ bid, shown }: Met): Lost[] {
  const winner = shown.find(({ selected }) => selected);
  return winner && winner.low !== null ? [{ own: sideOf(bid), winner: sideOf(winner) }] : [];
}

function sideOf(bid: OwnBid | Rival): Side {
  const dimensions = (bid.dimensions ?? []).map((one) => ({ name: one.name, weight: one.weight, score: middle(one) }));
  return { price: bid.price, tookMs: bid.took_ms, score: middle(bid), dimensions };
}

function triageOf(decided: number, stood: readonly Stood[]): InsightView['triage'] {
  const passed = stood.filter(({ place }) => place === null);
  const gaps = passed.flatMap(({ score, last_merit: last }) => (score === null || last === null ? [] : [last - score]));
  const places = (place: Stood['place']) => stood.filter((one) => one.place === place).length;
  return {
    decided,
    candidate: stood.length,
    called: { merit: places('merit'), exploration: places('exploration') },
    passed_over: passed.length,
    mean_gap: gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
    latest_passed_over: [...new Set(passed.map(({ task_id: id }) => id))].slice(0, 10),
  };
}

function middle({ low, high }: { low: number | null; high: number | null }): number {
  return Math.round(((low ?? 0) + (high ?? 0)) * 50) / 100;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Each value with how often it is there, the most frequent first. */
function counted(values: readonly string[]): [string, number][] {
  const groups = [...Map.groupBy(values, (value) => value)].map(([value, all]): [string, number] => [
    value,
    all.length,
  ]);
  return groups.toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
