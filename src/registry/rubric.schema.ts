import { QualityRule, RULE_KINDS } from '@bakeoff/agent-kit';
import { z } from 'zod';

/** How work of one task type is judged, as data. The taxonomy is written in these shapes; judging reads them. */

const Key = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'small letters, digits and _');
const KINDS = RULE_KINDS.map(({ kind }) => kind);

/**
 * A value to be taken from the task's requirements. A field that is not given and has no `default` makes
 * the whole criterion not apply; with `optional` only this argument is left out, or this item of a list.
 */
export const FieldRef = z.strictObject({
  $field: Key,
  default: z.unknown().optional(),
  /** Numbers are multiplied by this and rounded: "at least 90 % of the words asked for". */
  times: z.number().positive().optional(),
  /** Exchanges a choice for an argument: `{ "short": 150, "long": 900 }`. A value that is not named counts as not given. */
  map: z.record(z.string(), z.unknown()).optional(),
  optional: z.boolean().optional(),
});
export type FieldRef = z.infer<typeof FieldRef>;

/** A quality rule whose arguments, or items of a list argument, may be a `FieldRef`. */
export const RuleTemplate = z.looseObject({ kind: z.enum(KINDS) });
export type RuleTemplate = z.infer<typeof RuleTemplate>;

/** One question a judge answers with yes, no or unknown. Without a `check` it takes a model or a person to say. */
export const Criterion = z.strictObject({
  key: Key,
  question: z.string().min(8).max(300).endsWith('?'),
  weight: z.number().positive().max(10).default(1),
  check: RuleTemplate.nullable(),
  /** The criterion applies only where the requirement has one of these values. */
  when: z.strictObject({ field: Key, is: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }).optional(),
});
export type Criterion = z.infer<typeof Criterion>;

export const Dimension = z.strictObject({
  key: Key,
  name: z.string().min(1).max(60),
  /** Share of the total; a rubric's dimensions sum to 1. */
  weight: z.number().positive().max(1),
  criteria: z.array(Criterion).min(1).max(20),
});
export type Dimension = z.infer<typeof Dimension>;

export const Rubric = z.strictObject({
  version: z.int().min(1),
  dimensions: z
    .array(Dimension)
    .min(2)
    .max(8)
    .refine((all) => Math.abs(all.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-6, 'Weights must sum to 1.')
    .refine((all) => isDistinct(all.map(({ key }) => key)), 'Dimension keys must differ.')
    .refine(
      (all) => isDistinct(all.flatMap(({ criteria }) => criteria.map(({ key }) => key))),
      'Criterion keys must differ.',
    ),
});
export type Rubric = z.infer<typeof Rubric>;

export const RequirementField = z
  .strictObject({
    key: Key,
    label: z.string().min(1).max(80),
    type: z.enum(['text', 'number', 'integer', 'boolean', 'choice', 'list', 'object']),
    required: z.boolean(),
    options: z.array(z.string().min(1).max(80)).min(2).max(40).optional(),
    /** Of a number its value, of a text its characters, of a list its items. */
    min: z.number().optional(),
    max: z.number().optional(),
    help: z.string().min(1).max(300),
    example: z.unknown(),
  })
  .refine(
    ({ type, options }) => (type === 'choice') === (options !== undefined),
    'A choice has options, and nothing else has.',
  );
export type RequirementField = z.infer<typeof RequirementField>;

export const Requirements = z.record(z.string(), z.unknown());
export type Requirements = z.infer<typeof Requirements>;

/** The benchmark task of a type: a brief that every agent of the type must be able to answer. */
export const Fixture = z.strictObject({
  title: z.string().min(1).max(200),
  description: z.string().min(40).max(5_000),
  requirements: Requirements,
  quality_rules: z.array(QualityRule).max(40).optional(),
  attachments: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(120),
        media_type: z.string().min(3).max(100),
        content: z.string().min(1).max(50_000),
      }),
    )
    .max(5)
    .optional(),
});
export type Fixture = z.infer<typeof Fixture>;

/** A task type that may hold a template which never works: the server's own are looked at by a test, and not at each start. */
export const TaskTypeShape = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/),
  name: z.string().min(1).max(80),
  requirements: z.array(RequirementField).max(20),
  rubric: Rubric,
  quality_rules: z.array(QualityRule).max(20).describe("The type's own rules; the buyer's come on top."),
  artifact: z.strictObject({
    type: z.enum(['text', 'markdown', 'html', 'code', 'json', 'image', 'file']),
    media_type: z.string().min(3).max(100),
    name: z.string().min(1).max(120).describe('What the main file is called: `cleaned.csv`.'),
    about: z.string().min(8).max(300).describe('What a good answer consists of, in a sentence.'),
  }),
  fixture: Fixture,
});

