import { describe, expect, test } from 'vitest';
import { lead } from '../lead-summary/lead.ts';
import { sentencesOf, wordsOf } from '../lib/prose.ts';
import { summaryBrief } from '../lib/summary-brief.ts';
import { Search, seeded } from '../term-summary/weigh.ts';
import { aRequest } from '../testing/calls.ts';
import { chosen } from './choose.ts';
import { tightened } from './tighten.ts';

const TEXT = `The mill was built in 1890 and grinds rye for nine bakeries. It stands on the river Ane. The owners would like to thank the town.

The wheel of the mill is worn out (see the photographs). Two of its arms have cracked. In order to grind, the mill needs a wheel.

A new wheel costs 40,000 pounds. It would last for thirty years. A motor costs 9,000 pounds and is loud.

The owners prefer the wheel, as the bakeries pay for flour that was ground by water. The work takes six weeks in May.`;

const sentences = sentencesOf(TEXT);
const briefOf = (requirements: object) =>
  summaryBrief(aRequest({ title: 'The mill', description: 'Sum it up.', requirements: { ...requirements } }));

describe('a ranked summary', () => {
  test('keeps to its words and holds what must be mentioned', () => {
    for (const max_words of [20, 35, 50, 80]) {
      const text = chosen(sentences, briefOf({ max_words, must_mention: ['40,000', 'May'] })).join(' ');
      expect(wordsOf(text).length).toBeLessThanOrEqual(max_words);
      expect(text).toContain('40,000');
      expect(text).toContain('May');
    }
  });

  test('takes a sentence that begins with "It" together with the one before it', () => {
    const text = chosen(sentences, briefOf({ max_words: 40, must_mention: ['thirty years'] })).join(' ');
    expect(text).toContain('A new wheel costs £40,000, and it would last for thirty years.');
  });

  test('leaves out thanks, and what rules exclude', () => {
    const rules = [{ kind: 'excludes' as const, terms: ['motor'] }];
    const brief = summaryBrief(aRequest({ requirements: { max_words: 200 }, quality_rules: { rules } }));
    const text = chosen(sentences, brief).join(' ');
    expect(text).not.toMatch(/thank|motor/);
  });

  test('has at most nine points', () => {
    expect(chosen(sentences, briefOf({ max_words: 300, format: 'bullets' })).length).toBeLessThanOrEqual(9);
  });

  test('says the same in fewer words', () => {
    expect(tightened('However, the wheel (a big one) is able to turn at all times.')).toBe(
      'The wheel can turn always.',
    );
    expect(tightened('About 40 of them, among them the old ones, leave.')).toBe('Some 40 of them leave.');
    expect(tightened('It costs 9 pounds, or 5 per cent, which was agreed by all.')).toBe(
      'It costs £9, or 5% (agreed by all).',
    );
    expect(tightened('The wheel (a big one) turns for 9 pounds.', ['big', '9 pounds'])).toBe(
      'The wheel (a big one) turns for 9 pounds.',
    );
  });
});

describe('a searched summary', () => {
  const search = (seed: number, steps: number) => {
    const one = new Search(sentences, briefOf({ max_words: 40, must_mention: ['May'] }), seeded(seed));
    one.run(steps);
    return one.result();
  };

  test('keeps to its words, mentions what it must, and can be replayed', () => {
    const text = search(1, 5_000).join(' ');
    expect(wordsOf(text).length).toBeLessThanOrEqual(40);
    expect(text).toContain('May');
    expect(search(1, 5_000).join(' ')).toBe(text);
  });

  test('of no sentences is empty', () => {
    const one = new Search([], briefOf({}), seeded(1));
    one.run(100);
    expect(one.result()).toEqual([]);
  });
});

test('a lead takes the openings of paragraphs first, and keeps to its words', () => {
  expect(lead(sentences, 32)).toEqual([
    'The mill was built in 1890 and grinds rye for nine bakeries.',
    'The wheel of the mill is worn out (see the photographs).',
    'A new wheel costs 40,000 pounds.',
  ]);
});
