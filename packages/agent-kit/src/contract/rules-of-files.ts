import { z } from 'zod';
import { ArtifactType } from './artifact.js';
import { Columns, Count, counted, FileEnding, Flags, Path, rule, Share, SmallJson, Terms } from './rule.js';

const SqlDialect = z.enum(['postgresql', 'mysql', 'sqlite', 'bigquery']);
const Pixels = z.int().min(1).max(100_000);

/** Kinds of rules about files: what came, and whether a parser of its format agrees. */

export const fileRules = [
  rule(
    'artifact',
    'There are so many artifacts of this type, media type or file ending; one at least by default.',
    {
      type: ArtifactType.optional(),
      media_type: z.string().min(1).max(100).optional(),
      extension: FileEnding.optional(),
      min: Count.default(1),
      max: Count.optional(),
    },
    { extension: '.csv', min: 1, max: 1 },
  ),
  rule(
    'max_bytes',
    'Each artifact is at most this large.',
    { bytes: z.int().min(1).max(10_485_760) },
    { bytes: 100_000 },
  ),
  rule(
    'file_type',
    'The bytes are really one of these formats, by what they begin with.',
    {
      types: z
        .array(z.string().regex(/^[a-z0-9.]{1,10}$/))
        .min(1)
        .max(20),
    },
    { types: ['png', 'jpg'] },
  ),
  rule('valid', 'Each artifact is what its ending, media type or type says, and a parser reads it to the end.', {}),
  rule(
    'image_size',
    'Each image, PNG, JPEG, GIF, WebP, AVIF or TIFF, has so many pixels, and this ratio of width to height within 2 %.',
    {
      min_width: Pixels.optional(),
      max_width: Pixels.optional(),
      min_height: Pixels.optional(),
      max_height: Pixels.optional(),
      ratio: z.number().positive().max(100).optional(),
    },
    { min_width: 1_200, ratio: 1.91 },
  ).refine(
    (given) => Object.keys(given).some((name) => /^(?:min|max)_|^ratio$/.test(name)),
    'Give at least one bound.',
  ),
  counted('pdf_pages', 'How many pages the PDF has.', {}, { min: 1, max: 4 }),
  rule(
    'pdf_text',
    'Each of these terms occurs in the text of the PDF, whatever its case.',
    { terms: Terms },
    { terms: ['Invoice 2026-114'] },
  ),
  rule(
    'links_safe',
    'No link runs a script, carries a password, shows another address than it leads to, or imitates a host with look-alike letters. Links into private networks count unless allowed.',
    { allow_private: z.boolean().default(false), https_only: z.boolean().default(false) },
    { https_only: true },
  ),
  rule(
    'archive_safe',
    'The archive has no path that leads out of it, no link, no program, nothing encrypted, and does not swell when it is unpacked.',
    {},
  ),
] as const;

export const jsonRules = [
  rule(
    'json_valid',
    'The answer is one JSON value.',
    { root: z.enum(['object', 'array']).optional() },
    { root: 'object' },
  ),
  rule(
    'json_schema',
    'The JSON follows this JSON Schema (draft 7).',
    { schema: SmallJson },
    { schema: { type: 'object', required: ['id'] } },
  ),
  rule(
    'json_has',
    'Each path leads to a value that is not null and not blank.',
    { paths: z.array(Path).min(1).max(50) },
    { paths: ['invoice.total', 'items.0.sku'] },
  ),
  rule(
    'json_equals',
    'The value at the path is this one.',
    { path: Path, value: SmallJson },
    { path: 'invoice.total', value: 129.5 },
  ),
  counted(
    'json_count',
    'How many items the list at the path has; the whole document when absent.',
    { path: Path.optional() },
    { path: 'items', min: 10 },
  ),
] as const;

