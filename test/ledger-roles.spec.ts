import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { available, escrow } from '../src/payouts/entries.js';
import { adminQuery, databaseUrl } from './support/databases.js';
import { entries, header, startLedger } from './support/ledger.js';

describe('the application role', () => {
  test('cannot switch the rules off', async () => {
    const { attempt } = await startLedger();
    const attempts = [
      'ALTER TABLE ledger_entries DISABLE TRIGGER ALL',
      'ALTER TABLE ledger_balances DISABLE TRIGGER ledger_follows',
      'DROP TRIGGER ledger_apply ON ledger_entries',
      'ALTER TABLE ledger_balances DROP CONSTRAINT ledger_balance_range',
      'DROP TABLE ledger_balances CASCADE',
      'DROP INDEX ledger_one_closing',
      "SET session_replication_role = 'replica'",
      'CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
      'CREATE TRIGGER mine BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_refuse()',
      'ALTER SEQUENCE ledger_entry_ids RESTART',
      `SELECT setval('ledger_entry_ids', 1)`,
      `INSERT INTO ledger_snapshots (account, class, upto, balance) VALUES ('platform:fees', 'gift', '9', 5)`,
      'SET ROLE bakeoff_owner',
      'GRANT ALL ON ledger_balances TO bakeoff_app',
    ];
    for (const sql of attempts) {
      const refused = await attempt('app', sql);
      if (sql.startsWith('GRANT'))
        expect(await attempt('app', 'UPDATE ledger_balances SET balance = 1'), sql).toMatch(/permission denied/);
      else expect(refused, sql).toMatch(/permission denied|must be owner/);
    }
  });

  test('cannot slip a temporary table under the rules', async () => {
    const { attempt, givenAccount } = await startLedger();
    const [someone, taskId] = [await givenAccount({ gift: 10 }), randomUUID()];
    const refused = await attempt(
      'app',
      'CREATE TEMP TABLE ledger_balances (account text PRIMARY KEY, balance bigint, holder uuid) ON COMMIT DROP',
      `INSERT INTO pg_temp.ledger_balances VALUES ('${available(someone, 'gift')}', 1000)`,
      header('k', 'hold', someone, taskId),
      entries('k', [available(someone, 'gift'), 'gift', -11], [escrow(taskId, 'gift'), 'gift', 11]),
    );
    expect(refused).toMatch(/has 10 credits and 11 are taken/);
  });

  test('can call none of the functions that write, but the two that it needs', async () => {
    const { value } = await startLedger();
    const writing = await value(
      `SELECT string_agg(proname, ' ' ORDER BY proname) FROM pg_proc
       WHERE proname LIKE 'ledger%' AND prosecdef AND prorettype <> 'trigger'::regtype AND has_function_privilege('bakeoff_app', oid, 'EXECUTE')`,
    );
    expect(writing).toBe('ledger_lock ledger_snapshot');
    const unpinned = `SELECT count(*) FROM pg_proc WHERE proname LIKE 'ledger%' AND prosecdef AND NOT 'search_path=public, pg_temp' = ANY (coalesce(proconfig, '{}'))`;
    expect(await value(unpinned)).toBe('0');
  });
});

describe('a superuser', () => {
  test('who replays as a replica meets the rules too', async () => {
    const { givenAccount, value } = await startLedger();
    await givenAccount({ gift: 10 });
    const url = databaseUrl(inject('cluster').adminUrl, await value('SELECT current_database()'));
    const asReplica = (sql: string) => adminQuery(url, `SET session_replication_role = 'replica'; ${sql}`);
    await expect(asReplica('DELETE FROM ledger_entries')).rejects.toThrow(/is refused/);
    await expect(asReplica('UPDATE ledger_balances SET balance = 1000')).rejects.toThrow(/is refused/);
    await expect(asReplica(header('k', 'issue', randomUUID()))).rejects.toThrow(/has no entries/);
  });
});
