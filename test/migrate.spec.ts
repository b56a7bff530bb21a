import { beforeEach, describe, expect, test } from 'vitest';
import { SCHEMA } from '../src/migrations.js';
import { migrate, type Schema } from '../src/platform/database/migrate.js';
import { createDatabase, type TestDatabase } from './support/databases.js';
import { query } from './support/pg-folder.js';

let db: TestDatabase;

beforeEach(async () => {
  db = await createDatabase();
  return () => db.drop();
});

const again = (schema: Schema = SCHEMA) => migrate(db.ownerUrl, db.appUrl, schema);
const asOwner = (sql: string) => query(db.ownerUrl, sql);

/** Changes when any table's entry is written anew, also when it says the same afterwards. */
async function written(): Promise<unknown> {
  const [row] = await asOwner(
    `SELECT md5(string_agg(oid || ' ' || xmin || ' ' || ctid, ',' ORDER BY oid)) FROM pg_class`,
  );
  return row;
}

async function mayRead(table: string): Promise<boolean> {
  const [row] = await db.query<{ may: boolean }>(`SELECT has_table_privilege($1, 'SELECT') AS may`, [table]);
  return row?.may ?? false;
}

describe('a second time', () => {
  test('nothing is written', async () => {
    const before = await written();
    await again();
    expect(await written()).toEqual(before);
  });

  test('a right that was taken away or given is put right, and then it rests again', async () => {
    await asOwner('REVOKE SELECT ON tasks FROM bakeoff_app; GRANT UPDATE ON ledger_balances TO bakeoff_app');
    await again();
    expect(await mayRead('tasks')).toBe(true);
    await expect(db.query('UPDATE ledger_balances SET balance = 1')).rejects.toMatchObject({ code: '42501' });

    const before = await written();
    await again();
    expect(await written()).toEqual(before);
  });

  test('a queue that was deleted is made again', async () => {
    await asOwner(`SELECT pgboss.delete_queue('judge')`);
    await again();
    expect(await asOwner(`SELECT name FROM pgboss.queue WHERE name = 'judge'`)).toEqual([{ name: 'judge' }]);
  });

  test('a new version brings its migrations, queues and restrictions, and its tables are readable', async () => {
    class Newer1900000000000 {
      async up(runner: { query(sql: string): Promise<unknown> }) {
        await runner.query('CREATE TABLE newer (id int)');
      }
      async down() {}
    }
    const { migrations, queues, restrictions } = SCHEMA;
    await again({
      migrations: [...Object.values(migrations), Newer1900000000000],
      queues: [...queues, 'newer'],
      restrictions: [...restrictions, (role) => [`REVOKE SELECT ON idempotency_keys FROM ${role}`]],
    });
    expect(await mayRead('newer')).toBe(true);
    expect(await mayRead('idempotency_keys')).toBe(false);
    expect(await asOwner(`SELECT name FROM pgboss.queue WHERE name = 'newer'`)).toHaveLength(1);
  });
});
