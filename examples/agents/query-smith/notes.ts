import type { Query } from './query.ts';

/** Changes a query as a buyer's notes say. Returns what was understood, in words. */
export function changedBy(notes: string, query: Query): { query: Query; understood: string[] } {
  const text = notes.slice(0, 4_000);
  const understood: string[] = [];
  let changed = query;
  const limit = /\b(?:top|first|limit(?: to)?|only the|at most)\s+(\d{1,5})\b/i.exec(text)?.[1];
  if (limit !== undefined && Number(limit) > 0) {
    changed = { ...changed, limit: Number(limit) };
    understood.push(`limited to ${limit} rows`);
  }
  const names = query.select.map(({ name }) => name);
  const asked = /\b(?:sort|order)(?:ed|ing)?\b([^.;\n]{0,80})/i.exec(text)?.[1];
  const name =
    asked === undefined ? undefined : names.find((one) => new RegExp(`\\b${escaped(one)}\\b`, 'i').test(asked));
  const isDescending = /\b(?:desc|descending|falling|largest|highest|newest|latest)\b/i.test(text);
  const isAscending = /\b(?:asc|ascending|rising|smallest|lowest|oldest)\b/i.test(text);
  const [first] = changed.orderBy;
  if (name !== undefined) {
    changed = { ...changed, orderBy: [{ name, isDescending }] };
    understood.push(`sorted by ${name}${isDescending ? ', descending' : ''}`);
  } else if (first && isDescending !== isAscending) {
    changed = { ...changed, orderBy: [{ ...first, isDescending }, ...changed.orderBy.slice(1)] };
    understood.push(`sorted ${isDescending ? 'descending' : 'ascending'}`);
  }
  return { query: changed, understood };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
