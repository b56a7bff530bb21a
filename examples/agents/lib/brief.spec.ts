import { Decline } from '@bakeoff/agent-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aRequest } from '../testing/calls.ts';
import { clean, countOf, expectTaskType, listOf, own, priceFor, rulesOf, said, textOf } from './brief.ts';

describe('reading a brief', () => {
  test('takes what was meant, and nothing for what has another shape', () => {
    const requirements = { columns: ['id', 7, null, ' name '], text: ' a ', list: 'a, b', rows: '12', odd: { a: 1 } };
    expect(listOf(requirements, 'columns')).toEqual(['id', '7', 'name']);
    expect(listOf(requirements, 'list')).toEqual(['a', 'b']);
    expect(textOf(requirements, 'text')).toBe('a');
    expect(textOf(requirements, 'odd')).toBeNull();
    expect(countOf(requirements, 'rows')).toBe(12);
    expect(countOf({ rows: -1 }, 'rows')).toBeNull();
    expect(own(requirements, 'constructor')).toBeUndefined();
  });

  test('never throws, whatever stands in the requirements', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.string(), (requirements, key) => {
        textOf(requirements, key);
        listOf(requirements, key);
        countOf(requirements, key);
      }),
    );
  });

  test('leaves out what the contract can not carry', () => {
    expect(clean('a\u0000b\u200bc\ud83d\td\ne')).toBe('abc\ufffd\td\ne');
    expect(said('x'.repeat(5_000)).length).toBeLessThanOrEqual(2_000);
  });

  test('rules are found by their kind', () => {
    const request = aRequest({ quality_rules: { rules: [{ kind: 'words', max: 9 }, { kind: 'no_commas' }] } });
    expect(rulesOf(request, 'words')).toEqual([{ kind: 'words', max: 9 }]);
  });

  test('the price is a share of the budget, and never below the minimum', () => {
    const request = (amount: number) => aRequest({ budget: { amount, currency: 'credits' } });
    expect(priceFor(request(100), 20, 0.7)).toBe(70);
    expect(priceFor(request(24), 20, 0.7)).toBe(20);
    expect(() => priceFor(request(19), 20, 0.7)).toThrow(Decline);
  });

  test('other work is declined', () => {
    expect(() => expectTaskType(aRequest({ task_type: 'speech' }), 'summary')).toThrow(Decline);
  });
});
