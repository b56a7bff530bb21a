import { z } from 'zod';
import { Columns, Count, counted, Flags, isRange, RANGE, rule, Share, Term, Terms, Text } from './rule.js';

/** Kinds of rules about what is written: its words, its structure, and its relation to the brief. */

export const wordRules = [
  counted(
    'words',
    "How many words a reader sees: `don't`, `e-mail` and `3.5` are one each, and Chinese, Japanese and Thai are cut by dictionary.",
    {},
    { min: 300, max: 500 },
  ),
  counted(
    'sentences',
    'How many sentences paragraphs, list items and quotes have; headings, tables and code have none. `Dr. Smith`, `e.g.` and `3.5` end no sentence.',
    {},
    { max: 12 },
  ),
  rule(
    'sentence_length',
    'How long sentences are at most, in words: all of them (`longest_max`) or on average (`mean_max`).',
    { mean_max: Count.optional(), longest_max: Count.optional() },
    { mean_max: 20 },
  ).refine(
    ({ mean_max, longest_max }) => (mean_max ?? longest_max) !== undefined,
    'Give mean_max, longest_max or both.',
  ),
  counted(
    'characters',
    'How many characters were sent, marks and inner spaces included; an emoji, a flag and an accented letter are one each.',
    {},
    { max: 160 },
  ),
  counted(
    'letters',
    'How many letters the text has in any script, or how often one letter occurs in any case; `é` is no `e`.',
    { letter: z.string().min(1).max(4).optional() },
    { letter: 'e', min: 10 },
  ),
  counted(
    'numbers',
    'How many numbers the text has in digits: `1,250.5` and `2026-01-31` are one each.',
    {},
    { min: 3 },
  ),
  counted('capital_words', 'How many words stand in capitals throughout: `NASA`, `COVID-19` and `I`.', {}, { max: 5 }),
  rule(
    'includes',
    'Each term occurs, in any case and as whole words; with `at_least`, so many of them do.',
    { terms: Terms, at_least: z.int().min(1).max(50).optional() },
    { terms: ['refund', 'two weeks'] },
  ),
  counted(
    'includes_count',
    'How often a term occurs, in any case and as whole words.',
    { term: Term },
    { term: 'Bakeoff', min: 2, max: 4 },
  ),
  rule(
    'excludes',
    'None of the terms occurs, in any case and as whole words.',
    { terms: Terms },
    { terms: ['cheap', 'guarantee'] },
  ),
  rule(
    'case',
    'All letters are in capitals, or in small letters, or headings are in title case.',
    { to: z.enum(['upper', 'lower', 'title']) },
    { to: 'lower' },
  ),
  rule(
    'language',
    'The text is in this language: its ISO 639-1 code or its English name. Of too few words, or a language that is not known here, nothing is said.',
    { language: z.string().trim().min(2).max(40) },
    { language: 'de' },
  ),
  rule('no_commas', 'The text has no comma of any script, in numbers neither.', {}),
  rule('no_placeholder_text', 'Nothing was left to be filled in: lorem ipsum, TODO, `[insert name]`.', {}),
  rule(
    'no_repetition',
    'Few sentences are said more than once.',
    { max_share: Share.default(0.1) },
    { max_share: 0.1 },
  ),
  rule(
    'regex',
    'A JavaScript regular expression matches, or must not; with `min` and `max`, so many times.',
    {
      pattern: z.string().min(1).max(500),
      flags: Flags.default('u'),
      must: z.enum(['match', 'not_match']).default('match'),
      ...RANGE,
    },
    { pattern: '^ORD-[0-9]{6}$', flags: 'm' },
  ),
  rule(
    'text_equals',
    'The text is exactly this one; by default spaces and case do not matter.',
    { text: Text, exact: z.boolean().default(false) },
    { text: 'forty-two' },
  ),
] as const;

