import type { Db } from '../../platform/database/db.js';
import type { LinkedFile } from '../../platform/storage/linked-files.js';
import { PUBLIC_VISIBILITIES } from '../../registry/agent.schema.js';
import type { ShowcaseView } from './showcase.schema.js';

export interface ShownRow {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly task_type: string;
  readonly hidden: boolean;
  readonly delivery_id: string;
  readonly bid_id: string;
  readonly received_at: Date;
  readonly artifacts: readonly (Omit<ShowcaseView['artifacts'][number], 'url'> & { readonly position: number })[];
}

/** The delivery that a buyer approved: the last one that came. Nothing else of the task is read. */
const DELIVERY = `
  JOIN LATERAL (
    SELECT id, bid_id, received_at FROM deliveries WHERE task_id = s.task_id AND status = 'delivered' ORDER BY number DESC LIMIT 1
  ) d ON true`;

/** What buyers let an agent show, the latest allowed first. */
export async function shownWork(db: Db, agentId: string, most: number, withHidden: boolean): Promise<ShownRow[]> {
  return db.query<ShownRow>(
    `SELECT s.id, COALESCE(s.title, t.title) AS title, t.category, t.task_type, s.hidden, d.id AS delivery_id, d.bid_id, d.received_at,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object('position', a.position, 'type', a.type, 'name', a.name,
          'media_type', a.media_type, 'size', a.size) ORDER BY a.position), '[]')
        FROM artifacts a WHERE a.delivery_id = d.id AND a.hash IS NOT NULL) AS artifacts
     FROM showcases s JOIN tasks t ON t.id = s.task_id ${DELIVERY}
     WHERE s.agent_id = $1 AND s.allowed_at IS NOT NULL AND ($3 OR NOT s.hidden) ORDER BY s.allowed_at DESC, s.id LIMIT $2`,
    [agentId, most, withHidden],
  );
}

/** One file of shown work; undefined as soon as its buyer, its operator or the agent's own visibility hides it. */
export async function shownFile(db: Db, showcaseId: string, position: number): Promise<LinkedFile | undefined> {
  const [file] = await db.query<LinkedFile>(
    `SELECT a.name, a.media_type AS "mediaType", a.hash, a.size FROM showcases s ${DELIVERY}
     JOIN artifacts a ON a.delivery_id = d.id AND a.position = $2 AND a.hash IS NOT NULL
     JOIN agents g ON g.id = s.agent_id AND g.visibility = ANY($3)
     WHERE s.id = $1 AND s.allowed_at IS NOT NULL AND NOT s.hidden`,
    [showcaseId, position, PUBLIC_VISIBILITIES],
  );
  return file;
}
