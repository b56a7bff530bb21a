import type { QualityRule } from '@bakeoff/agent-kit';
import type { MaybeOptionalInit } from 'openapi-fetch';
import { z } from 'zod';
import { PostTask } from '../../../../../src/tasks/task.schema.ts';
import type { Shape } from '../../../api/client.ts';
import type { paths } from '../../../api/schema.d.ts';

export type TaskTypeView = Shape<'TaskType'>;
export type Field = TaskTypeView['requirements'][number];
/** The body of POST /tasks and of its preview. */
export type Post = NonNullable<MaybeOptionalInit<paths['/tasks'], 'post'>>['body'];

const DraftFile = z.object({ id: z.string(), name: z.string(), size: z.number() });
export type DraftFile = z.infer<typeof DraftFile>;

/** A brief as it stands in the form: every field is there, and may be blank. */
const Draft = z.object({
  title: z.string(),
  description: z.string(),
  category: z.string(),
  task_type: z.string(),
  /** Numbers that are not given are ''. Objects are JSON as it was typed. */
  requirements: z.record(z.string(), z.unknown()),
  rules: z.array(z.custom<QualityRule>((rule) => typeof rule === 'object' && rule !== null && 'kind' in rule)),
  attachments: z.array(DraftFile),
  budget: z.union([z.number(), z.literal('')]),
  max_revisions: z.union([z.number(), z.literal('')]),
  /** null: as the market has it. */
  experimentation: z.number().nullable(),
  judge: z.enum(['', 'rules', 'llm']),
  /** JSON as it was typed. */
  tests: z.string(),
});
export type Draft = z.infer<typeof Draft>;

export const BLANK: Draft = {
  title: '',
  description: '',
  category: '',
  task_type: '',
  requirements: {},
  rules: [],
  attachments: [],
  budget: '',
  max_revisions: '',
  experimentation: null,
  judge: '',
  tests: '',
};

/** What the browser kept, which an older version of this page may have written. */
export function draftFrom(kept: unknown): Draft | null {
  const parsed = Draft.safeParse(kept);
  return parsed.success ? parsed.data : null;
}

/** Whether there is anything in it that somebody would miss. */
export function isWorthKeeping({ title, description, requirements, attachments }: Draft): boolean {
  return (
    title.trim() !== '' || description.trim() !== '' || attachments.length > 0 || Object.keys(requirements).length > 0
  );
}

/** A brief like one that was posted before. */
export function draftOf(task: Shape<'Task'>): Draft {
  const { title, description, category, task_type, requirements, quality_rules, attachments, budget } = task;
  return {
    ...{ title, description, category, task_type, budget },
    requirements: Object.fromEntries(
      Object.entries(requirements).map(([key, value]) => [key, isPlainObject(value) ? pretty(value) : value]),
    ),
    rules: quality_rules.rules,
    attachments: attachments.map(({ id, name, size }) => ({ id, name, size })),
    max_revisions: task.max_revisions,
    experimentation: task.experimentation,
    judge: task.judge ?? '',
    tests: task.tests ? pretty(task.tests) : '',
  };
}

/** What is sent for a draft. Fields of another task type stay behind; what is blank is left out. */
export function postOf(draft: Draft, fields: readonly Field[]): Post {
  const { title, description, category, task_type, rules, attachments, budget } = draft;
  return {
    ...{ title, description, category, task_type },
    requirements: requirementsOf(draft, fields),
    quality_rules: { rules },
    metadata: {},
    attachments: attachments.map(({ id }) => id),
    budget: budget as number, // '' is refused by the schema, in its words
    ...(draft.max_revisions === '' ? {} : { max_revisions: draft.max_revisions }),
    ...(draft.experimentation === null ? {} : { experimentation: draft.experimentation }),
    ...(draft.judge === '' ? {} : { judge: draft.judge }),
    ...(draft.tests.trim() === '' ? {} : { tests: fromJson(draft.tests) as Post['tests'] }),
  };
}

export function requirementsOf({ requirements }: Draft, fields: readonly Field[]): Record<string, unknown> {
  const given = fields.flatMap(({ key, type }) => {
    const value = requirements[key];
    if (isBlank(value)) return [];
    return [[key, type === 'object' && typeof value === 'string' ? fromJson(value) : value] as const];
  });
  return Object.fromEntries(given);
}

/** By the form's field, what the server would refuse by the shape alone. */
export function shapeProblems(post: Post): Record<string, string> {
  const parsed = PostTask.safeParse(post);
  const issues = parsed.success ? [] : parsed.error.issues;
  return Object.fromEntries(issues.toReversed().map(({ path, message }) => [fieldOf(path.map(String)), message]));
}

/** The server's names for fields, as the form has them. */
export function fieldOf([root = '', ...rest]: readonly string[]): string {
  if (root === 'quality_rules') return 'rules';
  if (root === 'attachments' || root === 'tests') return root;
  return [root, ...rest.slice(0, 1)].join('.');
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is no JSON stays text, which the schema then refuses. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
