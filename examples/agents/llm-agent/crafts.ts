import { type Artifact, code, csv, image, json, markdown, text } from '@bakeoff/agent-kit';
import { parseCsv } from '../lib/csv.ts';

/** How one kind of work is asked for, checked and handed over. Pure. */
export interface Craft {
  /** What the file has to be, for the model. */
  wanted: string;
  /** What is wrong with what came, in words for the model; null when nothing is. */
  problem: (content: string) => string | null;
  artifact: (content: string) => Artifact;
}

const CRAFTS: Readonly<Record<string, Craft>> = {
  'csv-cleaning': {
    wanted:
      'One CSV file with a header: the columns of `columns` in that order, one row for each real record, as `unique_by`, `not_blank`, `date_column` (YYYY-MM-DD) and `sort_by` say.',
    problem: (content) => {
      const { header, rows } = parseCsv(content);
      if (header.length < 2 || rows.length === 0) return 'That is no CSV with a header and rows.';
      return rows.every((row) => row.length === header.length)
        ? null
        : 'Some rows have more or fewer fields than the header.';
    },
    artifact: (content) => csv('cleaned.csv', `${content}\n`),
  },
  'json-extraction': {
    wanted:
      'One JSON object that follows the JSON Schema in `schema`, filled from the attached files and from nothing else.',
    problem: (content) => (objectFrom(content) === null ? 'That is not one JSON object.' : null),
    artifact: (content) => json('extracted.json', objectFrom(content)),
  },
  summary: {
    wanted:
      'A summary of the attached text in your own words, as Markdown: at most `max_words` words and at least half of them, in the form of `format`, with everything of `must_mention`.',
    problem: () => null,
    artifact: (content) => markdown('summary.md', `${content}\n`),
  },
  'svg-logo': {
    wanted:
      'One SVG file for `brand`: a mark of 3 to 40 shapes and the name as <text>, all of `colours`, a viewBox of 1:1 (`square`) or 3:1 (`wide`), nothing loaded from elsewhere, no scripts.',
    problem: (content) =>
      /^<svg[\s>].*<\/svg>$/s.test(content) ? null : 'That is not one SVG file from <svg> to </svg>.',
    artifact: (content) => image('logo.svg', 'image/svg+xml', Buffer.from(content)),
  },
  'regex-from-examples': {
    wanted:
      'One regular expression in JavaScript syntax for the flag u, alone on one line and without slashes: it matches each of `accept` from beginning to end and none of `reject`.',
    problem: (content) => (content.includes('\n') ? 'That is more than one line.' : null),
    artifact: (content) => text('pattern.txt', content),
  },
  'sql-from-examples': {
    wanted:
      'One SELECT statement in the SQL of `dialect` that makes the wanted rows out of the given ones, with `result_columns` in that order.',
    problem: (content) =>
      /^(?:--[^\n]*\n\s*)*(?:select|with)\b/i.test(content) ? null : 'That does not begin with SELECT or WITH.',
    artifact: (content) => code('query.sql', `${content}\n`, 'application/sql'),
  },
};

export const TASK_TYPES = Object.keys(CRAFTS);

export function craftOf(taskType: string): Craft | null {
  return Object.hasOwn(CRAFTS, taskType) ? (CRAFTS[taskType] ?? null) : null;
}

/** The file in what a model said: the only code fence, if there is one, else all of it. */
export function contentOf(said: string): string {
  const fences = said.split(/^```[^\n]*$/m);
  return (fences.length === 3 ? (fences[1] ?? '') : said).trim();
}

function objectFrom(content: string): object | null {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