export const csvRules = [
  rule('csv_valid', 'The answer is CSV with a header, and every row has as many fields as the header.', {
    delimiter: z.string().length(1).optional(),
  }),
  rule(
    'csv_columns',
    'The header has these columns; with `exact`, these in this order and no others.',
    { columns: Columns, exact: z.boolean().default(false) },
    { columns: ['id', 'email'], exact: true },
  ),
  counted('csv_rows', 'How many rows there are without the header.', {}, { min: 1, max: 500 }),
  rule('csv_unique', 'No two rows agree in all of these columns.', { columns: Columns }, { columns: ['email'] }),
  rule(
    'csv_no_blank',
    'No field of these columns is blank; of any column when absent.',
    { columns: Columns.optional() },
    { columns: ['id'] },
  ),
  rule(
    'csv_values',
    'Every field of the column that is not blank is of this type (dates as YYYY-MM-DD), or one of these values.',
    {
      column: z.string().min(1).max(100),
      type: z.enum(['integer', 'number', 'date', 'email', 'boolean', 'url']).optional(),
      one_of: z.array(z.string().max(200)).min(1).max(200).optional(),
    },
    { column: 'joined', type: 'date' },
  ).refine(({ type, one_of }) => (type ?? one_of) !== undefined, 'Give type or one_of.'),
  rule(
    'csv_sorted',
    'Rows are in the order of this column: numbers by value, everything else by text.',
    { column: z.string().min(1).max(100), order: z.enum(['ascending', 'descending']).default('ascending') },
    { column: 'date' },
  ),
  rule(
    'csv_equals',
    'The rows hold these known answers, in any order; columns that are not named do not matter.',
    {
      rows: z
        .array(z.record(z.string().max(100), z.string().max(1_000)))
        .min(1)
        .max(200),
      exact: z.boolean().default(false),
    },
    { rows: [{ id: '1', email: 'ada@example.org' }] },
  ),
  rule(
    'csv_from_source',
    'Values of the column come from the attached CSV, and this share of its values is kept.',
    { column: z.string().min(1).max(100), min_share: Share.default(0.9) },
    { column: 'email', min_share: 0.95 },
  ),
] as const;

export const markupRules = [
  rule('html_valid', 'The HTML parses without errors.', {}),
  rule(
    'html_has',
    'Each of these elements occurs.',
    {
      tags: z
        .array(z.string().regex(/^[a-z][a-z0-9-]{0,20}$/))
        .min(1)
        .max(40),
    },
    { tags: ['title', 'h1', 'nav'] },
  ),
  rule('html_safe', 'The HTML runs no script, embeds nothing and loads nothing from elsewhere.', {}),
  rule('html_accessible', 'The HTML names its language and title, and its images and form fields have text.', {}),
  rule(
    'markdown_valid',
    'The Markdown has no code fence that stays open, no link to nowhere, no undefined reference and no row with too many cells.',
    {},
  ),
  rule('svg_valid', 'The SVG is well-formed XML with an <svg> root that draws something.', {}),
  rule('svg_safe', 'The SVG has no script, no handler, no foreign object and no outside reference.', {}),
  rule(
    'svg_size',
    'The SVG has a view box, of this ratio of width to height when given.',
    { ratio: z.number().positive().max(100).optional() },
    { ratio: 1 },
  ),
  counted('svg_shapes', 'How many shapes and texts the SVG draws.', {}, { min: 2, max: 40 }),
  rule(
    'svg_colors',
    'The SVG uses these colours, and at most `max` different ones.',
    {
      includes: z.array(z.string().min(3).max(40)).min(1).max(20).optional(),
      max: z.int().min(1).max(1_000).optional(),
    },
    { includes: ['#0b7285'], max: 3 },
  ).refine(({ includes, max }) => (includes ?? max) !== undefined, 'Give includes, max or both.'),
] as const;

export const codeRules = [
  rule(
    'code_parses',
    'The code parses. JavaScript, TypeScript, JSON, Python and SQL have a parser; of CSS only what stays open is seen.',
    {
      language: z.enum(['javascript', 'typescript', 'json', 'python', 'sql', 'css', 'shell', 'other']),
      dialect: SqlDialect.optional().describe('Of SQL; any of these when absent.'),
    },
    { language: 'sql', dialect: 'postgresql' },
  ),
  rule('sql_reads_only', 'The SQL parses, and its statements read and change nothing.', {
    dialect: SqlDialect.optional(),
  }),
  rule(
    'code_defines',
    'The code defines functions, classes, tables or constants of these names.',
    {
      names: z
        .array(z.string().regex(/^[\p{L}_$][\p{L}\p{N}_$.-]{0,80}$/u))
        .min(1)
        .max(40),
    },
    { names: ['parseInvoice'] },
  ),
  rule(
    'regex_matches',
    'The answer is a regular expression that matches the whole of each `accept` and of no `reject`.',
    {
      accept: z.array(z.string().max(500)).max(50).default([]),
      reject: z.array(z.string().max(500)).max(50).default([]),
      flags: Flags.default('u'),
    },
    { accept: ['2026-01-31'], reject: ['31.01.2026'] },
  ).refine(({ accept, reject }) => accept.length + reject.length > 0, 'Give at least one example.'),
] as const;
