import { vi } from 'vitest';
import { Db, rows } from '../../src/platform/database/db.js';
import { Events } from '../../src/platform/events/events.js';
import type { TestApp } from './app.js';
import { PATIENCE_MS } from './until.js';

/**
 * Announces events as a use case does, in a transaction and through the server's own `Events`, and waits until readers may
 * see them: on a cluster that other tests use too, a transaction of theirs may hold them back for a moment.
 */
export async function announce(
  app: TestApp,
  accountId: string,
  names: readonly string[],
  taskId?: string,
): Promise<void> {
  const about = taskId === undefined ? {} : { taskId };
  const xid = await app.get(Db).transaction(async (tx) => {
    await app.get(Events).append(tx, ...names.map((name) => ({ type: 'note', accountId, data: { name }, ...about })));
    const [row] = await rows<{ xid: string }>(tx, 'SELECT pg_current_xact_id()::text AS xid');
    return row?.xid;
  });
  await vi.waitFor(
    async () => {
      const [row] = await app.db.query('SELECT $1::text::xid8 < pg_snapshot_xmin(pg_current_snapshot()) AS seen', [
        xid,
      ]);
      if (!row?.seen) throw new Error('An older transaction still holds these events back.');
    },
    { timeout: PATIENCE_MS, interval: 5 },
  );
}

export const namesOf = (events: readonly { readonly data: Record<string, unknown> }[]) =>
  events.map(({ data }) => data.name);
