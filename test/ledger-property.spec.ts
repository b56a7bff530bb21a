import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASSES, type CreditClass, FEES, ISSUANCE } from '../src/payouts/entries.js';
import { EscrowClosed, InsufficientCredits, NothingHeld } from '../src/payouts/payouts.errors.js';
import { startLedger, type TestLedger } from './support/ledger.js';

const PEOPLE = 4;
const TASKS = 6;
const person = fc.nat(PEOPLE - 1);
const task = fc.nat(TASKS - 1);

type Step =
  | { kind: 'issue'; who: number; cls: CreditClass; credits: number }
  | { kind: 'hold'; task: number }
  | { kind: 'settle'; task: number; operator: number; share: number; feeBps: number }
  | { kind: 'refund'; task: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('issue'),
    who: person,
    cls: fc.constantFrom(...CLASSES),
    credits: fc.integer({ min: 1, max: 400 }),
  }),
  fc.record({ kind: fc.constant('hold'), task }),
  fc.record({
    kind: fc.constant('settle'),
    task,
    operator: person,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    feeBps: fc.integer({ min: 0, max: 10_000 }),
  }),
  fc.record({ kind: fc.constant('refund'), task }),
);
/** Steps of one batch run at once; batches follow one another. */
const history = fc.record({
  batches: fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
  budgets: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: TASKS, maxLength: TASKS }),
});

const EXPECTED = [InsufficientCredits, EscrowClosed, NothingHeld];
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

function player({ db, ledger }: TestLedger, budgets: number[]) {
  const people = Array.from({ length: PEOPLE }, () => randomUUID());
  const tasks = budgets.map((budget, index) => ({ taskId: randomUUID(), buyerId: pick(people, index), budget }));
  const play = (step: Step): Promise<unknown> =>
    db.transaction(async (tx) => {
      if (step.kind === 'issue') {
        const accountId = pick(people, step.who);
        return ledger.issue(tx, { accountId, class: step.cls, credits: step.credits, key: randomUUID() });
      }
      const { taskId, buyerId, budget } = pick(tasks, step.task);
      if (step.kind === 'hold') return ledger.hold(tx, { taskId, buyerId, budget });
      if (step.kind === 'refund') return ledger.refund(tx, taskId, buyerId);
      const operatorId = pick(people, step.task + 1 + (step.operator % (PEOPLE - 1)));
      return ledger.settle(tx, {
        taskId,
        buyerId,
        operatorId,
        price: 1 + Math.floor(step.share * (budget - 1)),
        feeBps: step.feeBps,
      });
    });
  return { people, play };
}

test('whatever is issued, held, settled and refunded, in whatever order and at once, no credit appears, vanishes or changes its class', async () => {
  const it = await startLedger();
  const people: string[] = [];
  const runHistory = async ({ batches, budgets }: { batches: Step[][]; budgets: number[] }) => {
    const game = player(it, budgets);
    people.push(...game.people);
    for (const batch of batches) {
      const results = await Promise.allSettled(batch.map(game.play));
      for (const result of results) {
        if (result.status === 'rejected' && !EXPECTED.some((type) => result.reason instanceof type))
          throw result.reason;
      }
      if (batch.length % 2 === 0) await it.ledger.snapshot();
    }
    expect((await it.audit.run()).problems).toEqual([]);
  };

  await fc.assert(fc.asyncProperty(history, runHistory), { numRuns: 30, endOnFailure: true });

  const balances = await Promise.all(people.map((id) => it.ledger.balance(id)));
  const [fees, issued] = [await it.ledger.platformBalance(FEES), await it.ledger.platformBalance(ISSUANCE)];
  const held = (cls: CreditClass) =>
    it.value(`SELECT coalesce(sum(balance), 0) FROM ledger_balances WHERE account LIKE 'escrow:%:${cls}'`);
  for (const cls of CLASSES) {
    const spendable = balances.reduce((all, balance) => all + balance[cls], 0);
    expect(spendable + Number(await held(cls)) + fees[cls]).toBe(-issued[cls]);
  }
});
