import type { BidDay, GalleryDay, MoneyDay, TaskDay } from './overview.queries.js';
import type { OverviewDay } from './overview.schema.js';

const DAY_MS = 86_400_000;

export interface Found {
  readonly tasks: readonly TaskDay[];
  readonly bids: readonly BidDay[];
  readonly galleries: readonly GalleryDay[];
  readonly money: readonly MoneyDay[];
}

/** The beginning of the first of so many days of UTC that end with today. */
export function firstDay(now: Date, days: number): Date {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return new Date(today - (days - 1) * DAY_MS);
}

/** One entry for each day, the oldest first; what the database has nothing of is 0. */
export function series(since: Date, days: number, { tasks, bids, galleries, money }: Found): OverviewDay[] {
  const of = {
    tasks: Map.groupBy(tasks, ({ day }) => day),
    bids: byDay(bids),
    galleries: byDay(galleries),
    money: byDay(money),
  };
  return Array.from({ length: days }, (_, at) => {
    const date = new Date(since.getTime() + at * DAY_MS).toISOString().slice(0, 10);
    return {
      date,
      tasks: { ...NO_TASKS, ...Object.fromEntries((of.tasks.get(date) ?? []).map((row) => [row.what, row.tasks])) },
      ...bidsOf(of.bids.get(date)),
      gallery_ms: percentiles(of.galleries.get(date)),
      credits: creditsOf(of.money.get(date)),
    };
  });
}

const NO_TASKS = { posted: 0, completed: 0, expired: 0, cancelled: 0, refunded: 0 };
const NO_BIDS = { called: 0, received: 0, declined: 0, failed: 0, late: 0, invalid: 0, not_called: 0 };

function bidsOf(row: BidDay | undefined): Pick<OverviewDay, 'bids' | 'call_ms'> {
  if (!row) return { bids: NO_BIDS, call_ms: null };
  const { day: _, p50, p95, ...bids } = row;
  return { bids, call_ms: percentiles({ p50, p95 }) };
}

function percentiles(row: { p50: number | null; p95: number | null } | undefined): OverviewDay['call_ms'] {
  return row && row.p50 !== null && row.p95 !== null ? { p50: row.p50, p95: row.p95 } : null;
}

function creditsOf(row: MoneyDay | undefined): OverviewDay['credits'] {
  return { settled: row?.settled ?? 0, fees: row?.fees ?? 0, refunded: row?.refunded ?? 0 };
}

function byDay<R extends { readonly day: string }>(rows: readonly R[]): Map<string, R> {
  return new Map(rows.map((row) => [row.day, row]));
}
