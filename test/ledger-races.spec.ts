import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { FEES } from '../src/payouts/entries.js';
import { EscrowClosed, InsufficientCredits, NothingHeld } from '../src/payouts/payouts.errors.js';
import { startLedger, type TestLedger } from './support/ledger.js';

const outcomes = (results: PromiseSettledResult<unknown>[]) => ({
  done: results.filter((result) => result.status === 'fulfilled').length,
  refused: results.filter((result) => result.status === 'rejected').map((result) => result.reason as unknown),
});

/** Every transaction begins before the first of them writes, so that they really meet. */
function together<T>(
  count: number,
  { db }: TestLedger,
  work: (tx: Parameters<TestLedger['ledger']['held']>[0], index: number) => Promise<T>,
) {
  const begun = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const all = Promise.all(begun.map(({ promise }) => promise));
  return Promise.allSettled(
    begun.map(({ resolve }, index) =>
      db.transaction(async (tx) => {
        await tx.query('SELECT 1');
        resolve();
        await all;
        return work(tx, index);
      }),
    ),
  );
}

describe('when they come at once', () => {
  test('as many holds of one buyer succeed as the balance allows, and not one more', async () => {
    const it = await startLedger();
    const buyerId = await it.givenAccount({ gift: 250, earned: 500 });

    const { done, refused } = outcomes(
      await together(12, it, (tx) => it.ledger.hold(tx, { taskId: randomUUID(), buyerId, budget: 100 })),
    );

    expect(done).toBe(7);
    expect(refused).toHaveLength(5);
    for (const reason of refused) expect(reason).toBeInstanceOf(InsufficientCredits);
    expect(await it.ledger.balance(buyerId)).toEqual({ gift: 0, earned: 50, held: 700 });
    expect((await it.audit.run()).problems).toEqual([]);
  });

  test('one of settlement and refund wins, and the other is told', async () => {
    const it = await startLedger();
    const [buyerId, operatorId] = [await it.givenAccount({ gift: 500, earned: 500 }), randomUUID()];
    for (let round = 0; round < 10; round++) {
      const taskId = await it.givenHeld(buyerId, 10);
      const { done, refused } = outcomes(
        await together(2, it, (tx, index) =>
          index === round % 2
            ? it.ledger.settle(tx, { taskId, buyerId, operatorId, price: 7, feeBps: 1_500 })
            : it.ledger.refund(tx, taskId, buyerId),
        ),
      );
      expect([done, refused.length]).toEqual([1, 1]);
      expect(refused[0]).toBeInstanceOf(EscrowClosed);
    }
    expect((await it.ledger.balance(buyerId)).held).toBe(0);
    expect((await it.audit.run()).problems).toEqual([]);
  });

  test('a hold and a refund of the same new task never deadlock', async () => {
    const it = await startLedger();
    const buyerId = await it.givenAccount({ gift: 100 });
    for (let round = 0; round < 10; round++) {
      const taskId = randomUUID();
      const { refused } = outcomes(
        await together(2, it, (tx, index) =>
          index === 0 ? it.ledger.hold(tx, { taskId, buyerId, budget: 10 }) : it.ledger.refund(tx, taskId, buyerId),
        ),
      );
      for (const reason of refused) expect(reason).toBeInstanceOf(NothingHeld);
    }
    expect((await it.audit.run()).problems).toEqual([]);
  });

  test('of the same settlement several times over, one pays and the rest are repeats', async () => {
    const it = await startLedger();
    const [buyerId, operatorId] = [await it.givenAccount({ earned: 1_000 }), randomUUID()];
    const payment = { taskId: await it.givenHeld(buyerId, 1_000), buyerId, operatorId, price: 1_000, feeBps: 1_500 };
    const results = await together(8, it, (tx) => it.ledger.settle(tx, payment));
    const said = results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)));
    expect(said.sort()).toEqual(['posted', ...Array.from({ length: 7 }, () => 'repeated')]);
    expect((await it.ledger.balance(operatorId)).earned).toBe(850);
  });

  test('the same key issues once', async () => {
    const it = await startLedger();
    const accountId = randomUUID();
    const results = await together(8, it, (tx) =>
      it.ledger.issue(tx, { accountId, class: 'gift', credits: 500, key: `signup:${accountId}` }),
    );
    const said = results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)));
    expect(said.sort()).toEqual(['posted', ...Array.from({ length: 7 }, () => 'repeated')]);
    expect((await it.ledger.balance(accountId)).gift).toBe(500);
  });

  test('settlements between accounts that pay each other never deadlock, whoever is new', async () => {
    const it = await startLedger();
    const people = await Promise.all(Array.from({ length: 5 }, () => it.givenAccount({ gift: 300, earned: 10_000 })));
    people.push(randomUUID(), randomUUID());
    const tasks: { taskId: string; buyerId: string; operatorId: string }[] = [];
    for (const buyerId of people.slice(0, 5)) {
      for (const operatorId of people.filter((id) => id !== buyerId))
        tasks.push({ taskId: await it.givenHeld(buyerId, 101), buyerId, operatorId });
    }

    const results = await Promise.allSettled(
      tasks.map((task, index) =>
        it.db.transaction((tx) =>
          index % 5 === 0
            ? it.ledger.refund(tx, task.taskId, task.buyerId)
            : it.ledger.settle(tx, { ...task, price: 1 + index, feeBps: 1_500 }),
        ),
      ),
    );

    expect(outcomes(results).refused).toEqual([]);
    for (const person of people) expect((await it.ledger.balance(person)).held).toBe(0);
    expect((await it.audit.run()).problems).toEqual([]);
  });

  test('holds, settlements and new credits for the same few accounts never deadlock', async () => {
    const it = await startLedger();
    const people = await Promise.all(Array.from({ length: 3 }, () => it.givenAccount({ gift: 1_000, earned: 1_000 })));
    const at = (index: number) => people[index % people.length] as string;
    const work = Array.from({ length: 60 }, (_, index) => async () => {
      const [buyerId, operatorId, taskId] = [at(index), at(index + 1 + (index % 2)), randomUUID()];
      await it.db.transaction((tx) => it.ledger.hold(tx, { taskId, buyerId, budget: 20 }));
      await it.db.transaction((tx) =>
        it.ledger.issue(tx, { accountId: operatorId, class: 'earned', credits: 5, key: `more:${index}` }),
      );
      await it.db.transaction((tx) => it.ledger.settle(tx, { taskId, buyerId, operatorId, price: 11, feeBps: 1_000 }));
    });
    expect(outcomes(await Promise.allSettled(work.map((run) => run()))).refused).toEqual([]);
    expect(await it.ledger.platformBalance(FEES)).toMatchObject({ gift: expect.any(Number) });
    expect((await it.audit.run()).problems).toEqual([]);
  });
});
