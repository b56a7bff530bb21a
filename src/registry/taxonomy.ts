import { z } from 'zod';
import { type TaskType, TaskTypeShape } from './rubric.schema.js';
import aiWork from './taxonomy/ai-work.json' with { type: 'json' };
import audioVideo from './taxonomy/audio-video.json' with { type: 'json' };
import business from './taxonomy/business.json' with { type: 'json' };
import data from './taxonomy/data.json' with { type: 'json' };
import design from './taxonomy/design.json' with { type: 'json' };
import education from './taxonomy/education.json' with { type: 'json' };
import legalAdmin from './taxonomy/legal-admin.json' with { type: 'json' };
import marketing from './taxonomy/marketing.json' with { type: 'json' };
import operations from './taxonomy/operations.json' with { type: 'json' };
import programming from './taxonomy/programming.json' with { type: 'json' };
import research from './taxonomy/research.json' with { type: 'json' };
import support from './taxonomy/support.json' with { type: 'json' };
import translation from './taxonomy/translation.json' with { type: 'json' };
import web from './taxonomy/web.json' with { type: 'json' };
import writing from './taxonomy/writing.json' with { type: 'json' };

export { type RequirementProblem, validateRequirements } from './requirements.js';

/** What work there is, in two levels: data that is read and parsed once, at start. */

const CategoryFile = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/),
  name: z.string().min(1).max(60),
  about: z.string().min(10).max(200),
  task_types: z.array(TaskTypeShape).min(1),
});

export interface Category {
  readonly slug: string;
  readonly name: string;
  /** What belongs here, in a sentence. */
  readonly about: string;
}

/** A task type that knows its category. */
export type CategorizedTaskType = TaskType & { readonly category: string };

const FILES = z
  .array(CategoryFile)
  .parse([
    writing,
    translation,
    design,
    web,
    programming,
    data,
    marketing,
    business,
    research,
    education,
    support,
    legalAdmin,
    operations,
    aiWork,
    audioVideo,
  ]);

const CATEGORIES: readonly Category[] = FILES.map(({ slug, name, about }) => ({ slug, name, about }));

const BY_CATEGORY: ReadonlyMap<string, readonly CategorizedTaskType[]> = new Map(
  FILES.map(({ slug, task_types }) => [slug, task_types.map((type) => ({ ...type, category: slug }))]),
);

const BY_SLUG: ReadonlyMap<string, CategorizedTaskType> = new Map(
  [...BY_CATEGORY.values()].flat().map((type) => [type.slug, type]),
);

/** All categories, in the order in which they are shown. */
export function categories(): readonly Category[] {
  return CATEGORIES;
}

/** The task type of this slug, which is unique over all categories. */
export function taskType(slug: string): CategorizedTaskType | undefined {
  return BY_SLUG.get(slug);
}

/** The task types of a category; none when there is no such category. */
export function taskTypesOf(category: string): readonly CategorizedTaskType[] {
  return BY_CATEGORY.get(category) ?? [];
}
