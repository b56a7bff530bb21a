import { getConstructionPlans, PgBoss } from 'pg-boss';
import type { Tx } from '../database/db.js';

/** What every queue shares. Handlers may run twice, so a retry is always allowed; ten in a row end in `dead`. */
const QUEUE_POLICY = {
  policy: 'standard',
  retryLimit: 10,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  // Longer than the longest call. A worker that dies is noticed by its lock long before.
  expireInSeconds: 2 * 3_600,
  deleteAfterSeconds: 3_600,
  retentionSeconds: 14 * 86_400,
} as const;

export const DEAD_LETTERS = 'dead';

/** The schema `pgboss` and its queues, made or brought up to date by the database's owner. */
export async function prepareQueues(ownerUrl: string, queues: readonly string[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 1, supervise: false, schedule: false });
  boss.on('error', () => {}); // start() and createQueue() throw what matters
  await boss.start();
  try {
    await ensureQueue(boss, DEAD_LETTERS, {});
    for (const name of queues) await ensureQueue(boss, name, { deadLetter: DEAD_LETTERS });
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** What pg-boss makes where there is nothing yet, as SQL; another version's differs. */
export const queueSchema = (): string => getConstructionPlans();

async function ensureQueue(boss: PgBoss, name: string, extra: { deadLetter?: string }): Promise<void> {
  if (!(await boss.getQueue(name))) await boss.createQueue(name, { ...QUEUE_POLICY, ...extra });
}

/** Lets pg-boss write inside an open transaction, so that a job exists exactly if the rows that cause it do. */
export function bossTx(tx: Tx) {
  return {
    async executeSql(text: string, values?: unknown[]) {
      const runner = tx.queryRunner;
      if (!runner?.isTransactionActive) throw new Error('A job is sent inside a transaction: open one first.');
      return { rows: (await runner.query(text, values, true)).records };
    },
  };
}
