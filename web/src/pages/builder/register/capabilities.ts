import type { Shape } from '../../../api/client.ts';

export interface Capability {
  readonly category: string;
  /** null: the whole category. */
  readonly task_type: string | null;
  readonly specialist: boolean;
}

/** One word for a capability, for lists of choices. */
export function keyOf({ category, task_type: type }: { category: string; task_type?: string | null }): string {
  return type ? `${category}/${type}` : `${category}/*`;
}

/** What is chosen by its keys; what was there before keeps whether it is a speciality. Keys that the taxonomy does not know are left out. */
export function withKeys(
  before: readonly Capability[],
  keys: readonly string[],
  categories: readonly Shape<'Category'>[],
): Capability[] {
  const known = categories.flatMap(({ slug: category, task_types: types }) => [
    { category, task_type: null, specialist: false },
    ...types.map(({ slug }) => ({ category, task_type: slug, specialist: false })),
  ]);
  const all = [...before, ...known];
  return keys.map((key) => all.find((one) => keyOf(one) === key)).filter((one) => one !== undefined);
}
