import { memo } from '../judging/memo.js';
import { type CategorizedTaskType, taskType } from '../registry/taxonomy.js';
import type { Task } from './task.entity.js';

/** What every answer to a task is judged by. The very same object for the same task: judges remember what they read in a brief. */
export const askedOf = memo(({ taskType: slug, title, description, category, requirements, qualityRules }: Task) => ({
  brief: { title, description, category, requirements },
  taskType: typeOf(slug),
  qualityRules: qualityRules.rules,
}));

function typeOf(slug: string): CategorizedTaskType {
  const type = taskType(slug);
  if (!type) throw new Error(`The task type ${slug} is gone from the taxonomy.`);
  return type;
}
