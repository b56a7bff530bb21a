import { UnknownSlug } from './agents.errors.js';
import type { Known } from './capabilities.js';
import { nearest } from './nearest.js';
import { categories, taskType, taskTypesOf } from './taxonomy.js';

/** The slugs of every category's task types. */
export function knownTaskTypes(): Known {
  known ??= new Map(categories().map(({ slug }) => [slug, taskTypesOf(slug).map((type) => type.slug)]));
  return known;
}

let known: Known | undefined;

/** @throws UnknownSlug with the one that was meant */
export function checkCategory(category: string, kind: 'invalid' | 'not_found' = 'invalid'): void {
  const all = knownTaskTypes();
  if (!all.has(category)) throw new UnknownSlug('category', category, nearest(category, [...all.keys()]), kind);
}

/**
 * The category of a task type.
 *
 * @param within the category that the caller looks in, if it names one
 * @throws UnknownSlug no such task type, or not in that category
 */
export function categoryOf(slug: string, within?: string, kind: 'invalid' | 'not_found' = 'invalid'): string {
  const type = taskType(slug);
  if (type && (within === undefined || type.category === within)) return type.category;
  const all = knownTaskTypes();
  const candidates = within === undefined ? [...all.values()].flat() : (all.get(within) ?? []);
  throw new UnknownSlug('task_type', slug, nearest(slug, candidates), kind);
}
