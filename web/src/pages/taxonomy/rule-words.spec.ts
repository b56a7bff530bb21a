import { RULE_KINDS } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { ruleWords } from './rule-words.ts';

describe('a rule in words', () => {
  test('says what is counted and between what', () => {
    expect(ruleWords({ kind: 'words', min: 300, max: 500 })).toBe('Has 300 to 500 words.');
    expect(ruleWords({ kind: 'links', min: 2 })).toBe('Has at least 2 web addresses.');
    expect(ruleWords({ kind: 'pdf_pages', min: 4, max: 4 })).toBe('Has exactly 4 pages.');
  });

  test('quotes terms, but no more than can be read', () => {
    const terms = Array.from({ length: 9 }, (_, n) => `t${n}`);
    expect(ruleWords({ kind: 'excludes', terms })).toBe('Does not say “t0”, “t1”, “t2”, “t3”, “t4”, “t5” and 3 more.');
    expect(ruleWords({ kind: 'language', language: 'de' })).toBe('Is written in German.');
  });

  test('there is one for every kind that there is', () => {
    for (const { kind, example } of RULE_KINDS) expect(ruleWords(example as never).length, kind).toBeGreaterThan(10);
  });
});
