import type { ExecuteRequest } from '@bakeoff/agent-kit';
import type { FieldOrder } from '../lib/dates.ts';
import { mentions, type TableBrief, tableBrief } from '../lib/table-brief.ts';

/** What is to be done to a table, read from requirements, rules and the wording of the brief. */
export interface Plan extends TableBrief {
  /** Columns whose letters change: emails to small ones, names to capitals at the start of each word. */
  lower: string[];
  title: string[];
  /** Which of two equal records stays; null: the first in the file. */
  keep: { column: string; which: 'lowest' | 'highest' } | null;
  dateOrder: FieldOrder | null;
}

const TO_LOWER = /\b(?:small letters|lower[ -]?case)\b/i;
const TO_TITLE = /\bcapitals? at the (?:start|beginning)\b|\btitle[ -]?case\b|\bcapitali[sz]ed?\b|\bproper case\b/i;
const DAY_FIRST = /\bday (?:comes? )?first\b|\bDD[/.-]MM\b/i;
const MONTH_FIRST = /\bmonth (?:comes? )?first\b|(?<!YY[/.-])\bMM[/.-]DD\b/i;
const KEEP =
  /\bkeep(?:ing)?\b[^.;]{0,40}?\b(lowest|smallest|oldest|earliest|highest|largest|greatest|newest|latest|last)\b([^.;]{0,40})/i;
const HIGHEST = new Set(['highest', 'largest', 'greatest', 'newest', 'latest', 'last']);

/** @param header the columns of the source: what the brief may name besides those of the result */
export function planFor(request: ExecuteRequest, header: readonly string[]): Plan {
  const brief = tableBrief(request);
  const text = flat(request.description.slice(0, 8_000));
  const columns = [...new Set([...brief.columns, ...header])].slice(0, 200);
  const clauses = text.split(/[.;]|\band\b/i);
  const casedBy = (wish: RegExp) =>
    columns.filter((column) => clauses.some((clause) => wish.test(clause) && mentions(clause, column)));
  return {
    ...brief,
    lower: [...new Set([...casedBy(TO_LOWER), ...columns.filter((column) => /e-?mail/i.test(column))])],
    title: casedBy(TO_TITLE),
    keep: keepFrom(text, columns),
    dateOrder: DAY_FIRST.test(text) ? 'day-first' : MONTH_FIRST.test(text) ? 'month-first' : null,
  };
}

/** Lines may break anywhere; only a blank one ends a thought. */
function flat(text: string): string {
  return text
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' '))
    .join('. ');
}

function keepFrom(text: string, columns: readonly string[]): Plan['keep'] {
  const [, which = '', rest = ''] = KEEP.exec(text) ?? [];
  const column = columns.find((name) => mentions(rest, name));
  if (column === undefined) return null;
  return { column, which: HIGHEST.has(which.toLowerCase()) ? 'highest' : 'lowest' };
}
