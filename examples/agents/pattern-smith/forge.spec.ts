import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../test/support/processor.ts';
import { forged } from './forge.ts';
import { matches } from './nodes.ts';
import { withNotes } from './notes.ts';

const forge = (accept: string[], reject: string[] = [], maxLength = 200) =>
  forged({ accept, reject, maxLength }, { left: 3_000_000 });

describe('a forged pattern', () => {
  test.each([
    [
      ['DE-20418833-7', 'FR-00000001-X'],
      ['de-20418833-7', 'DE-2041883-7', 'DEU-20418833-7'],
      '^[A-Z]{2}-\\d{8}-[\\dX]$',
    ],
    [['09:30', '23:59', '00:00'], ['24:00', '12:60'], '^(?:[0-1]\\d|2[0-3]):[0-5]\\d$'],
    [
      ['2026-01-31', '1999-12-01'],
      ['2026-13-01', '2026-01-32'],
      '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[1-2]\\d|3[0-1])$',
    ],
    [['1.0.0', '2.10.3', '0.1.0-beta'], ['1.0', '1.0.0-'], '^\\d\\.\\d+\\.\\d(?:-[a-z]+)?$'],
    [['snake_case', 'a_b', 'one_two_three'], ['_x', 'a__b'], '^[a-z]+(?:_[a-z]+)+$'],
    [['#fff', '#0b7285', '#ABC'], ['#ffff', '#ggg', 'fff'], '^#(?:[\\dA-Fa-f]{3}|[\\dA-Fa-f]{6})$'],
    [['red', 'green'], ['purple', 'Red'], '^[a-z]{3,5}$'],
    [['a/b', 'c/d'], ['a b'], '^[a-z]\\/[a-z]$'],
    [['Ångström', 'Łódź'], ['łódź'], '^\\p{Lu}\\p{Ll}+$'],
  ])('of %j against %j is %s', (accept, reject, pattern) => {
    expect(forge(accept, reject)?.pattern).toBe(pattern);
  });

  test('takes every good example and no bad one, in the engine that will use it', () => {
    const example = fc.string({
      unit: fc.constantFrom('a', 'b', 'X', '1', '2', '-', '.', ' ', '(', '*', '中', 'é'),
      minLength: 1,
      maxLength: 10,
    });
    const lists = fc.record({
      accept: fc.uniqueArray(example, { minLength: 1, maxLength: 6 }),
      reject: fc.uniqueArray(example, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(lists, ({ accept, reject }) => {
        const bad = reject.filter((one) => !accept.includes(one));
        const found = forge(accept, bad);
        if (!found) return;
        const expression = new RegExp(found.pattern, 'u');
        expect(accept.filter((one) => !expression.test(one))).toEqual([]);
        expect(bad.filter((one) => expression.test(one))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps a bad example out by name only if nothing else sets it apart', () => {
    expect(forge(['ab', 'cd', 'ef', 'gh', 'ij', 'kl', 'mn', 'op', 'qr'], ['ae'])).toMatchObject({ named: ['ae'] });
  });

  test('says when it is longer than allowed', () => {
    expect(forge(['2026-01-31', '1999-12-01'], ['2026-13-01'], 10)?.isTooLong).toBe(true);
  });

  test('is found in bounded time for examples made to take long', async () => {
    const accept = Array.from({ length: 50 }, (_, i) => 'A中1-b_'.repeat(40).slice(0, 150 + i));
    const reject = accept.map((one) => `${one}!`);
    expect(await processorMs(() => forge(accept, reject))).toBeLessThan(5_000);
  });

  test('is nothing where the fuel does not last', () => {
    expect(matches({ kind: 'text', text: 'a' }, 'a', { left: 0 })).toBe(false);
  });

  test('takes new examples from the notes of a revision', () => {
    const given = { accept: ['AB-1', 'CD-2'], reject: ['ab-1', 'AB1'], maxLength: 50 };
    const { examples, understood } = withNotes(
      given,
      'It should match "EF-10" too. It must not match "CD-2". Ignore case.',
    );
    expect(examples.accept).toEqual(['AB-1', 'EF-10', 'ab-1', 'cd-2', 'CD-2']);
    expect(examples.reject).toContain('AB1');
    expect(understood).toHaveLength(3);
    expect(withNotes(given, 'Nicer!').understood).toEqual([]);
  });
});
