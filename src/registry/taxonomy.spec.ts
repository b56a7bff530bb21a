import { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { decidableShare } from './decidable.js';
import { applies, type Criterion, resolveCheck, resolveTemplate, TaskType } from './rubric.schema.js';
import { type CategorizedTaskType, categories, taskType, taskTypesOf, validateRequirements } from './taxonomy.js';
import { MOSTLY_DECIDABLE, taxonomyTable } from './taxonomy-table.js';

const TYPES = categories().flatMap(({ slug }) => taskTypesOf(slug));
const ENTRIES = TYPES.map((type) => [type.slug, type] as const);

function theType(slug: string): CategorizedTaskType {
  const type = taskType(slug);
  if (!type) throw new Error(`no task type ${slug}`);
  return type;
}

function criteriaOf({ rubric }: TaskType): Criterion[] {
  return rubric.dimensions.flatMap(({ criteria }) => criteria);
}

/** What an empty or lazy answer meets as well: such checks may only round off a rubric. */
function isNegative({ kind, ...rule }: QualityRule): boolean {
  if ('must' in rule && rule.must === 'not_match') return true;
  if ('max' in rule && rule.max !== undefined && !('min' in rule && rule.min) && kind !== 'artifact')
    return kind !== 'svg_colors' || !('includes' in rule);
  return (
    ['excludes', 'no_commas', 'no_placeholder_text', 'no_repetition', 'sentence_length', 'line_length'].includes(
      kind,
    ) || ['svg_safe', 'html_safe', 'not_copied', 'shorter_than_source', 'max_bytes', 'grounded'].includes(kind)
  );
}

/** Each criterion's share of the whole, among those that ask something of this type's own benchmark task. */
function shares(type: CategorizedTaskType): { criterion: Criterion; share: number; rule: QualityRule | null }[] {
  return type.rubric.dimensions.flatMap(({ weight, criteria }) => {
    const asked = criteria.filter((criterion) => applies(criterion, type.fixture.requirements));
    const all = asked.reduce((sum, criterion) => sum + criterion.weight, 0);
    return asked.map((criterion) => ({
      criterion,
      share: (weight * criterion.weight) / all,
      rule: criterion.check && resolveCheck(criterion.check, type.fixture.requirements),
    }));
  });
}

describe('the taxonomy', () => {
  test('has at least 12 categories and 78 task types', () => {
    expect(categories().length).toBeGreaterThanOrEqual(12);
    expect(TYPES.length).toBeGreaterThanOrEqual(78);
  });

  test('names every category and task type once', () => {
    for (const slugs of [categories(), TYPES].map((all) => all.map(({ slug }) => slug))) {
      expect(new Set(slugs).size).toBe(slugs.length);
    }
    expect(new Set(TYPES.map(({ name }) => name)).size).toBe(TYPES.length);
  });

  test('tells of each category in a name and a sentence', () => {
    for (const { slug, name, about } of categories()) {
      expect(slug).toMatch(/^[a-z][a-z0-9-]{1,59}$/);
      expect(name, slug).toMatch(/^.{1,60}$/);
      expect(about, slug).toMatch(/^.{10,200}$/);
    }
  });

  test('has the task types that the example agents work on', () => {
    const slugs = [
      'csv-cleaning',
      'json-extraction',
      'summary',
      'svg-logo',
      'regex-from-examples',
      'sql-from-examples',
    ];
    expect(slugs.map((slug) => theType(slug).category)).toEqual(
      'data data writing design programming programming'.split(' '),
    );
  });

  test('answers undefined and nothing for what it does not know', () => {
    expect(taskType('constructor')).toBeUndefined();
    expect(taskTypesOf('nowhere')).toEqual([]);
  });

  test('has at least 35 task types that a program can judge for the most part', () => {
    expect(TYPES.filter((type) => decidableShare(type.rubric) >= MOSTLY_DECIDABLE).length).toBeGreaterThanOrEqual(35);
  });

  test('judges no two task types alike', () => {
    const judged = TYPES.map(({ rubric, quality_rules }) => JSON.stringify([rubric.dimensions, quality_rules]));
    expect(new Set(judged).size).toBe(TYPES.length);
    const asked = TYPES.map((type) => new Set(criteriaOf(type).map(({ question }) => question)));
    const alike = asked.flatMap((questions, i) =>
      asked.slice(i + 1).flatMap((others, j) => {
        const common = [...questions].filter((question) => others.has(question)).length;
        return common > Math.min(questions.size, others.size) / 3
          ? [`${TYPES[i]?.slug} ${TYPES[i + 1 + j]?.slug}`]
          : [];
      }),
    );
    expect(alike).toEqual([]);
  });

  test('gives every task type a benchmark task of its own', () => {
    expect(new Set(TYPES.map(({ fixture }) => fixture.title)).size).toBe(TYPES.length);
    expect(new Set(TYPES.map(({ fixture }) => fixture.description)).size).toBe(TYPES.length);
  });
});

describe.each(ENTRIES)('%s', (_slug, type) => {
  test('follows the schema, weights that sum to 1 included', () => {
    const { category: _category, ...data } = type;
    expect(TaskType.safeParse(data).error).toBeUndefined();
  });

  test('has 2 to 7 fields with help, and examples that are valid', () => {
    expect(type.requirements.length).toBeGreaterThanOrEqual(2);
    expect(type.requirements.length).toBeLessThanOrEqual(7);
    const examples = Object.fromEntries(type.requirements.map(({ key, example }) => [key, example]));
    expect(validateRequirements(type, examples)).toEqual([]);
  });

  test('has 3 to 6 dimensions and at least six questions', () => {
    expect(type.rubric.dimensions.length).toBeGreaterThanOrEqual(3);
    expect(type.rubric.dimensions.length).toBeLessThanOrEqual(6);
    expect(criteriaOf(type).length).toBeGreaterThanOrEqual(6);
  });

  test('makes a rule of every check, for its examples and for its benchmark task', () => {
    const examples = Object.fromEntries(type.requirements.map(({ key, example }) => [key, example]));
    for (const { key, check } of criteriaOf(type)) {
      if (!check) continue;
      expect(resolveTemplate(check, examples), key).toMatchObject({ kind: 'rule' });
      expect(resolveTemplate(check, type.fixture.requirements).kind, key).not.toBe('invalid');
    }
  });

  test('has a benchmark task that satisfies its own fields and says enough', () => {
    expect(validateRequirements(type, type.fixture.requirements)).toEqual([]);
    const words = type.fixture.description.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(60);
    expect(words).toBeLessThanOrEqual(200);
  });

  test('has a benchmark task that a program can judge in part', () => {
    const decided = shares(type).filter(({ rule }) => rule !== null);
    expect(decided.length).toBeGreaterThanOrEqual(3);
  });

  test('gives little weight to what an empty answer meets too', () => {
    const negative = shares(type).filter(({ rule }) => rule !== null && isNegative(rule));
    expect(negative.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(0.16);
  });
});

describe('requirements', () => {
  const csv = theType('csv-cleaning');
  const valid = { columns: ['id', 'name'], unique_by: ['id'] };
  const problem = (requirements: Record<string, unknown>) => validateRequirements(csv, requirements);

  test('are fine when the required fields are there', () => {
    expect(problem(valid)).toEqual([]);
    expect(problem({ ...valid, sort_by: '', not_blank: [], expected_rows: null })).toEqual([]);
  });

  test('name a missing field and help with it', () => {
    expect(problem({ columns: ['id'] })).toEqual([
      { field: 'unique_by', message: expect.stringContaining('is required: The columns by which') },
    ]);
    expect(problem({ columns: [], unique_by: null }).map(({ field }) => field)).toEqual(['columns', 'unique_by']);
  });

  test('name an unknown field and the one that was meant', () => {
    expect(problem({ ...valid, colums: ['id'] })).toEqual([
      { field: 'colums', message: 'is no field of "csv-cleaning"; did you mean "columns"?' },
    ]);
    expect(problem({ ...valid, nonsense: 1 })[0]?.message).toContain('its fields are columns, unique_by');
  });

  test.each([
    ['a text for a list', { columns: 'id' }, 'must be a list of texts'],
    ['an item that is no text', { columns: ['id', 7] }, 'item 2 must be a text of 1 to 200 characters'],
    ['a number that is not whole', { expected_rows: 2.5 }, 'must be a whole number'],
    ['a number out of range', { expected_rows: -1 }, 'must be at least 0'],
    ['a number as a text', { expected_rows: '12' }, 'must be a number'],
    ['a text that is too long', { sort_by: 'x'.repeat(101) }, 'must have at most 100 characters'],
    ['a list that is too long', { unique_by: Array.from({ length: 11 }, String) }, 'must have at most 10 items'],
  ])('refuse %s', (_what, bad, message) => {
    expect(problem({ ...valid, ...bad })).toEqual([{ field: Object.keys(bad)[0], message }]);
  });

  test('refuse a choice that is none, and an object that is none', () => {
    const logo = theType('svg-logo');
    const wrong = { brand: 'Kestrel', colours: ['#0b7285'], format: 'round' };
    expect(validateRequirements(logo, wrong)).toEqual([
      { field: 'format', message: 'must be one of "square", "wide"' },
    ]);
    const extraction = theType('json-extraction');
    expect(validateRequirements(extraction, { schema: null, required_paths: ['a'] })[0]?.message).toBe(
      'is required: What the document must look like. A description of a property says where its value stands.',
    );
    expect(validateRequirements(extraction, { schema: 'x', required_paths: ['a'] })).toEqual([
      { field: 'schema', message: 'must be an object' },
    ]);
  });

  test('refuse values of which no rule can be made, before anybody works on them', () => {
    const fix = theType('accessibility-fix');
    const tags = { page_language: 'en', must_keep: ['Prices'], elements: ['<Nav>'] };
    expect(validateRequirements(fix, tags)).toEqual([
      { field: 'elements', message: expect.stringContaining("can't be checked") },
    ]);
  });
});

test('the table names every task type in its category, with its share', () => {
  const table = taxonomyTable();
  for (const { slug, name } of categories()) expect(table).toContain(`## ${name} (\`${slug}\`)`);
  for (const { slug } of TYPES) expect(table).toMatch(new RegExp(`^\\| \`${slug}\` \\| .* \\d+ % \\|$`, 'm'));
});
