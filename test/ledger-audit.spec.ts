import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import type { AuditRule } from '../src/payouts/audit.js';
import { auditSummary } from '../src/payouts/audit.js';
import { FEES, ISSUANCE } from '../src/payouts/entries.js';
import { adminQuery, databaseUrl } from './support/databases.js';
import { startLedger, type TestLedger } from './support/ledger.js';

/** A ledger with an open task, a settled and a refunded one. */
async function givenBusyLedger() {
  const it = await startLedger();
  const [buyerId, operatorId] = [await it.givenAccount({ gift: 500, earned: 900 }), randomUUID()];
  const [open, settled, refunded] = [
    await it.givenHeld(buyerId, 600),
    await it.givenHeld(buyerId, 200),
    await it.givenHeld(buyerId, 10),
  ];
  await it.db.transaction((tx) =>
    it.ledger.settle(tx, { taskId: settled, buyerId, operatorId, price: 150, feeBps: 1_500 }),
  );
  await it.db.transaction((tx) => it.ledger.refund(tx, refunded, buyerId));
  await it.ledger.snapshot();
  return { ...it, buyerId, operatorId, open, settled };
}

/** What only a superuser can do, and only after switching the rules off. */
async function tamper(it: TestLedger, sql: string): Promise<void> {
  const url = databaseUrl(inject('cluster').adminUrl, await it.value('SELECT current_database()'));
  const tables = ['ledger_transactions', 'ledger_entries', 'ledger_balances', 'ledger_snapshots'];
  const switched = (how: string) => tables.map((table) => `ALTER TABLE ${table} ${how} TRIGGER ALL;`).join('');
  await adminQuery(url, `${switched('DISABLE')} ${sql}; ${switched('ENABLE')}`);
}

const first = (table: string, where: string) => `ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`;
const TAMPERINGS: [AuditRule, string, string][] = [
  [
    'balance_is_sum',
    'a balance that was raised',
    `UPDATE ledger_balances SET balance = balance + 1 WHERE ${first('ledger_balances', `account LIKE 'available%'`)}`,
  ],
  [
    'balance_is_sum',
    'a balance that was removed',
    `DELETE FROM ledger_balances WHERE ${first('ledger_balances', 'balance > 0')}`,
  ],
  [
    'balance_runs',
    'a line that does not follow from the one before',
    `UPDATE ledger_entries SET balance_after = balance_after + 1 WHERE ${first('ledger_entries', `account LIKE 'available%'`)}`,
  ],
  [
    'whole_is_zero',
    'an entry that was changed',
    `UPDATE ledger_entries SET credits = credits + 1 WHERE ${first('ledger_entries', `account = 'platform:fees'`)}`,
  ],
  [
    'transaction_is_zero',
    'credits shifted between two transactions',
    `UPDATE ledger_entries SET credits = credits + CASE WHEN transaction_id = 1 THEN 1 ELSE -1 END WHERE account = 'platform:issuance' AND class = (SELECT class FROM ledger_entries WHERE transaction_id = 1 LIMIT 1); UPDATE ledger_entries SET class = 'gift' WHERE account = 'platform:issuance'`,
  ],
  ['transaction_is_zero', 'a transaction that lost its entries', `DELETE FROM ledger_entries WHERE transaction_id = 1`],
  [
    'one_database_transaction',
    'an entry that was slipped in',
    `UPDATE ledger_entries SET xid = '3' WHERE ${first('ledger_entries', 'true')}`,
  ],
  [
    'closed_is_empty',
    'a closing of an escrow that still holds credits',
    `UPDATE ledger_transactions SET task_id = (SELECT split_part(account, ':', 2)::uuid FROM ledger_balances WHERE account LIKE 'escrow%' AND balance > 0 LIMIT 1) WHERE kind = 'refund'`,
  ],
  [
    'open_is_held',
    'an escrow that was given to somebody else',
    `UPDATE ledger_balances SET holder = gen_random_uuid() WHERE balance > 0 AND account LIKE 'escrow%'`,
  ],
  [
    'snapshot_is_sum',
    'a snapshot with a wrong sum',
    `UPDATE ledger_snapshots SET balance = balance + 1 WHERE account = 'platform:fees'`,
  ],
];

