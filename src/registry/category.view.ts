import type { CategoryView, TaskTypeView } from './category.schema.js';
import { decidableShare } from './decidable.js';
import { categories, taskType, taskTypesOf } from './taxonomy.js';

export function categoryViews(): CategoryView[] {
  return categories().map(({ slug, name, about }) => ({
    slug,
    name,
    about,
    task_types: taskTypesOf(slug).map((type) => ({ slug: type.slug, name: type.name })),
  }));
}

/** @returns undefined for no such task type in that category */
export function taskTypeView(category: string, slug: string): TaskTypeView | undefined {
  const type = taskType(slug);
  if (type?.category !== category) return undefined;
  return {
    category,
    slug: type.slug,
    name: type.name,
    requirements: type.requirements,
    artifact: type.artifact,
    quality_rules: type.quality_rules,
    rubric: type.rubric,
    decidable_share: decidableShare(type.rubric),
  };
}
