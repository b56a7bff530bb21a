import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  available,
  CLASSES,
  type CreditClass,
  type Credits,
  type Entry,
  escrow,
  FEES,
  hold,
  ISSUANCE,
  issue,
  refund,
  settlement,
  total,
} from './entries.js';
import { InsufficientCredits } from './payouts.errors.js';

const TASK = '00000000-0000-4000-8000-000000000001';
const BUYER = '00000000-0000-4000-8000-000000000002';
const OPERATOR = '00000000-0000-4000-8000-000000000003';
const MAX = Number.MAX_SAFE_INTEGER;

/** Small amounts, where rounding shows, and amounts up to the last safe integer, where floats would lose credits. */
const amount = (least: number, most: number) =>
  fc.oneof(fc.integer({ min: least, max: Math.min(most, least + 30_000) }), fc.integer({ min: least, max: most }));
const credits: fc.Arbitrary<Credits> = amount(0, MAX).chain((gift) =>
  amount(0, MAX - gift).map((earned) => ({ gift, earned })),
);
const someCredits = credits.filter((value) => total(value) > 0);
const payment = someCredits.chain((held) =>
  fc.record({ held: fc.constant(held), price: amount(1, total(held)), feeBps: fc.integer({ min: 0, max: 10_000 }) }),
);

const sum = (entries: Entry[], cls: CreditClass) =>
  entries.filter((entry) => entry.class === cls).reduce((all, entry) => all + BigInt(entry.credits), 0n);
const into = (entries: Entry[], account: string, cls: CreditClass) =>
  entries.find((entry) => entry.account === account && entry.class === cls)?.credits ?? 0;
const wellFormed = (entries: Entry[]) => {
  expect(CLASSES.map((cls) => sum(entries, cls))).toEqual([0n, 0n]);
  expect(entries.every((entry) => Number.isSafeInteger(entry.credits) && entry.credits !== 0)).toBe(true);
  expect(new Set(entries.map((entry) => `${entry.account} ${entry.class}`)).size).toBe(entries.length);
};
const settle = (paid: { held: Credits; price: number; feeBps: number }) =>
  settlement({ taskId: TASK, buyerId: BUYER, operatorId: OPERATOR, ...paid });

describe('a hold', () => {
  test('moves the whole budget into escrow, gift first, each class by itself', () => {
    expect(hold({ taskId: TASK, buyerId: BUYER, budget: 700, available: { gift: 500, earned: 900 } })).toEqual([
      { account: available(BUYER, 'gift'), class: 'gift', credits: -500 },
      { account: escrow(TASK, 'gift'), class: 'gift', credits: 500 },
      { account: available(BUYER, 'earned'), class: 'earned', credits: -200 },
      { account: escrow(TASK, 'earned'), class: 'earned', credits: 200 },
    ]);
  });

  test('touches earned credits only when the gift is used up, for every balance and budget', () => {
    const cases = someCredits.chain((own) => fc.record({ own: fc.constant(own), budget: amount(1, total(own)) }));
    fc.assert(
      fc.property(cases, ({ own, budget }) => {
        const entries = hold({ taskId: TASK, buyerId: BUYER, budget, available: own });
        wellFormed(entries);
        const held = {
          gift: into(entries, escrow(TASK, 'gift'), 'gift'),
          earned: into(entries, escrow(TASK, 'earned'), 'earned'),
        };
        expect(total(held)).toBe(budget);
        expect(held.gift).toBe(Math.min(own.gift, budget));
        for (const cls of CLASSES) expect(held[cls]).toBeLessThanOrEqual(own[cls]);
      }),
    );
  });

  test('of more than there is says what there is and what is needed', () => {
    const tooMuch = () => hold({ taskId: TASK, buyerId: BUYER, budget: 1_001, available: { gift: 500, earned: 500 } });
    expect(tooMuch).toThrow(InsufficientCredits);
    expect(tooMuch).toThrow('The balance is 1000 credits and 1001 are needed.');
  });

  test.each([0, -1, 1.5, Number.NaN, MAX + 1])('of %s is refused', (budget) => {
    expect(() => hold({ taskId: TASK, buyerId: BUYER, budget, available: { gift: 9, earned: 9 } })).toThrow(RangeError);
  });
});

