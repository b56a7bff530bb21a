import type { DecidedRound, SeenBid } from '../judging/panel/calibration.js';
import type { Db } from '../platform/database/db.js';

interface SeenRow extends SeenBid {
  readonly gallery: string;
  readonly task_type: string;
  readonly judge: string;
  readonly judge_version: string;
  readonly rubric_version: number;
  readonly at: Date;
}

/**
 * The newest galleries from which a buyer picked, once for each judge of their bids. The judge that ranked them comes first:
 * any other than the rules, where there was one.
 */
export async function decidedRounds(db: Db, taskType: string | null, most: number): Promise<DecidedRound[]> {
  const found = await db.query<SeenRow>(
    `WITH picks AS (
       SELECT b.task_id, b.round, t.task_type FROM bids b JOIN tasks t ON t.id = b.task_id
       WHERE b.selected AND ($1::text IS NULL OR t.task_type = $1) ORDER BY b.called_at DESC LIMIT $2)
     SELECT p.task_id || ' ' || p.round AS gallery, p.task_type, j.judge, j.judge_version, j.rubric_version, j.created_at AS at,
            b.id, b.selected AS picked, j.low, j.high, j.dimensions,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('key', c -> 'key', 'met', c -> 'met')), '[]') FROM jsonb_array_elements(j.criteria) c) AS criteria
     FROM picks p JOIN bids b ON b.task_id = p.task_id AND b.round = p.round AND b.presented JOIN judgements j ON j.subject = b.id
     ORDER BY j.created_at DESC, j.judge = 'rules', b.id`,
    [taskType, most],
  );
  const rounds = Map.groupBy(found, ({ gallery, judge }) => JSON.stringify([gallery, judge]));
  return [...rounds.values()].flatMap((bids) => {
    const [first] = bids;
    if (!first) return [];
    const { gallery, task_type, judge, judge_version, rubric_version, at } = first;
    return { gallery, taskType: task_type, judge, version: judge_version, rubricVersion: rubric_version, at, bids };
  });
}

export interface PastBidRow {
  readonly task_id: string;
  readonly round: number;
  readonly id: string;
  readonly agent_id: string;
  readonly agent_name: string;
  readonly price: number;
  readonly received_at: Date;
  readonly selected: boolean;
}

/** The bids of the newest judged rounds of a task type: all of them, or of one buyer's tasks the presented ones. */
export function pastBids(db: Db, taskType: string, buyerId: string | null, most: number): Promise<PastBidRow[]> {
  return db.query<PastBidRow>(
    `WITH judged AS (
       SELECT b.task_id, b.round, max(b.called_at) AS at FROM bids b JOIN tasks t ON t.id = b.task_id
       WHERE t.task_type = $1 AND b.rank IS NOT NULL AND ($2::uuid IS NULL OR (t.buyer_id = $2 AND b.presented))
       GROUP BY b.task_id, b.round ORDER BY at DESC LIMIT $3)
     SELECT b.task_id, b.round, b.id, b.agent_id, b.agent_name, b.price, b.received_at, b.selected
     FROM judged r JOIN bids b ON b.task_id = r.task_id AND b.round = r.round AND b.rank IS NOT NULL AND ($2::uuid IS NULL OR b.presented)
     ORDER BY r.at DESC, b.rank`,
    [taskType, buyerId, most],
  );
}
