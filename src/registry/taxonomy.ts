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

/** What work there is, in two levels: data, of which a task type is parsed when it is first asked for. */

export interface Category {
  readonly slug: string;
  readonly name: string;
  /** What belongs here, in a sentence. */
  readonly about: string;
}

/** A file as it stands there: what its texts and types hold is looked at by a test, and where a type is parsed. */
interface CategoryFile extends Category {
  readonly task_types: readonly { readonly slug: string }[];
}

/** A task type that knows its category. */
export type CategorizedTaskType = TaskType & { readonly category: string };

const FILES: readonly CategoryFile[] = [
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
];

const CATEGORIES: readonly Category[] = FILES.map(({ slug, name, about }) => ({ slug, name, about }));

const BY_SLUG: ReadonlyMap<string, () => CategorizedTaskType> = new Map(
  FILES.flatMap(({ slug: category, task_types }) =>
    task_types.map((type) => [type.slug, once(() => ({ ...TaskTypeShape.parse(type), category }))]),
  ),
);

const BY_CATEGORY: ReadonlyMap<string, () => readonly CategorizedTaskType[]> = new Map(
  FILES.map(({ slug, task_types }) => [slug, once(() => task_types.flatMap((type) => taskType(type.slug) ?? []))]),
);

/** All categories, in the order in which they are shown. */
export function categories(): readonly Category[] {
  return CATEGORIES;
}

/** The task type of this slug, which is unique over all categories. */
export function taskType(slug: string): CategorizedTaskType | undefined {
  return BY_SLUG.get(slug)?.();
}

/** By category, in the order in which they are shown; for this none is parsed. */
export function taskTypeSlugs(): ReadonlyMap<string, readonly string[]> {
  return new Map(FILES.map(({ slug, task_types }) => [slug, task_types.map((type) => type.slug)]));
}

/** The task types of a category; none when there is no such category. */
export function taskTypesOf(category: string): readonly CategorizedTaskType[] {
  return BY_CATEGORY.get(category)?.() ?? [];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