describe('a settlement', () => {
  test('pays operator and fee in the class the credit was held in and returns the rest', () => {
    expect(settle({ held: { gift: 500, earned: 700 }, price: 1_000, feeBps: 1_500 })).toEqual([
      { account: escrow(TASK, 'gift'), class: 'gift', credits: -500 },
      { account: available(OPERATOR, 'gift'), class: 'gift', credits: 425 },
      { account: FEES, class: 'gift', credits: 75 },
      { account: escrow(TASK, 'earned'), class: 'earned', credits: -700 },
      { account: available(OPERATOR, 'earned'), class: 'earned', credits: 425 },
      { account: available(BUYER, 'earned'), class: 'earned', credits: 200 },
      { account: FEES, class: 'earned', credits: 75 },
    ]);
  });

  test('empties the escrow, pays the price and no credit more, and creates none', () => {
    fc.assert(
      fc.property(payment, ({ held, price, feeBps }) => {
        const entries = settle({ held, price, feeBps });
        wellFormed(entries);
        const paidOut = entries.filter(
          ({ account }) => account === FEES || account.startsWith(`available:${OPERATOR}`),
        );
        expect(paidOut.reduce((all, entry) => all + entry.credits, 0)).toBe(price);
        for (const cls of CLASSES) {
          expect(into(entries, escrow(TASK, cls), cls)).toBe(held[cls] === 0 ? 0 : -held[cls]);
          expect(into(entries, available(OPERATOR, cls), cls)).toBeGreaterThanOrEqual(0);
          expect(into(entries, available(BUYER, cls), cls)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('spends gift first and floors the fee per class, exactly, up to the largest amount', () => {
    fc.assert(
      fc.property(payment, ({ held, price, feeBps }) => {
        const entries = settle({ held, price, feeBps });
        const gift = Math.min(held.gift, price);
        for (const [cls, paid] of [
          ['gift', gift],
          ['earned', price - gift],
        ] as const) {
          expect(BigInt(into(entries, FEES, cls))).toBe((BigInt(paid) * BigInt(feeBps)) / 10_000n);
        }
      }),
    );
  });

  test('loses no credit where the plain product of price and fee is no longer exact', () => {
    const earned = 9_007_199_254_739_999;
    const entries = settle({ held: { gift: 0, earned }, price: earned, feeBps: 1_500 });
    expect(Math.floor((earned * 1_500) / 10_000)).toBe(1_351_079_888_211_000);
    expect(into(entries, FEES, 'earned')).toBe(1_351_079_888_210_999);
    expect(into(entries, available(OPERATOR, 'earned'), 'earned')).toBe(earned - 1_351_079_888_210_999);
  });

  test('without a fee leaves the platform out, with the whole as fee the operator', () => {
    const held = { gift: 0, earned: 10 };
    expect(settle({ held, price: 10, feeBps: 0 }).map(({ account }) => account)).not.toContain(FEES);
    expect(settle({ held, price: 10, feeBps: 10_000 }).map(({ account }) => account)).toEqual([
      escrow(TASK, 'earned'),
      FEES,
    ]);
  });

  test.each([
    ['no price', { price: 0 }],
    ['a price above what is held', { price: 101 }],
    ['a broken price', { price: 0.5 }],
    ['a negative fee', { feeBps: -1 }],
    ['a fee above the whole', { feeBps: 10_001 }],
    ['a broken fee', { feeBps: 0.1 }],
    ['a negative escrow', { held: { gift: -1, earned: 200 } }],
    ['an escrow too large to count', { held: { gift: MAX, earned: 1 } }],
  ])('with %s is refused', (_, wrong) => {
    expect(() => settle({ held: { gift: 50, earned: 50 }, price: 100, feeBps: 1_500, ...wrong })).toThrow(RangeError);
  });

  test('of an account with itself is refused', () => {
    const held = { gift: 0, earned: 10 };
    expect(() => settlement({ taskId: TASK, buyerId: BUYER, operatorId: BUYER, held, price: 10, feeBps: 0 })).toThrow(
      RangeError,
    );
  });
});

describe('a refund', () => {
  test('returns every credit in its own class', () => {
    fc.assert(
      fc.property(someCredits, (held) => {
        const entries = refund({ taskId: TASK, buyerId: BUYER, held });
        wellFormed(entries);
        for (const cls of CLASSES) expect(into(entries, available(BUYER, cls), cls)).toBe(held[cls]);
      }),
    );
  });

  test('of an empty escrow is refused', () => {
    expect(() => refund({ taskId: TASK, buyerId: BUYER, held: { gift: 0, earned: 0 } })).toThrow(RangeError);
  });
});

describe('an issue', () => {
  test('gives an account new credits of one class, against the platform', () => {
    expect(issue({ accountId: BUYER, class: 'gift', credits: 500 })).toEqual([
      { account: ISSUANCE, class: 'gift', credits: -500 },
      { account: available(BUYER, 'gift'), class: 'gift', credits: 500 },
    ]);
  });

  test.each([0, -5, 0.5, Number.POSITIVE_INFINITY])('of %s is refused', (count) => {
    expect(() => issue({ accountId: BUYER, class: 'gift', credits: count })).toThrow(RangeError);
  });
});
