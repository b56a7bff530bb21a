import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { available, escrow } from '../src/payouts/entries.js';
import { entries, header, type LedgerRole, type Line, startLedger } from './support/ledger.js';

const ROLES: LedgerRole[] = ['app', 'owner'];

describe.each(ROLES)('the database itself, asked by the %s role,', (role) => {
  test('takes a transaction that keeps the rules', async () => {
    const { attempt, audit, ledger, value } = await startLedger();
    const someone = randomUUID();
    const done = await attempt(
      role,
      header('k', 'issue', someone),
      entries('k', ['platform:issuance', 'gift', -5], [available(someone, 'gift'), 'gift', 5]),
    );
    expect(done).toBeNull();
    expect(await ledger.balance(someone)).toEqual({ gift: 5, earned: 0, held: 0 });
    expect(await value(`SELECT count(*) FROM ledger_balances WHERE account LIKE 'platform:%'`)).toBe('0');
    expect((await audit.run()).problems).toEqual([]);
  });

  test('refuses a transaction that does not sum to zero in each class', async () => {
    const { attempt } = await startLedger();
    const someone = randomUUID();
    const post = (...lines: Line[]) => attempt(role, header('k', 'issue', someone), entries('k', ...lines));
    const [gift, earned] = [available(someone, 'gift'), available(someone, 'earned')];
    expect(await post(['platform:issuance', 'gift', -5], [gift, 'gift', 6])).toMatch(/sums to 1 gift credits/);
    expect(await post([gift, 'gift', 6])).toMatch(/sums to 6 gift credits/);
    expect(await post(['platform:issuance', 'gift', -5], [earned, 'earned', 5])).toMatch(
      /sums to -?5 (gift|earned) credits/,
    );
    expect(await post(['platform:issuance', 'gift', 0], [gift, 'gift', 0])).toMatch(/violates check constraint/);
  });

  test('refuses a transaction without entries, also when the check is asked for early', async () => {
    const { attempt } = await startLedger();
    expect(await attempt(role, header('k', 'issue', randomUUID()))).toBe('ledger: transaction k has no entries');
    expect(await attempt(role, header('k', 'issue', randomUUID()), 'SET CONSTRAINTS ALL IMMEDIATE')).toMatch(
      /has no entries/,
    );
  });

  test('refuses entries that come after their own transaction', async () => {
    const { attempt, givenAccount } = await startLedger();
    const someone = await givenAccount({ gift: 10 });
    const lines: Line[] = [
      ['platform:issuance', 'earned', -5],
      [available(someone, 'earned'), 'earned', 5],
    ];
    expect(await attempt(role, entries(`given:${someone}:gift`, ...lines))).toMatch(
      /entries come together with their transaction/,
    );
    const gift = [available(someone, 'gift'), 'gift', 5] as const;
    const inOne = [header('k', 'issue', someone), entries('k', ['platform:issuance', 'gift', -5], gift)];
    expect(await attempt(role, ...inOne, 'SET CONSTRAINTS ALL IMMEDIATE', entries('k', ...lines))).toMatch(
      /has entries already/,
    );
    expect(await attempt(role, ...inOne, entries('k', ['platform:issuance', 'gift', -5], gift))).toMatch(
      /duplicate key/,
    );
  });

  test('refuses to change, delete or empty what was written', async () => {
    const { attempt, givenAccount, ledger } = await startLedger();
    const someone = await givenAccount({ gift: 10 });
    await ledger.snapshot();
    const why = role === 'app' ? /permission denied/ : /is refused; entries are only ever added/;
    for (const table of ['ledger_transactions', 'ledger_entries', 'ledger_snapshots', 'ledger_balances']) {
      const column = {
        ledger_transactions: 'note',
        ledger_entries: 'credits',
        ledger_snapshots: 'balance',
        ledger_balances: 'balance',
      }[table];
      expect(await attempt(role, `UPDATE ${table} SET ${column} = ${column}`)).toMatch(why);
      expect(await attempt(role, `DELETE FROM ${table}`)).toMatch(why);
      expect(await attempt(role, `TRUNCATE ${table} CASCADE`)).toMatch(why);
    }
    expect(await ledger.balance(someone)).toEqual({ gift: 10, earned: 0, held: 0 });
  });

  test('refuses an upsert that would change an entry', async () => {
    const { attempt, givenAccount } = await startLedger();
    const someone = await givenAccount({ gift: 10 });
    const upsert = `${header(`given:${someone}:gift`, 'issue', someone)} ON CONFLICT (key) DO UPDATE SET note = 'changed'`;
    expect(await attempt(role, upsert)).toMatch(role === 'app' ? /permission denied/ : /is refused/);
  });

  test('refuses a balance written by hand', async () => {
    const { attempt, givenAccount } = await startLedger();
    const someone = await givenAccount({ gift: 10 });
    const why = role === 'app' ? /permission denied/ : /is refused/;
    const mine = `'${available(someone, 'gift')}'`;
    expect(await attempt(role, `UPDATE ledger_balances SET balance = 1000 WHERE account = ${mine}`)).toMatch(why);
    expect(
      await attempt(role, `INSERT INTO ledger_balances VALUES ('${available(randomUUID(), 'gift')}', 1000)`),
    ).toMatch(why);
    expect(
      await attempt(
        role,
        `INSERT INTO ledger_balances VALUES (${mine}) ON CONFLICT (account) DO UPDATE SET balance = 1000`,
      ),
    ).toMatch(why);
  });

  test('refuses to take an account or an escrow below zero', async () => {
    const { attempt, givenAccount } = await startLedger();
    const [someone, taskId] = [await givenAccount({ gift: 10 }), randomUUID()];
    const lines: Line[] = [
      [available(someone, 'gift'), 'gift', -11],
      [escrow(taskId, 'gift'), 'gift', 11],
    ];
    expect(await attempt(role, header('k', 'hold', someone, taskId), entries('k', ...lines))).toMatch(
      /has 10 credits and 11 are taken/,
    );
    const back: Line[] = [
      [escrow(taskId, 'gift'), 'gift', -1],
      [available(someone, 'gift'), 'gift', 1],
    ];
    expect(await attempt(role, header('k', 'refund', someone, taskId), entries('k', ...back))).toMatch(
      /has 0 credits and 1 are taken/,
    );
  });

  test('refuses two moves of one account at once, which could hide a balance below zero', async () => {
    const { attempt } = await startLedger();
    const someone = randomUUID();
    const lines = (
      key: string,
    ) => `((SELECT id FROM ledger_transactions WHERE key = '${key}'), 'platform:issuance', 'gift', -5),
      ((SELECT id FROM ledger_transactions WHERE key = '${key}'), '${available(someone, 'gift')}', 'gift', 5)`;
    const both = `INSERT INTO ledger_entries (transaction_id, account, class, credits) VALUES ${lines('a')}, ${lines('b')}`;
    expect(await attempt(role, header('a', 'issue', someone), header('b', 'issue', someone), both)).toMatch(
      /moves an account once/,
    );
  });

  test('moves nothing for an insert that conflicts and is left out', async () => {
    const { attempt, givenAccount, ledger } = await startLedger();
    const someone = await givenAccount({ gift: 10 });
    const again = entries(
      `given:${someone}:gift`,
      ['platform:issuance', 'gift', -10],
      [available(someone, 'gift'), 'gift', 10],
    );
    expect(await attempt(role, `${again} ON CONFLICT DO NOTHING`)).toBeNull();
    expect((await ledger.balance(someone)).gift).toBe(10);
  });

  test('knows which kind moves which accounts', async () => {
    const { attempt, givenAccount, givenHeld } = await startLedger();
    const [buyer, other] = [await givenAccount({ gift: 10 }), await givenAccount({ gift: 10 })];
    const [taskId, foreign] = [await givenHeld(buyer, 4), await givenHeld(other, 4)];
    const post = (kind: string, by: string, task: string | null, ...lines: Line[]) =>
      attempt(role, header('k', kind, by, task), entries('k', ...lines));
    const gift = (account: string, credits: number): Line => [account, 'gift', credits];

    expect(
      await post('issue', buyer, null, gift(available(other, 'gift'), -5), gift(available(buyer, 'gift'), 5)),
    ).toMatch(/no issue moves -5/);
    expect(await post('issue', buyer, null, gift('platform:fees', -5), gift(available(buyer, 'gift'), 5))).toMatch(
      /no issue moves -5/,
    );
    expect(await post('refund', buyer, taskId, gift(escrow(taskId, 'gift'), -4), gift('platform:fees', 4))).toMatch(
      /no refund moves 4/,
    );
    expect(
      await post('refund', buyer, taskId, gift(escrow(foreign, 'gift'), -4), gift(available(buyer, 'gift'), 4)),
    ).toMatch(/is not the escrow of task/);
    expect(
      await post('refund', other, taskId, gift(escrow(taskId, 'gift'), -4), gift(available(other, 'gift'), 4)),
    ).toMatch(/is not held by account/);
    expect(
      await post('refund', buyer, taskId, gift(escrow(taskId, 'gift'), -4), gift(available(other, 'gift'), 4)),
    ).toMatch(/is not account/);
    const next = randomUUID();
    expect(await post('hold', buyer, next, gift(available(other, 'gift'), -5), gift(escrow(next, 'gift'), 5))).toMatch(
      /is not account/,
    );
  });

  test('lets a task be held once and closed once, and a closed escrow is empty for good', async () => {
    const { attempt, givenAccount, givenHeld, db, ledger } = await startLedger();
    const buyer = await givenAccount({ gift: 10, earned: 10 });
    const taskId = await givenHeld(buyer, 12);
    const gift = (account: string, credits: number): Line => [account, 'gift', credits];
    const more = [gift(available(buyer, 'gift'), -1), gift(escrow(taskId, 'gift'), 1)];
    expect(await attempt(role, header('k', 'hold', buyer, taskId), entries('k', ...more))).toMatch(/ledger_one_hold/);
    const part = [gift(escrow(taskId, 'gift'), -10), gift(available(buyer, 'gift'), 10)];
    expect(await attempt(role, header('k', 'refund', buyer, taskId), entries('k', ...part))).toMatch(
      /is closed and not empty/,
    );

    await db.transaction((tx) => ledger.refund(tx, taskId, buyer));

    for (const kind of ['refund', 'settlement']) {
      expect(await attempt(role, header('k', kind, buyer, taskId), entries('k', ...part))).toMatch(
        /ledger_one_closing/,
      );
    }
    expect(await attempt(role, header('k', 'hold', buyer, taskId), entries('k', ...more))).toMatch(/ledger_one_hold/);
  });

  test('refuses account names that are none', async () => {
    const { attempt } = await startLedger();
    const someone = randomUUID();
    const names = [
      '',
      'platform:other',
      'available',
      `available:${someone}`,
      `available:${someone}:gift `,
      `available:${someone}:gift\n`,
      `available:${someone.toUpperCase()}:gift`,
      `payout:${someone}:gift`,
      'available:x:gift',
      available(someone, 'earned'),
    ];
    for (const name of names) {
      const refused = await attempt(
        role,
        header('k', 'issue', someone),
        entries('k', ['platform:issuance', 'gift', -1], [name, 'gift', 1]),
      );
      expect(refused, name).toMatch(/ledger_account_name|is refused|no issue moves|is not account/);
    }
  });

  test('sets what only it may know: number, time, database transaction and running balance', async () => {
    const { attempt, givenAccount, audit } = await startLedger();
    const someone = await givenAccount({ gift: 10 });
    const lines = `(id, transaction_id, account, class, credits, balance_after, xid, created_at)
      SELECT -1, t.id, v.account, 'earned', v.credits, 77, '1', '2001-01-01' FROM ledger_transactions t,
      (VALUES ('platform:issuance', -5), ('${available(someone, 'earned')}', 5)) AS v (account, credits) WHERE t.key = 'k'`;
    const forged = await attempt(role, header('k', 'issue', someone), `INSERT INTO ledger_entries ${lines}`);
    if (role === 'app') expect(forged).toMatch(/permission denied/);
    else expect(forged).toBeNull();
    expect((await audit.run()).problems).toEqual([]);
  });
});