export const structureRules = [
  counted(
    'paragraphs',
    'How many paragraphs there are: running text between blank lines, without headings, lists, tables and code; with `separator`, whatever stands between.',
    { separator: z.string().min(1).max(20).optional() },
    { min: 3, max: 5 },
  ),
  counted('lines', 'How many lines there are, without blank ones.', {}, { min: 5 }),
  rule('line_length', 'No line that is not blank is longer than this, in characters.', { max: Count }, { max: 30 }),
  counted(
    'bullets',
    'How many list items there are, numbered and nested ones included; lines of code and rules of `---` are none.',
    {},
    { min: 3, max: 7 },
  ),
  counted(
    'headings',
    'How many headings there are, of one level when given; a line in bold is none.',
    { level: z.int().min(1).max(6).optional() },
    { min: 2 },
  ),
  counted('highlights', 'How many emphasised spans there are: *so* or **so**.', {}, { min: 1 }),
  counted(
    'code_blocks',
    'How many fenced code blocks there are, in one language when given.',
    { language: z.string().min(1).max(20).optional() },
    { min: 1, language: 'sql' },
  ),
  counted('links', 'How many web addresses the text has.', {}, { min: 2 }),
  counted('citations', 'How many citations the text has: a link, [1], or (Name, 2024).', {}, { min: 3 }),
  rule(
    'sections',
    'Headings with these titles are there, or so many sections that begin with `marker` and a number.',
    { titles: Terms.optional(), marker: Term.optional(), ...RANGE },
    { titles: ['Summary', 'Next steps'] },
  ).refine(
    ({ titles, marker, ...range }) => titles !== undefined || (marker !== undefined && isRange(range)),
    'Give titles, or a marker with min or max.',
  ),
  rule(
    'starts_with',
    'The text, or its paragraph number `paragraph`, begins with this phrase, in any case and up to the end of a word.',
    { phrase: Term, paragraph: z.int().min(1).max(1_000).optional() },
    { phrase: 'Dear' },
  ),
  rule(
    'ends_with',
    'The text ends with this phrase, in any case; a last full stop is no matter.',
    { phrase: Term },
    { phrase: 'Kind regards' },
  ),
  rule('title_marker', 'There is a title in double angle brackets: <<Title>>.', {}),
  rule(
    'postscript',
    'There is a postscript: a later line that begins with this marker, in any case, with or without spaces in it.',
    { marker: z.string().min(1).max(20).default('P.S.') },
    { marker: 'P.S.' },
  ),
  counted(
    'placeholders',
    'How many [placeholders] in square brackets there are; links, citations such as [1] and boxes to tick are none.',
    {},
    { min: 2 },
  ),
  rule('quoted', 'The whole text stands in one pair of double quotation marks, straight or typographic.', {}),
  rule(
    'repeats_prompt',
    'The text begins by repeating this, or the brief when absent.',
    { text: Text.optional() },
    { text: 'Write a haiku.' },
  ),
  rule(
    'one_of',
    'The text is one of these answers and nothing else, in any case.',
    { answers: Terms },
    { answers: ['yes', 'no', 'maybe'] },
  ),
  rule(
    'responses_count',
    'There are so many answers that differ, parted by `separator`.',
    { count: z.int().min(1).max(100), separator: z.string().min(1).max(20).default('******') },
    { count: 2 },
  ),
  counted(
    'table',
    'How many rows a Markdown or HTML table has without its header; with `columns`, those are in it.',
    { columns: Columns.optional() },
    { min: 3, columns: ['Name', 'Price'] },
  ),
] as const;

export const relationRules = [
  rule(
    'covers_brief',
    'This share of the key terms of title and description occurs in the answer.',
    { min_share: Share.default(0.4) },
    { min_share: 0.5 },
  ),
  rule(
    'grounded',
    "This share of the answer's numbers and proper names occurs in the brief or its attachments.",
    { min_share: Share.default(0.8) },
    { min_share: 0.8 },
  ),
  rule(
    'shorter_than_source',
    "The answer's words are at most this ratio of the attached text's.",
    { max_ratio: z.number().positive().max(1) },
    { max_ratio: 0.3 },
  ),
  rule(
    'not_copied',
    'At most this share of the answer is taken word for word from the attached text, in runs of five words.',
    { max_share: Share.default(0.5) },
    { max_share: 0.3 },
  ),
] as const;
