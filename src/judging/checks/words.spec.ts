import type { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { findingOf } from '../../../test/support/answers.js';
import type { Met } from '../judgement.schema.js';

const GERMAN = 'Der Zug fährt heute nicht, weil die Strecke gesperrt ist und der Schnee auf den Gleisen liegt.';
const ENGLISH = 'The train does not run today because the line is closed and there is snow on the tracks.';

const CASES: readonly (readonly [QualityRule, string, Met])[] = [
  [{ kind: 'words', min: 3, max: 5 }, "Don't worry, e-mail me", 'yes'],
  [{ kind: 'words', min: 3, max: 5 }, '# One\n\n- two', 'no'],
  [{ kind: 'words', min: 4 }, '今日は良い天気です', 'yes'],
  [{ kind: 'sentences', min: 2, max: 2 }, 'Dr. Smith came at 3.30 p.m. today. He left, e.g. by train.', 'yes'],
  [{ kind: 'sentences', min: 3 }, 'One. Two.', 'no'],
  [{ kind: 'sentence_length', mean_max: 5 }, 'This is short. So is this.', 'yes'],
  [{ kind: 'sentence_length', longest_max: 4 }, 'This sentence has got six words.', 'no'],
  [{ kind: 'sentence_length', mean_max: 5 }, '# A heading', 'unknown'],
  [{ kind: 'characters', max: 5 }, 'naïve', 'yes'],
  [{ kind: 'characters', max: 5 }, 'naïvely', 'no'],
  [{ kind: 'letters', letter: 'e', min: 3 }, 'Eleven', 'yes'],
  [{ kind: 'letters', letter: 'e', max: 2 }, 'Eleven', 'no'],
  [{ kind: 'letters', min: 3, max: 3 }, 'a1 b2 c3', 'yes'],
  [{ kind: 'numbers', min: 2 }, 'From 1,250 to 2026-01-31', 'yes'],
  [{ kind: 'numbers', min: 3 }, 'From 1,250 to 2026-01-31', 'no'],
  [{ kind: 'capital_words', min: 2 }, 'NASA and ESA met', 'yes'],
  [{ kind: 'capital_words', max: 1 }, 'NASA and ESA met', 'no'],
  [{ kind: 'includes', terms: ['Two Weeks', 'refund'] }, 'A refund takes two\nweeks.', 'yes'],
  [{ kind: 'includes', terms: ['fund'] }, 'A refund takes two weeks.', 'no'],
  [{ kind: 'includes', terms: ['a', 'b', 'c'], at_least: 2 }, 'a and c', 'yes'],
  [{ kind: 'includes_count', term: 'lamp', min: 2, max: 2 }, 'Lamp by lamp, no lampshade', 'yes'],
  [{ kind: 'includes_count', term: 'lamp', min: 3 }, 'Lamp by lamp', 'no'],
  [{ kind: 'excludes', terms: ['cheap'] }, 'Cheaper than before', 'yes'],
  [{ kind: 'excludes', terms: ['cheap'] }, 'Cheap!', 'no'],
  [{ kind: 'case', to: 'upper' }, 'ALL OF IT 1', 'yes'],
  [{ kind: 'case', to: 'upper' }, 'ALL of it', 'no'],
  [{ kind: 'case', to: 'lower' }, 'all of it', 'yes'],
  [{ kind: 'case', to: 'lower' }, '123', 'unknown'],
  [{ kind: 'case', to: 'title' }, '# The Lord of the Rings\n\nand so on', 'yes'],
  [{ kind: 'case', to: 'title' }, '# The lord of the rings', 'no'],
  [{ kind: 'language', language: 'German' }, GERMAN, 'yes'],
  [{ kind: 'language', language: 'de' }, ENGLISH, 'no'],
  [{ kind: 'language', language: 'ja' }, '今日は良い天気ですね。散歩に行きましょう。', 'yes'],
  [{ kind: 'language', language: 'ru' }, 'Поезд сегодня не идёт, потому что на путях лежит снег и всё закрыто.', 'yes'],
  [{ kind: 'language', language: 'de' }, 'ok', 'unknown'],
  [{ kind: 'language', language: 'Klingon' }, ENGLISH, 'unknown'],
  [{ kind: 'no_commas' }, 'None here.', 'yes'],
  [{ kind: 'no_commas' }, 'One, here.', 'no'],
  [{ kind: 'no_placeholder_text' }, 'Dear Ada, see [1] and [x] done.', 'yes'],
  [{ kind: 'no_placeholder_text' }, 'Dear [Customer Name], hello.', 'no'],
  [{ kind: 'no_placeholder_text' }, 'Price: TODO', 'no'],
  [{ kind: 'no_placeholder_text' }, 'Hello {{first_name}}', 'no'],
  [{ kind: 'no_repetition', max_share: 0.1 }, 'This is said only once here. That is said once too.', 'yes'],
  [{ kind: 'no_repetition', max_share: 0.1 }, 'This is said twice here. This is said twice here.', 'no'],
  [{ kind: 'no_repetition', max_share: 0.1 }, '# Nothing', 'unknown'],
  [{ kind: 'regex', pattern: '^ORD-\\d{6}$', flags: 'm', must: 'match' }, 'see\nORD-123456', 'yes'],
  [{ kind: 'regex', pattern: '\\d', flags: 'u', must: 'not_match' }, 'a1', 'no'],
  [{ kind: 'regex', pattern: 'a', flags: 'u', must: 'match', min: 2, max: 2 }, 'banana', 'no'],
  [{ kind: 'regex', pattern: 'a\\-b', flags: 'u', must: 'match' }, 'a-b', 'yes'],
  [{ kind: 'regex', pattern: '(', flags: 'u', must: 'match' }, 'a', 'unknown'],
  [{ kind: 'regex', pattern: '^(a+)+$', flags: 'u', must: 'match' }, `${'a'.repeat(40)}!`, 'unknown'],
  [{ kind: 'text_equals', text: 'Forty two', exact: false }, ' forty\n TWO ', 'yes'],
  [{ kind: 'text_equals', text: 'Forty two', exact: true }, 'forty two', 'no'],
];

describe('rules about words', () => {
  test.each(CASES)('%j on %j: %s', async (rule, text, met) => {
    expect((await findingOf(rule, text)).met).toBe(met);
  });

  test('evidence says in numbers what was seen and what was asked for', async () => {
    const { evidence } = await findingOf({ kind: 'words', min: 300, max: 500 }, 'only three words');
    expect(evidence).toBe('3 words; asked for 300 to 500');
  });

  test('invisible characters add no words, and what stands in a comment does not count', async () => {
    const text = 'one<!-- two three four --> t\u200bwo';
    expect((await findingOf({ kind: 'words', min: 2, max: 2 }, text)).met).toBe('yes');
  });

  test('evidence never carries control characters or half a character', async () => {
    const { evidence } = await findingOf({ kind: 'text_equals', text: 'x', exact: false }, `\u0007${'😀'.repeat(300)}`);
    expect(evidence).not.toMatch(/\p{Cc}/u);
    expect(evidence.isWellFormed()).toBe(true);
  });
});
