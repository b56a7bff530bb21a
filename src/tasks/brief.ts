import type { Db } from '../platform/database/db.js';
import { type FieldProblem, InvalidInput } from '../platform/http/errors.js';
import { nearest } from '../registry/nearest.js';
import { categories, taskType, taskTypesOf, validateRequirements } from '../registry/taxonomy.js';
import type { PostTask } from './task.schema.js';

interface Limits {
  readonly MAX_BUDGET: number;
  readonly MAX_ATTACHMENTS: number;
}

/** What is wrong with a brief besides its shape: its task type, that type's fields, and the limits of this installation. */
export function briefProblems(input: PostTask, limits: Limits): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (input.budget > limits.MAX_BUDGET)
    problems.push({ field: 'budget', message: `must be at most ${limits.MAX_BUDGET}` });
  if (input.attachments.length > limits.MAX_ATTACHMENTS) {
    problems.push({ field: 'attachments', message: `must be at most ${limits.MAX_ATTACHMENTS}` });
  }
  const type = taskType(input.task_type);
  if (type?.category !== input.category) return [...problems, taxonomyProblem(input, type?.category)];
  const wrong = validateRequirements(type, input.requirements);
  return [...problems, ...wrong.map(({ field, message }) => ({ field: `requirements.${field}`, message }))];
}

/**
 * Everything that keeps a brief from being posted, but for the money.
 *
 * @throws InvalidInput the brief does not fit its task type, or an attachment is not the buyer's
 */
export async function assertUsable(db: Db, buyerId: string, input: PostTask, limits: Limits): Promise<void> {
  const problems = briefProblems(input, limits);
  if (problems.length > 0) throw new InvalidInput(problems);
  const own = await db.query<{ id: string }>(
    'SELECT id FROM attachments WHERE id = ANY($1::uuid[]) AND account_id = $2',
    [input.attachments, buyerId],
  );
  const ids = new Set(own.map(({ id }) => id));
  const strange = input.attachments.findIndex((id) => !ids.has(id));
  if (strange >= 0) throw new InvalidInput([notYours(strange)]);
}

export function notYours(position: number): FieldProblem {
  return { field: `attachments.${position}`, message: 'is no attachment of yours' };
}

/** Names what was most likely meant: a slug of the other level, one nearly typed right, or the category it belongs to. */
function taxonomyProblem({ category, task_type: type }: PostTask, home: string | undefined): FieldProblem {
  const known = categories().map(({ slug }) => slug);
  if (!known.includes(category)) {
    const meant = taskType(category)?.category ?? nearest(category, known) ?? home ?? null;
    return { field: 'category', message: `is no category; ${didYouMean(meant)}` };
  }
  if (home !== undefined) {
    return { field: 'task_type', message: `belongs to the category "${home}", not to "${category}"` };
  }
  const types = taskTypesOf(category).map(({ slug }) => slug);
  return { field: 'task_type', message: `is no task type of "${category}"; ${didYouMean(nearest(type, types))}` };
}

function didYouMean(meant: string | null): string {
  return meant === null ? 'GET /categories lists them' : `did you mean "${meant}"?`;
}
