import { UnknownSlug } from './agents.errors.js';
import type { Known } from './capabilities.js';
import { nearest } from './nearest.js';
import { taskType, taskTypeSlugs } from './taxonomy.js';

const KNOWN: Known = taskTypeSlugs();

/** The slugs of every category's task types. */
export function knownTaskTypes(): Known {
  return KNOWN;
}

/** @throws UnknownSlug with the one that was meant */
export function checkCategory(category: string, kind: 'invalid' | 'not_found' = 'invalid'): void {
  if (!KNOWN.has(category)) throw new UnknownSlug('category', category, nearest(category, [...KNOWN.keys()]), kind);
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
  const candidates = within === undefined ? [...KNOWN.values()].flat() : (KNOWN.get(within) ?? []);
  throw new UnknownSlug('task_type', slug, nearest(slug, candidates), kind);
}
