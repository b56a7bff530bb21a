import type { Db } from '../../platform/database/db.js';

/** Each is one statement over a stretch of time that an index finds; days are of UTC, as YYYY-MM-DD. Times are in ms. */

export type Ended = 'completed' | 'expired' | 'cancelled' | 'refunded';
const ENDED = `('completed', 'expired', 'cancelled', 'refunded')`;
const day = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
const percentile = (share: number, of: string) => `percentile_disc(${share}) WITHIN GROUP (ORDER BY ${of})`;

export interface TaskDay {
  readonly day: string;
  readonly what: 'posted' | Ended;
  readonly tasks: number;
}

export function taskDays(db: Db, since: Date): Promise<TaskDay[]> {
  return db.query(
    `SELECT ${day('created_at')} AS day, 'posted' AS what, count(*)::int AS tasks FROM tasks WHERE created_at >= $1 GROUP BY 1
     UNION ALL
     SELECT ${day('status_since')}, status, count(*)::int FROM tasks WHERE status_since >= $1 AND status IN ${ENDED} GROUP BY 1, 2`,
    [since],
  );
}

export interface BidDay {
  readonly day: string;
  readonly called: number;
  readonly received: number;
  readonly declined: number;
  readonly failed: number;
  readonly late: number;
  readonly invalid: number;
  readonly not_called: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** By the day of the call; the latency is of bids that came. */
export function bidDays(db: Db, since: Date): Promise<BidDay[]> {
  const counted = (['received', 'declined', 'failed', 'late', 'invalid', 'not_called'] as const).map(
    (status) => `count(*) FILTER (WHERE status = '${status}')::int AS ${status}`,
  );
  return db.query(
    `SELECT ${day('called_at')} AS day, count(*)::int AS called, ${counted.join(', ')},
            ${percentile(0.5, 'took_ms')} FILTER (WHERE status = 'received') AS p50,
            ${percentile(0.95, 'took_ms')} FILTER (WHERE status = 'received') AS p95
     FROM bids WHERE called_at >= $1 GROUP BY 1`,
    [since],
  );
}

export interface GalleryDay {
  readonly day: string;
  readonly p50: number;
  readonly p95: number;
}

/** From the post to the gallery, by the day on which it opened. */
export function galleryDays(db: Db, since: Date): Promise<GalleryDay[]> {
  return db.query(
    `SELECT day, ${percentile(0.5, 'ms')}::int AS p50, ${percentile(0.95, 'ms')}::int AS p95
     FROM (SELECT ${day('r.presented_at')} AS day, extract(epoch FROM r.presented_at - t.created_at) * 1000 AS ms
           FROM rounds r JOIN tasks t ON t.id = r.task_id WHERE r.presented_at >= $1 AND r.number = 1) galleries
     GROUP BY day`,
    [since],
  );
}

export interface MoneyDay {
  readonly day: string;
  readonly settled: number;
  readonly fees: number;
  readonly refunded: number;
}

/** What the escrows of the tasks that ended came to, by the day of the end: what buyers paid, the fee in it, and what went back. */
export function moneyDays(db: Db, since: Date): Promise<MoneyDay[]> {
  return db.query(
    `SELECT ${day('t.status_since')} AS day,
            coalesce(sum(e.credits) FILTER (WHERE l.kind = 'settlement' AND NOT own.is_buyers AND e.credits > 0), 0)::float8 AS settled,
            coalesce(sum(e.credits) FILTER (WHERE e.account = 'platform:fees'), 0)::float8 AS fees,
            coalesce(sum(e.credits) FILTER (WHERE own.is_buyers), 0)::float8 AS refunded
     FROM tasks t
     JOIN ledger_transactions l ON l.task_id = t.id AND l.kind IN ('settlement', 'refund')
     JOIN ledger_entries e ON e.transaction_id = l.id
     CROSS JOIN LATERAL (SELECT e.account LIKE 'available:' || t.buyer_id || ':%' AS is_buyers) own
     WHERE t.status_since >= $1 AND t.status IN ${ENDED} GROUP BY 1`,
    [since],
  );
}

export interface Failure {
  readonly reason: string;
  readonly bids: number;
  readonly example: string;
}

/** Why bids came to nothing, the commonest first: the code that a failure's reason begins with, and one of the reasons. */
export function failures(db: Db, since: Date, most: number): Promise<Failure[]> {
  return db.query(
    `SELECT CASE WHEN status IN ('failed', 'late') THEN split_part(coalesce(reason, status), ':', 1) ELSE status END AS reason,
            count(*)::int AS bids, left(max(coalesce(reason, '')), 200) AS example
     FROM bids WHERE called_at >= $1 AND status IN ('failed', 'late', 'invalid', 'not_called')
     GROUP BY 1 ORDER BY bids DESC, reason LIMIT $2`,
    [since, most],
  );
}

export interface Counted {
  readonly key: string;
  readonly count: number;
}

export function openTasks(db: Db): Promise<Counted[]> {
  return db.query(
    `SELECT status AS key, count(*)::int AS count FROM tasks WHERE closes_at IS NOT NULL GROUP BY status`,
  );
}

export interface AgentCount {
  readonly visibility: string;
  readonly health: string;
  readonly agents: number;
  readonly paused: number;
}

export function agentCounts(db: Db): Promise<AgentCount[]> {
  return db.query(
    `SELECT visibility, health, count(*)::int AS agents, count(paused_at)::int AS paused FROM agents GROUP BY 1, 2`,
  );
}

/** What people have to spend and what open tasks hold, by class: `available:gift` and so on. */
export function balances(db: Db): Promise<Counted[]> {
  return db.query(
    `SELECT 'available:' || split_part(account, ':', 3) AS key, sum(balance)::float8 AS count
     FROM ledger_balances WHERE account >= 'available:' AND account < 'available;' GROUP BY 1
     UNION ALL
     SELECT 'escrow:' || split_part(account, ':', 3), sum(balance)::float8
     FROM ledger_balances WHERE holder IS NOT NULL GROUP BY 1`,
  );
}

export async function accountCount(db: Db): Promise<number> {
  const [row] = await db.query<{ accounts: number }>('SELECT count(*)::int AS accounts FROM accounts');
  return row?.accounts ?? 0;
}
