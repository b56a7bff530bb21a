import { describe, expect, test } from 'vitest';
import { QualityRule, QualityRules, RULE_KINDS, type RuleKind } from './rules.js';

describe('quality rules', () => {
  test.each(RULE_KINDS)('$kind says what it asks and has an example that is valid', ({ kind, asks, example }) => {
    expect(asks).toMatch(/\.$/);
    expect(QualityRule.parse(example).kind).toBe(kind);
  });

  test('no two kinds share a name', () => {
    expect(new Set(RULE_KINDS.map(({ kind }) => kind)).size).toBe(RULE_KINDS.length);
  });

  test('an unknown kind, an unknown argument and a range that is none are refused', () => {
    expect(QualityRule.safeParse({ kind: 'mood' }).success).toBe(false);
    expect(QualityRule.safeParse({ kind: 'no_commas', extra: 1 }).success).toBe(false);
    expect(QualityRule.safeParse({ kind: 'words' }).success).toBe(false);
    expect(QualityRule.safeParse({ kind: 'words', min: 5, max: 4 }).success).toBe(false);
    expect(QualityRule.safeParse({ kind: 'words', min: 5, max: 5 }).success).toBe(true);
  });

  test('a rule may name its target by artifact type or file ending, and by nothing else', () => {
    expect(QualityRule.safeParse({ kind: 'words', min: 1, target: 'markdown' }).success).toBe(true);
    expect(QualityRule.safeParse({ kind: 'words', min: 1, target: '.csv' }).success).toBe(true);
    expect(QualityRule.safeParse({ kind: 'words', min: 1, target: '../etc' }).success).toBe(false);
  });

  test('arguments that nest deeply or weigh much are refused without a stack overflow', () => {
    let deep: object = {};
    for (let i = 0; i < 50_000; i++) deep = { deep };
    expect(QualityRule.safeParse({ kind: 'json_schema', schema: deep }).success).toBe(false);
    expect(QualityRule.safeParse({ kind: 'json_equals', path: 'a', value: 'x'.repeat(20_001) }).success).toBe(false);
  });

  test('without rules there are none, and 41 are too many', () => {
    expect(QualityRules.parse(undefined)).toEqual({ rules: [] });
    expect(QualityRules.parse({})).toEqual({ rules: [] });
    const rules = Array.from({ length: 41 }, () => ({ kind: 'no_commas' satisfies RuleKind }));
    expect(QualityRules.safeParse({ rules }).success).toBe(false);
  });

  test('types know the arguments of a kind', () => {
    const rule: QualityRule = { kind: 'words', min: 3 };
    const min: number | undefined = rule.min;
    expect(min).toBe(3);
  });
});
