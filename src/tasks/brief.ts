import type { FieldProblem } from '../platform/http/errors.js';
import { categories, taskType, validateRequirements } from '../registry/taxonomy.js';
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
  if (!categories().some(({ slug }) => slug === input.category)) {
    return [...problems, { field: 'category', message: 'is no category; GET /categories lists them' }];
  }
  if (type?.category !== input.category) {
    return [
      ...problems,
      { field: 'task_type', message: `is no task type of "${input.category}"; GET /categories lists them` },
    ];
  }
  const wrong = validateRequirements(type, input.requirements);
  return [...problems, ...wrong.map(({ field, message }) => ({ field: `requirements.${field}`, message }))];
}
