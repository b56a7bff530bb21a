import { expect, test } from 'vitest';
import { auditLines, statementLines, sumLine } from './money.ts';
import { paint } from './paint.ts';

const page = { paint: paint(false), width: 100 };
const line = (kind: string, credits: number, balance: number) => ({
  kind,
  credits,
  balance,
  task_id: null,
  note: null,
  class: 'gift',
});

test('a statement reads from its oldest line on, with its columns below one another', () => {
  const sides = [
    {
      who: 'buyer',
      lines: [line('settlement', 24, 404), line('hold', -120, 380), line('issue', 500, 500)],
      settled: 'came back',
    },
    { who: 'operator', lines: [line('settlement', 82, 582)], settled: 'earned' },
  ];
  expect(statementLines(sides, page)).toEqual([
    '  buyer       +500 gift    given at sign-up             balance 500',
    '              −120 gift    held in escrow for the task  balance 380',
    '               +24 gift    came back                    balance 404',
    '  operator     +82 gift    earned                       balance 582',
  ]);
});

test('the sum says where every credit of the budget went', () => {
  expect(sumLine({ budget: 120, price: 96, received: 82, feeBps: 1_500 })).toBe(
    '  120 held = 82 to the operator + 14 platform fee (15 % of 96, rounded down) + 24 back to the buyer',
  );
});

test('the audit says what it looked at, and every problem', () => {
  const checked = { transactions: 1, entries: 3, accounts: 2, snapshots: 0 };
  expect(auditLines({ ok: true, checked, problems: [] }, page)).toEqual([
    '  ✓ every balance and the whole sum recomputed from 1 transaction, 3 entries, 2 accounts: all right',
  ]);
  const problems = [{ rule: 'sum_zero', subject: 'transaction 7', detail: 'is off by 1' }];
  expect(auditLines({ ok: false, checked, problems }, page)).toEqual([
    '  ✗ recomputed from 1 transaction, 3 entries, 2 accounts: 1 problem',
    '    sum_zero: transaction 7: is off by 1',
  ]);
});