export const TaskType = TaskTypeShape.superRefine((type, ctx) => {
  for (const problem of templateProblems(type)) ctx.addIssue({ code: 'custom', message: problem, path: ['rubric'] });
});
export type TaskType = z.infer<typeof TaskType>;

/** What became of a template: a rule to check, or why there is none. */
export type Resolved =
  | { readonly kind: 'rule'; readonly rule: QualityRule }
  | { readonly kind: 'absent'; readonly field: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Fills a template from a task's requirements and validates the rule it makes. Never throws. */
export function resolveTemplate(template: RuleTemplate, requirements: Requirements): Resolved {
  const filled: Record<string, unknown> = {};
  for (const [name, argument] of Object.entries(template)) {
    const found = fill(argument, requirements);
    if (found.kind === 'absent') return found;
    if (found.kind === 'values' && found.values.length > 0) filled[name] = found.values[0];
  }
  const parsed = QualityRule.safeParse(filled);
  if (parsed.success) return { kind: 'rule', rule: parsed.data };
  return { kind: 'invalid', reason: z.prettifyError(parsed.error).slice(0, 300) };
}

/** The rule that a template makes of these requirements, or null where it does not apply. */
export function resolveCheck(template: RuleTemplate, requirements: Requirements): QualityRule | null {
  const resolved = resolveTemplate(template, requirements);
  return resolved.kind === 'rule' ? resolved.rule : null;
}

/** Whether the criterion is asked at all of a task with these requirements. */
export function applies({ when }: Criterion, requirements: Requirements): boolean {
  return when === undefined || when.is.some((value) => value === requirements[when.field]);
}

/** Values of an argument: one, or none when it is optional and not given. */
type Filled = { kind: 'values'; values: unknown[] } | { kind: 'absent'; field: string };

function fill(argument: unknown, requirements: Requirements): Filled {
  if (Array.isArray(argument)) return fillList(argument, requirements);
  const ref = FieldRef.safeParse(argument);
  return ref.success ? lookUp(ref.data, requirements) : { kind: 'values', values: [argument] };
}

/** A list keeps its items; a field that is itself a list is spliced in. */
function fillList(items: unknown[], requirements: Requirements): Filled {
  const list: unknown[] = [];
  for (const item of items) {
    const found = fill(item, requirements);
    if (found.kind === 'absent') return found;
    list.push(...found.values.flat(1));
  }
  return { kind: 'values', values: [list] };
}

function lookUp({ $field, times, map, optional, ...rest }: FieldRef, requirements: Requirements): Filled {
  const given = isGiven(requirements, $field) ? requirements[$field] : undefined;
  const mapped =
    map === undefined || given === undefined
      ? given
      : Object.hasOwn(map, String(given))
        ? map[String(given)]
        : undefined;
  const value = mapped ?? rest.default;
  if (value === undefined) return optional ? { kind: 'values', values: [] } : { kind: 'absent', field: $field };
  return {
    kind: 'values',
    values: [typeof value === 'number' && times !== undefined ? Math.round(value * times) : value],
  };
}

/** Blank texts and empty lists are what a form sends for "not given". */
function isGiven(requirements: Requirements, field: string): boolean {
  if (!Object.hasOwn(requirements, field)) return false;
  const value = requirements[field];
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
}

function isDistinct(keys: string[]): boolean {
  return new Set(keys).size === keys.length;
}

/** Templates that could never work: they name a field the type has not, or make no valid rule of its examples. */
function templateProblems({ requirements, rubric }: { requirements: RequirementField[]; rubric: Rubric }): string[] {
  const examples = Object.fromEntries(requirements.map(({ key, example }) => [key, example]));
  const criteria = rubric.dimensions.flatMap((dimension) => dimension.criteria);
  return criteria.flatMap(({ key, check, when }) => {
    const unknown = [...fieldsOf(check), ...(when ? [when.field] : [])].filter((field) => !(field in examples));
    if (unknown.length > 0) return [`${key}: the type has no requirement ${unknown.join(', ')}.`];
    const resolved = check === null ? null : resolveTemplate(check, examples);
    return resolved?.kind === 'invalid' ? [`${key}: ${resolved.reason}`] : [];
  });
}

function fieldsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const ref = FieldRef.safeParse(value);
  return ref.success ? [ref.data.$field] : Object.values(value).flatMap(fieldsOf);
}
