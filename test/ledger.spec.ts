import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { available, escrow, FEES, ISSUANCE } from '../src/payouts/entries.js';
import { EscrowClosed, InsufficientCredits, LedgerKeyReused, NothingHeld } from '../src/payouts/payouts.errors.js';
import { startLedger } from './support/ledger.js';

describe('the ledger', () => {
  test('holds a budget gift first and settles each credit in its own class', async () => {
    const { db, ledger, audit, givenAccount, givenHeld } = await startLedger();
    const [buyerId, operatorId] = [await givenAccount({ gift: 500, earned: 900 }), randomUUID()];
    const taskId = await givenHeld(buyerId, 1_200);
    expect(await ledger.balance(buyerId)).toEqual({ gift: 0, earned: 200, held: 1_200 });
    expect(await db.transaction((tx) => ledger.held(tx, taskId))).toEqual({ gift: 500, earned: 700 });

    await db.transaction((tx) => ledger.settle(tx, { taskId, buyerId, operatorId, price: 1_000, feeBps: 1_500 }));

    expect(await ledger.balance(operatorId)).toEqual({ gift: 425, earned: 425, held: 0 });
    expect(await ledger.balance(buyerId)).toEqual({ gift: 0, earned: 400, held: 0 });
    expect(await ledger.platformBalance(FEES)).toEqual({ gift: 75, earned: 75 });
    expect(await ledger.platformBalance(ISSUANCE)).toEqual({ gift: -500, earned: -900 });
    expect(await audit.run()).toMatchObject({ ok: true, checked: { transactions: 4, entries: 15 }, problems: [] });
  });

  test('refunds every credit to where it came from', async () => {
    const { db, ledger, audit, givenAccount, givenHeld } = await startLedger();
    const buyerId = await givenAccount({ gift: 500, earned: 900 });
    const taskId = await givenHeld(buyerId, 1_200);

    await db.transaction((tx) => ledger.refund(tx, taskId, buyerId));

    expect(await ledger.balance(buyerId)).toEqual({ gift: 500, earned: 900, held: 0 });
    expect((await audit.run()).problems).toEqual([]);
  });

  test('refuses a hold of more than there is, says both numbers, and moves nothing', async () => {
    const { db, ledger, givenAccount } = await startLedger();
    const buyerId = await givenAccount({ gift: 500, earned: 1 });
    const tooMuch = db.transaction((tx) => ledger.hold(tx, { taskId: randomUUID(), buyerId, budget: 502 }));
    await expect(tooMuch).rejects.toThrow(new InsufficientCredits(501, 502));
    await expect(tooMuch).rejects.toMatchObject({ kind: 'insufficient', code: 'INSUFFICIENT_CREDITS' });
    expect(await ledger.balance(buyerId)).toEqual({ gift: 500, earned: 1, held: 0 });
  });

  test('does nothing when the same write comes again', async () => {
    const { db, ledger, givenAccount, givenHeld } = await startLedger();
    const [buyerId, operatorId] = [await givenAccount({ gift: 100, earned: 100 }), randomUUID()];
    const taskId = await givenHeld(buyerId, 150);
    const other = await givenHeld(buyerId, 50);
    const payment = { taskId, buyerId, operatorId, price: 120, feeBps: 1_000 };
    await db.transaction((tx) => ledger.settle(tx, payment));
    await db.transaction((tx) => ledger.refund(tx, other, buyerId));
    const before = [await ledger.balance(buyerId), await ledger.balance(operatorId)];

    const again = await db.transaction(async (tx) => [
      await ledger.issue(tx, { accountId: buyerId, class: 'gift', credits: 100, key: `given:${buyerId}:gift` }),
      await ledger.hold(tx, { taskId, buyerId, budget: 150 }),
      await ledger.settle(tx, payment),
      await ledger.refund(tx, other, buyerId),
    ]);

    expect(again).toEqual(['repeated', 'repeated', 'repeated', 'repeated']);
    expect([await ledger.balance(buyerId), await ledger.balance(operatorId)]).toEqual(before);
  });

  test('refuses a repeat that is not the same', async () => {
    const { db, ledger, givenAccount, givenHeld } = await startLedger();
    const [buyerId, operatorId] = [await givenAccount({ gift: 1_000 }), randomUUID()];
    const taskId = await givenHeld(buyerId, 150);
    const key = `given:${buyerId}:gift`;
    const refused = (write: Parameters<typeof db.transaction>[0]) => expect(db.transaction(write)).rejects;
    await refused((tx) => ledger.issue(tx, { accountId: buyerId, class: 'gift', credits: 999, key })).toThrow(
      LedgerKeyReused,
    );
    await refused((tx) => ledger.hold(tx, { taskId, buyerId, budget: 151 })).toThrow(LedgerKeyReused);
    await refused((tx) => ledger.hold(tx, { taskId, buyerId: operatorId, budget: 150 })).toThrow(LedgerKeyReused);

    await db.transaction((tx) => ledger.settle(tx, { taskId, buyerId, operatorId, price: 100, feeBps: 0 }));
    await refused((tx) => ledger.settle(tx, { taskId, buyerId, operatorId, price: 99, feeBps: 0 })).toThrow(
      EscrowClosed,
    );
    await refused((tx) =>
      ledger.settle(tx, { taskId, buyerId, operatorId: randomUUID(), price: 100, feeBps: 0 }),
    ).toThrow(EscrowClosed);
    await refused((tx) => ledger.refund(tx, taskId, buyerId)).toThrow(EscrowClosed);
    await refused((tx) => ledger.refund(tx, randomUUID(), buyerId)).toThrow(NothingHeld);
  });

  test('counts exactly up to the last safe integer and refuses the next credit', async () => {
    const { db, ledger, audit, givenAccount } = await startLedger();
    const [buyerId, operatorId, taskId] = [
      await givenAccount({ earned: Number.MAX_SAFE_INTEGER }),
      randomUUID(),
      randomUUID(),
    ];
    const one = (tx: Parameters<typeof ledger.issue>[0]) =>
      ledger.issue(tx, { accountId: buyerId, class: 'earned', credits: 1, key: 'one more' });
    await expect(db.transaction(one)).rejects.toThrow('ledger_balance_range');

    await db.transaction((tx) => ledger.hold(tx, { taskId, buyerId, budget: Number.MAX_SAFE_INTEGER }));
    await db.transaction((tx) =>
      ledger.settle(tx, { taskId, buyerId, operatorId, price: 9_007_199_254_739_999, feeBps: 1_500 }),
    );

    expect(await ledger.platformBalance(FEES)).toEqual({ gift: 0, earned: 1_351_079_888_210_999 });
    expect((await ledger.balance(buyerId)).earned).toBe(992);
    expect((await audit.run()).problems).toEqual([]);
  });

  test('states what came and went, newest first, in pages, with the balance after each line', async () => {
    const { db, ledger, givenAccount, givenHeld } = await startLedger();
    const buyerId = await givenAccount({ gift: 500, earned: 900 });
    const taskId = await givenHeld(buyerId, 700);
    await db.transaction((tx) => ledger.refund(tx, taskId, buyerId));

    const first = await ledger.statement(buyerId, { before: null, limit: 4 });
    const rest = await ledger.statement(buyerId, { before: first.at(-1)?.id ?? null, limit: 4 });

    const short = [...first, ...rest].map((line) => `${line.kind} ${line.class} ${line.credits} -> ${line.balance}`);
    expect(short.sort()).toEqual(
      [
        'refund earned 200 -> 900',
        'refund gift 500 -> 500',
        'hold earned -200 -> 700',
        'hold gift -500 -> 0',
        'issue gift 500 -> 500',
        'issue earned 900 -> 900',
      ].sort(),
    );
    expect(first.map((line) => line.kind)).toEqual(['refund', 'refund', 'hold', 'hold']);
    expect(first[0]).toMatchObject({ taskId, note: null, at: expect.any(Date) });
    expect(await ledger.statement(randomUUID(), { before: null, limit: 4 })).toEqual([]);
  });

  test('leaves nothing behind when the transaction around it rolls back', async () => {
    const { db, ledger, givenAccount, value } = await startLedger();
    const buyerId = await givenAccount({ gift: 500 });
    const taskId = randomUUID();
    const failed = db.transaction(async (tx) => {
      await ledger.hold(tx, { taskId, buyerId, budget: 300 });
      throw new Error('the task could not be saved');
    });
    await expect(failed).rejects.toThrow('the task could not be saved');
    expect(await ledger.balance(buyerId)).toEqual({ gift: 500, earned: 0, held: 0 });
    expect(await value('SELECT count(*) FROM ledger_transactions WHERE task_id = $1', [taskId])).toBe('0');
    expect(await value('SELECT count(*) FROM ledger_balances WHERE account = $1', [escrow(taskId, 'gift')])).toBe('0');
    expect(await value('SELECT balance FROM ledger_balances WHERE account = $1', [available(buyerId, 'gift')])).toBe(
      '500',
    );
  });
});
