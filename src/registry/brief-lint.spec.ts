import type { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import type { BriefDraft, BriefSurroundings, BriefType } from './brief-draft.js';
import { lintBrief } from './brief-lint.js';
import { categories, taskType, taskTypesOf } from './taxonomy.js';

const TYPES = categories().flatMap(({ slug }) => taskTypesOf(slug));

const typeOf = (slug: string): BriefType => {
  const type = taskType(slug);
  if (!type) throw new Error(`There is no ${slug}.`);
  return type;
};
const SUMMARY = typeOf('summary');

const GOOD: BriefDraft = {
  title: 'Summarise the minutes of our May meeting',
  description:
    'The attached minutes are to become a summary for members who were not there: what was decided, by whom, and what is due when. Bullet points, in plain words, such as "Anna books the hall by 3 June". Leave out who said what.',
  requirements: Object.fromEntries(SUMMARY.requirements.map(({ key, example }) => [key, example])),
  quality_rules: [],
  attachments: 1,
  budget: 300,
};
const lint = (changes: Partial<BriefDraft> = {}, around?: BriefSurroundings, type = SUMMARY) =>
  lintBrief(type, { ...GOOD, ...changes }, around);
const codes = (...args: Parameters<typeof lint>) => lint(...args).map(({ code }) => code);
/** What is said of rules alone. */
const rules = (...quality_rules: QualityRule[]) =>
  lint({ quality_rules, requirements: {} }).filter(({ code }) => code.startsWith('rule'));

describe('a brief', () => {
  test('that says all has nothing said of it', () => {
    expect(lint()).toEqual([]);
  });

  test.each(TYPES.map((type) => [type.slug, type] as const))(
    'of the benchmark is never told that something is missing or contradicts: %s',
    (_, type) => {
      const { title, description, requirements, quality_rules = [], attachments = [] } = type.fixture;
      const draft = { title, description, requirements, quality_rules, attachments: attachments.length, budget: 500 };
      const found = lintBrief(type, draft);
      expect(
        found.filter(({ severity, code }) => severity === 'missing' || /rule|file_missing|secret/.test(code)),
      ).toEqual([]);
    },
  );

  test('without anything is told what to begin with, the gravest first', () => {
    const empty = { title: '', description: '', requirements: {}, quality_rules: [], attachments: 0, budget: null };
    const found = lintBrief(SUMMARY, empty);
    expect(found.slice(0, 2).map(({ code }) => code)).toEqual(['title_missing', 'description_missing']);
    expect(found.map(({ code }) => code)).toContain('budget_missing');
    const order = found.map(({ severity }) => ['missing', 'weak', 'hint'].indexOf(severity));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    for (const { message, suggestion } of found) {
      expect(message).toMatch(/^\S.*\.$/);
      expect(suggestion).toMatch(/\S/);
    }
  });

  test.each(['Task', 'a test', 'Some work', 'my project!'])('is not called %s', (title) => {
    expect(codes({ title })).toContain('title_empty');
  });

  test('is told each requirement that is missing, and what leaving out another costs', () => {
    const found = lint({ requirements: {} });
    const byField = new Map(found.map((finding) => [finding.field, finding]));
    for (const { key, required } of SUMMARY.requirements)
      if (required) expect(byField.get(`requirements.${key}`)).toMatchObject({ severity: 'missing' });
    const costly = found.filter(({ code }) => code === 'requirement_useful');
    for (const { message } of costly) expect(message).toMatch(/\d+ % of what such work is judged by/);
  });

  test('may be written in another language, of whose words nothing is said', () => {
    const description =
      'Fasse das angehängte Protokoll für Mitglieder zusammen, die nicht dabei waren: was beschlossen wurde, von wem, und was bis wann zu tun ist. Kurz und ansprechend, asap, usw.';
    expect(codes({ description })).toEqual([]);
  });
});

describe('the words of a brief', () => {
  const base = GOOD.description;

  test.each([
    ['Keep it short.', 'short'],
    ['It must be engaging and modern.', 'engaging'],
    ['Give several examples of each.', 'several'],
    ['We need it asap.', 'asap'],
    ['Mention dates, places etc.', 'etc'],
  ])('can mean anything: %s', (sentence, word) => {
    const found = lint({ description: `${base} ${sentence}`, requirements: {} }).filter(({ code }) => code === 'vague');
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain(`"${word}`);
  });

  test.each([
    ['Keep it short: under 90 words.', []],
    ['Keep it short.', [{ kind: 'words', max: 90 } as QualityRule]],
    ['A brief for the board comes later: shortly after the vote.', [{ kind: 'characters', max: 90 } as QualityRule]],
    ['Some members were ill; many of the topics were put off.', []],
  ])('are no guess with a number or a rule: %s', (sentence, quality_rules) => {
    const found = lint({ description: `${base} ${sentence}`, quality_rules, requirements: {} });
    expect(found.filter(({ code }) => code === 'vague')).toEqual([]);
  });

  test('that are few, name nobody, no form and no example, are told so', () => {
    const description = 'Please write a summary of this and that, it should be good.';
    const found = codes({ description, attachments: 0, requirements: {} });
    expect(found).toEqual(expect.arrayContaining(['description_short', 'no_audience', 'no_format', 'no_example']));
  });

  test('hold no secret and no work, or are told so', () => {
    const table = Array.from({ length: 20 }, (_, at) => `${at},name ${at},${at}@example.com`).join('\n');
    expect(codes({ description: `${base}\n\n${table}`, attachments: 0 })).toContain('work_inside');
    expect(codes({ description: `${base}\n\n${table}` })).not.toContain('work_inside');
    expect(codes({ description: `${base} ${'word '.repeat(400)}`, attachments: 0 })).toContain('work_inside');
    expect(codes({ description: `${base} The password is hunter22.` })).toContain('secret_inside');
    expect(codes({ description: `${base} sk-live-abcdefghijklmnop` })).toContain('secret_inside');
  });

  test('speak of files that are there', () => {
    expect(codes({ attachments: 0 })).toContain('file_missing');
    expect(codes({ description: base.replace('The attached minutes', 'These minutes'), attachments: 0 })).not.toContain(
      'file_missing',
    );
    expect(codes({ description: `${base} See sales.csv.`, attachments: 0 })).toContain('file_missing');
  });
});

describe('rules', () => {
  test.each<[string, QualityRule[]]>([
    [
      'ranges that do not meet',
      [
        { kind: 'words', min: 300 },
        { kind: 'words', max: 200 },
      ],
    ],
    ['a range in itself', [{ kind: 'bullets', min: 5, max: 3 }]],
    [
      'a term that must and must not occur',
      [
        { kind: 'includes', terms: ['Refund'] },
        { kind: 'excludes', terms: ['refund'] },
      ],
    ],
    [
      'two languages',
      [
        { kind: 'language', language: 'de' },
        { kind: 'language', language: 'fr' },
      ],
    ],
    [
      'words that have no room',
      [
        { kind: 'words', min: 200 },
        { kind: 'characters', max: 160 },
      ],
    ],
    ['two formats at once', [{ kind: 'json_valid' }, { kind: 'csv_valid' }]],
    [
      'a beginning that is forbidden',
      [
        { kind: 'starts_with', phrase: 'Dear' },
        { kind: 'excludes', terms: ['dear'] },
      ],
    ],
  ])('contradict: %s', (_, quality_rules) => {
    const found = rules(...quality_rules);
    expect(found.map(({ code }) => code)).toEqual(['rules_contradict']);
    expect(found[0]?.field).toBe(`quality_rules.rules.${quality_rules.length - 1}`);
  });

  test.each<[string, QualityRule[]]>([
    [
      'ranges that meet',
      [
        { kind: 'words', min: 100 },
        { kind: 'words', max: 200 },
      ],
    ],
    [
      'of different terms',
      [
        { kind: 'includes_count', term: 'a', min: 3 },
        { kind: 'includes_count', term: 'b', max: 1 },
      ],
    ],
    [
      'some of the terms',
      [
        { kind: 'includes', terms: ['a', 'b'], at_least: 1 },
        { kind: 'excludes', terms: ['a'] },
      ],
    ],
    [
      'headings of two levels',
      [
        { kind: 'headings', level: 1, max: 1 },
        { kind: 'headings', level: 2, min: 2 },
      ],
    ],
    [
      'words that fit',
      [
        { kind: 'words', min: 20 },
        { kind: 'characters', max: 160 },
      ],
    ],
  ])('go together: %s', (_, quality_rules) => {
    expect(rules(...quality_rules)).toEqual([]);
  });

  test('contradict what a requirement asks for', () => {
    const type = TYPES.find(({ requirements, rubric }) =>
      rubric.dimensions.some(({ criteria }) =>
        criteria.some(({ check }) => {
          const max = check?.kind === 'words' ? check.max : undefined;
          return (
            typeof max === 'object' &&
            max !== null &&
            '$field' in max &&
            !('map' in max) &&
            requirements.some(({ key, type: form }) => key === max.$field && form === 'integer')
          );
        }),
      ),
    );
    if (!type) throw new Error('No task type asks for a number of words.');
    const words = type.requirements.find(({ key, type: form }) => /word/.test(key) && form === 'integer');
    const requirements = { ...type.fixture.requirements, [words?.key ?? '']: 100 };
    const found = lint({ requirements, quality_rules: [{ kind: 'words', min: 5_000 }] }, {}, type);
    expect(found.find(({ code }) => code === 'rules_contradict')?.message).toContain(words?.label);
  });

  test('are said once, can be read, and have the file that they compare with', () => {
    expect(rules({ kind: 'words', max: 90 }, { kind: 'words', max: 90 }).map(({ code }) => code)).toEqual([
      'rule_repeated',
    ]);
    expect(rules({ kind: 'regex', pattern: '(', flags: 'u', must: 'match' }).map(({ code }) => code)).toEqual([
      'rule_unreadable',
    ]);
    const compared: QualityRule = { kind: 'not_copied', max_share: 0.3 };
    expect(codes({ quality_rules: [compared], attachments: 0 })).toContain('rule_without_file');
    expect(codes({ quality_rules: [compared] })).toEqual([]);
  });
});

describe('the budget', () => {
  test('is held against what agents ask', () => {
    expect(codes({ budget: 300 }, { minPrices: [100, 200, 300, 400] })).toEqual([]);
    expect(lint({ budget: 150 }, { minPrices: [400, 100, 300, 200] })).toMatchObject([
      {
        code: 'budget_tight',
        severity: 'weak',
        message: expect.stringContaining('1 of 4'),
        suggestion: expect.stringContaining('300'),
      },
    ]);
    expect(lint({ budget: 50 }, { minPrices: [200, 100] })).toMatchObject([
      {
        code: 'budget_low',
        severity: 'missing',
        message: expect.stringContaining('100'),
        suggestion: expect.stringContaining('200'),
      },
    ]);
    expect(codes({ budget: 1 }, { minPrices: [] })).toEqual([]);
  });

  test('is whole and above nothing', () => {
    for (const budget of [0, -5, 1.5]) expect(codes({ budget })).toEqual(['budget_missing']);
  });
});
