import type { Db } from '../platform/database/db.js';

/** Whose task it is; null when there is none. */
export async function buyerOf(db: Db, taskId: string): Promise<string | null> {
  const [task] = await db.query<{ buyer_id: string }>('SELECT buyer_id FROM tasks WHERE id = $1', [taskId]);
  return task?.buyer_id ?? null;
}