describe('the audit', () => {
  test('of a sound ledger finds nothing and says how much it looked at', async () => {
    const { audit } = await givenBusyLedger();
    const report = await audit.run();
    expect(report).toEqual({
      ok: true,
      checked: { transactions: 7, entries: expect.any(Number), accounts: expect.any(Number), snapshots: 4 },
      problems: [],
    });
    expect(auditSummary(report)).toMatch(/^The ledger is sound: 7 transactions, \d+ entries, \d+ accounts\.$/);
  });

  test('of an empty ledger finds nothing', async () => {
    const { audit } = await startLedger();
    expect(await audit.run()).toEqual({
      ok: true,
      checked: { transactions: 0, entries: 0, accounts: 0, snapshots: 0 },
      problems: [],
    });
  });

  test.each(TAMPERINGS)('finds by the rule %s: %s', async (rule, _, sql) => {
    const it = await givenBusyLedger();
    await tamper(it, sql);
    const report = await it.audit.run();
    expect(report.ok).toBe(false);
    expect(report.problems.map((problem) => problem.rule)).toContain(rule);
    expect(auditSummary(report)).toMatch(/^The ledger has \d+ problems/);
  });

  test('sees one moment, however much is moved meanwhile', async () => {
    const it = await givenBusyLedger();
    const buyers = await Promise.all(Array.from({ length: 4 }, () => it.givenAccount({ gift: 1_000 })));
    const moving = buyers.map(async (buyerId) => {
      for (let round = 0; round < 15; round++) {
        const taskId = await it.givenHeld(buyerId, 100);
        await it.db.transaction((tx) => it.ledger.refund(tx, taskId, buyerId));
      }
    });
    const reports = await Promise.all([0, 1, 2, 3].map(async () => [await it.audit.run(), await it.audit.run()]));
    await Promise.all(moving);
    expect(reports.flat().flatMap((report) => report.problems)).toEqual([]);
  });
});

describe('the platform sums', () => {
  test('count a transaction that began before a snapshot and committed after it, once', async () => {
    const it = await startLedger();
    const late = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const slow = it.db.transaction(async (tx) => {
      await it.ledger.issue(tx, { accountId: randomUUID(), class: 'gift', credits: 5, key: 'slow' });
      written.resolve();
      await late.promise;
    });
    await written.promise;
    await it.givenAccount({ gift: 70 });
    await it.ledger.snapshot();
    expect(await it.ledger.platformBalance(ISSUANCE)).toEqual({ gift: -70, earned: 0 });

    late.resolve();
    await slow;
    expect(await it.ledger.platformBalance(ISSUANCE)).toEqual({ gift: -75, earned: 0 });

    await it.ledger.snapshot();
    await it.givenAccount({ earned: 3 });
    expect(await it.ledger.platformBalance(ISSUANCE)).toEqual({ gift: -75, earned: -3 });
    expect((await it.audit.run()).problems).toEqual([]);
  });

  test('stay right when several processes take snapshots while credits move', async () => {
    const it = await startLedger();
    const issued = Array.from({ length: 30 }, () => it.givenAccount({ gift: 3, earned: 2 }));
    await Promise.all([...issued, ...Array.from({ length: 12 }, () => it.ledger.snapshot())]);
    await it.ledger.snapshot();
    expect(await it.ledger.platformBalance(ISSUANCE)).toEqual({ gift: -90, earned: -60 });
    expect((await it.audit.run()).problems).toEqual([]);
  });

  test('leave out a snapshot of a cluster whose transactions this one has not reached, as after a restored dump', async () => {
    const it = await startLedger();
    await it.givenAccount({ gift: 70 });
    const foreign = `INSERT INTO ledger_snapshots (account, class, upto, balance) VALUES ('${ISSUANCE}', 'gift', '99999999999', -1)`;
    expect(await it.attempt('owner', foreign)).toBeNull();
    await it.ledger.snapshot();
    expect(await it.ledger.platformBalance(ISSUANCE)).toEqual({ gift: -70, earned: 0 });
    expect(await it.ledger.platformBalance(FEES)).toEqual({ gift: 0, earned: 0 });
    expect((await it.audit.run()).problems).toEqual([]);
  });
});
