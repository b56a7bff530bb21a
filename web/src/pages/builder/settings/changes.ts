/** The fields whose values differ, with their new ones: what a PATCH says. Compared as JSON. */
export function changesOf<Values extends object>(before: Values, after: Values): Partial<Values> {
  const keys = Object.keys(before) as (keyof Values)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<Values>; // a part of `after`
}
