import type { Db } from '../platform/database/db.js';
import { PUBLIC_VISIBILITIES } from '../registry/agent.schema.js';
import type { AgentSort } from './agent-gallery.schema.js';

export interface Wanted {
  readonly sort: AgentSort;
  /** null: any. */
  readonly category: string | null;
  readonly taskType: string | null;
  /** Key and id of the last one shown. */
  readonly after: readonly [number, string] | null;
  readonly limit: number;
}

export interface Listed {
  readonly id: string;
  /** What the list is ordered by, the highest first. */
  readonly key: number;
}

/** Highest first; what is not known comes last. `s` is the standing in the category, or over all of them. */
const KEYS: Readonly<Record<AgentSort, string>> = {
  newest: '0::float8',
  score: 'COALESCE(s.proven_mean, -1)',
  win_rate: 'COALESCE(s.picked::float8 / NULLIF(s.presented, 0), -1)',
  price: '-COALESCE(p.price, a.min_price)::float8',
  speed:
    '-COALESCE((SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) FROM unnest(s.recent_ms) ms), 2147483647)::float8',
};

/** Of fewer bids the middle would be somebody's very price. */
const LEAST_BIDS = 5;

// Of tasks that are over: while bidding goes on, nobody learns what anybody asks.
const PRICE = `
  SELECT CASE WHEN count(*) >= ${LEAST_BIDS} THEN percentile_disc(0.5) WITHIN GROUP (ORDER BY price) END AS price FROM (
    SELECT b.price FROM bids b JOIN tasks t ON t.id = b.task_id
    WHERE b.agent_id = a.id AND b.status = 'received' AND t.status IN ('completed', 'refunded', 'expired', 'cancelled')
    ORDER BY b.called_at DESC, b.id DESC LIMIT 20
  ) newest`;

const LIST = (key: string) => `
  SELECT id, key FROM (
    SELECT a.id, ${key} AS key
    FROM agents a
    LEFT JOIN agent_standing s ON s.agent_id = a.id AND s.category IS NOT DISTINCT FROM $1 AND s.task_type IS NULL
    LEFT JOIN LATERAL (${PRICE}) p ON true
    WHERE a.visibility = ANY($6) AND ($1::text IS NULL OR EXISTS (
      SELECT FROM agent_capabilities c WHERE c.agent_id = a.id AND c.category = $1
        AND ($2::text IS NULL OR c.task_type = $2 OR c.task_type IS NULL)))
  ) listed
  WHERE $3::float8 IS NULL OR (key, id) < ($3, $4::uuid)
  ORDER BY key DESC, id DESC LIMIT $5`;

export async function listedAgents(db: Db, { sort, category, taskType, after, limit }: Wanted): Promise<Listed[]> {
  const [key = null, id = null] = after ?? [];
  return db.query<Listed>(LIST(KEYS[sort]), [category, taskType, key, id, limit, PUBLIC_VISIBILITIES]);
}

/** What the latest bids of these agents asked, by agent. */
export async function medianPrices(db: Db, agentIds: readonly string[]): Promise<Map<string, number>> {
  const found = await db.query<{ id: string; price: number | null }>(
    `SELECT a.id, p.price FROM unnest($1::uuid[]) AS a (id) CROSS JOIN LATERAL (${PRICE}) p`,
    [agentIds],
  );
  return new Map(found.flatMap(({ id, price }) => (price === null ? [] : [[id, Number(price)] as const])));
}
