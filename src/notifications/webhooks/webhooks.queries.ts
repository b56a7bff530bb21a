import { type Db, rows, type Tx } from '../../platform/database/db.js';

/** One row of `webhooks`. */
export interface WebhookRow {
  readonly id: string;
  readonly account_id: string;
  readonly url: string;
  readonly description: string;
  readonly types: string[];
  readonly agent_id: string | null;
  readonly task_id: string | null;
  readonly enabled: boolean;
  readonly disabled_reason: 'owner' | 'gone' | 'failing' | null;
  readonly disabled_at: Date | null;
  readonly failing_since: Date | null;
  readonly slow: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = `id, account_id, url, description, types, agent_id, task_id, enabled, disabled_reason, disabled_at,
  failing_since, slow, created_at, updated_at`;

export interface WebhookToMake {
  readonly id: string;
  readonly accountId: string;
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
  readonly agentId: string | null;
  readonly taskId: string | null;
  readonly now: Date;
}

export async function insertWebhook(tx: Tx, made: WebhookToMake): Promise<WebhookRow> {
  const { id, accountId, url, description, types, agentId, taskId, now } = made;
  const [row] = await rows<WebhookRow>(
    tx,
    `INSERT INTO webhooks (id, account_id, url, description, types, agent_id, task_id, enabled, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8, $8) RETURNING ${COLUMNS}`,
    [id, accountId, url, description, types, agentId, taskId, now],
  );
  if (!row) throw new Error('The webhook was not written.');
  return row;
}

export async function webhooksOf(db: Db, accountId: string): Promise<WebhookRow[]> {
  return db.query(`SELECT ${COLUMNS} FROM webhooks WHERE account_id = $1 ORDER BY id DESC`, [accountId]);
}

export async function webhookOf(db: Db, accountId: string, id: string): Promise<WebhookRow | undefined> {
  const [row] = await db.query<WebhookRow>(`SELECT ${COLUMNS} FROM webhooks WHERE id = $1 AND account_id = $2`, [
    id,
    accountId,
  ]);
  return row;
}

/** Locks it until the transaction ends. New deliveries may still be added to it meanwhile. */
export async function lockWebhook(tx: Tx, id: string): Promise<WebhookRow | undefined> {
  const [row] = await rows<WebhookRow>(tx, `SELECT ${COLUMNS} FROM webhooks WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  return row;
}

/** Webhooks of one account are made one after the other, so that the count holds. */
export async function countLocked(tx: Tx, accountId: string): Promise<number> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('webhooks of ' || $1, 0))`, [accountId]);
  const [found] = await rows<{ count: number }>(
    tx,
    'SELECT count(*)::int AS count FROM webhooks WHERE account_id = $1',
    [accountId],
  );
  return found?.count ?? 0;
}

export interface Changed {
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
}

export async function updateWebhook(
  tx: Tx,
  id: string,
  { url, description, types }: Changed,
  now: Date,
): Promise<void> {
  await rows(tx, 'UPDATE webhooks SET url = $2, description = $3, types = $4, updated_at = $5 WHERE id = $1', [
    id,
    url,
    description,
    types,
    now,
  ]);
}

/** From now on it hears of events again, with a clean record. */
export async function switchOn(tx: Tx, id: string): Promise<void> {
  await rows(
    tx,
    `UPDATE webhooks SET enabled = true, disabled_reason = NULL, disabled_at = NULL, failing_since = NULL, slow = false,
       since_xid = pg_current_xact_id() WHERE id = $1`,
    [id],
  );
}

/** Nothing is sent any more; what was still to be sent has failed, and can be redelivered once it is on again. */
export async function switchOff(tx: Tx, id: string, reason: 'owner' | 'gone' | 'failing', now: Date): Promise<void> {
  await rows(tx, 'UPDATE webhooks SET enabled = false, disabled_reason = $2, disabled_at = $3 WHERE id = $1', [
    id,
    reason,
    now,
  ]);
  await rows(
    tx,
    `UPDATE webhook_deliveries SET status = 'failed', reason = COALESCE(reason, 'the webhook was switched off'),
       next_at = NULL, waiting_since = NULL, finished_at = $2 WHERE webhook_id = $1 AND status = 'pending'`,
    [id, now],
  );
}

export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  await rows(tx, 'DELETE FROM webhooks WHERE id = $1', [id]);
}

/** Whether the account may hear of this task: its own, or one that an agent of its was called for. */
export async function isConcernedBy(tx: Tx, accountId: string, taskId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `SELECT 1 FROM tasks WHERE id = $2 AND buyer_id = $1
     UNION ALL SELECT 1 FROM bids WHERE task_id = $2 AND operator_id = $1 LIMIT 1`,
    [accountId, taskId],
  );
  return found.length > 0;
}
