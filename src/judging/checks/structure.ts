import { type Answer, blocksOf, htmlOf } from '../artifact-text.js';
import { highlights } from '../markdown.js';
import { characters, fold, foldedWords, isWhole, lines, paragraphs, quote, trimEndOf } from '../text.js';
import { allThere, type Check, type Checks, inRange, no, yesOrNo } from './check.js';
import { readable, verbatim } from './seen.js';

type StructureKind =
  | (
      | 'paragraphs'
      | 'lines'
      | 'line_length'
      | 'bullets'
      | 'headings'
      | 'highlights'
      | 'code_blocks'
      | 'links'
      | 'citations'
    )
  | ('sections' | 'starts_with' | 'ends_with' | 'title_marker' | 'postscript' | 'placeholders' | 'quoted')
  | ('repeats_prompt' | 'one_of' | 'responses_count' | 'table');

const ADDRESS = /\bhttps?:\/\/[^\s<>"'()[\]]{3,2000}/gi;
const AUTHOR_YEAR = /\(\p{Lu}[^()\n]{1,80}?,? (?:19|20)\d\d[a-z]?\)/gu;
/** Neither a link, a citation, nor a box to tick. */
const PLACEHOLDER = /\[(?!\s{0,100}\]|[xX]\]|\^?\d{1,3}\])[^[\]\n]{1,100}\](?!\()/g;
const FOOTNOTE = /\[\^?\d{1,3}\]/g;

const paragraphCount: Check<'paragraphs'> = (rule, { answer }) => {
  if (rule.separator !== undefined) return inRange(paragraphs(answer.text, rule.separator).length, rule, 'paragraphs');
  return inRange(
    blocksOf(answer).filter(({ kind }) => kind === 'paragraph' || kind === 'quote').length,
    rule,
    'paragraphs',
    0.9,
  );
};

const lineLength: Check<'line_length'> = ({ max }, { answer }) => {
  const lengths = lines(verbatim(answer)).map(characters);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const over = lengths.filter((length) => length > max).length;
  return yesOrNo(
    over === 0,
    `${over} of ${lengths.length} lines are longer than ${max} characters; the longest has ${longest}`,
  );
};

/** Titles may carry a number or a colon, and stand as a heading or as a bold line of their own. */
const sections: Check<'sections'> = ({ titles, marker, ...range }, { answer }) => {
  if (titles) {
    const there = headingTexts(answer).map(titleKey);
    const missing = titles.filter(
      (title) => !there.some((key) => key === titleKey(title) || key.startsWith(`${titleKey(title)} `)),
    );
    return allThere(titles, missing, 'sections', 0.95);
  }
  const opening = new RegExp(`^${titleKey(marker ?? '')} (?:\\d+|[ivx]+)(?: |$)`);
  const count = lines(readable(answer)).filter((line) => opening.test(titleKey(line))).length;
  return inRange(count, range, `sections that begin with ${quote(marker ?? '', 30)}`);
};

const startsWith: Check<'starts_with'> = ({ phrase, paragraph }, { answer }) => {
  const text = paragraph === undefined ? verbatim(answer) : (paragraphs(answer.text)[paragraph - 1] ?? '');
  const start = bare(text).slice(0, 400);
  const wanted = bare(phrase);
  const met = start.startsWith(wanted) && isWhole(start, 0, wanted);
  return yesOrNo(met, `it begins with ${quote(text)}; asked for ${quote(phrase)}`);
};

const endsWith: Check<'ends_with'> = ({ phrase }, { answer }) => {
  const end = bare(verbatim(answer)).slice(-400);
  const wanted = bare(phrase);
  const met = endsWithWhole(end, wanted) || endsWithWhole(withoutFinalMarks(end), withoutFinalMarks(wanted));
  return yesOrNo(met, `it ends with ${quote(verbatim(answer).trim().slice(-60))}; asked for ${quote(phrase)}`);
};

const postscript: Check<'postscript'> = ({ marker }, { answer }) => {
  const key = (text: string) => fold(text).replace(/\s/g, '');
  const at = lines(verbatim(answer)).findIndex((line) => key(bare(line)).startsWith(key(marker)));
  return yesOrNo(
    at > 0,
    at > 0 ? `there is a postscript with ${quote(marker)}` : `no line begins with ${quote(marker)}`,
  );
};

const quoted: Check<'quoted'> = (_rule, { answer }) => {
  const text = verbatim(answer).trim();
  const met = text.length >= 2 && /^["“«„].*["”»“]$/su.test(text) && !closesWithin(text.slice(1, -1));
  return yesOrNo(met, met ? 'the whole text is in quotation marks' : `the text is ${quote(text)}`);
};

/** `"One," he said, "two."` is two quotations; one inside of another opens behind a space. */
function closesWithin(text: string): boolean {
  const first = /["“”«»]/.exec(text);
  return first !== null && !/[“«]/.test(first[0]) && first.index > 0 && !/[\s([]/.test(text[first.index - 1] ?? '');
}

const repeatsPrompt: Check<'repeats_prompt'> = ({ text }, { answer, brief }) => {
  const wanted = foldedWords(text ?? brief.description).join(' ');
  const given = foldedWords(verbatim(answer)).join(' ');
  return yesOrNo(wanted !== '' && given.startsWith(wanted), `it begins with ${quote(verbatim(answer))}`, 0.95);
};

const oneOf: Check<'one_of'> = ({ answers }, { answer }) => {
  const given = withoutFinalMarks(bare(verbatim(answer)));
  const met = answers.some((option) => withoutFinalMarks(bare(option)) === given);
  return yesOrNo(met, `the text is ${quote(verbatim(answer))}; asked for one of ${answers.length} answers`);
};

const responsesCount: Check<'responses_count'> = ({ count, separator }, { answer }) => {
  const parts = verbatim(answer)
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const different = new Set(parts.map((part) => foldedWords(part).join(' '))).size;
  return yesOrNo(
    parts.length === count && different === count,
    `${parts.length} answers, ${different} of them different; asked for ${count}`,
  );
};

const table: Check<'table'> = ({ columns = [], ...range }, { answer }) => {
  const tables = blocksOf(answer).filter((block) => block.kind === 'table');
  const key = (name: string) => fold(name).trim();
  const fitting = tables.find(({ header }) => columns.every((name) => header.some((cell) => key(cell) === key(name))));
  if (tables.length === 0) return no('there is no table');
  if (!fitting)
    return no(`no table has the columns asked for; the first has ${quote(tables[0]?.header.join(', ') ?? '', 100)}`);
  return inRange(fitting.rows.length, range, 'rows');
};

export const structureChecks: Checks<StructureKind> = {
  paragraphs: paragraphCount,
  lines: (rule, { answer }) => inRange(lines(verbatim(answer)).length, rule, 'lines'),
  line_length: lineLength,
  bullets: (rule, { answer }) =>
    inRange(blocksOf(answer).filter(({ kind }) => kind === 'item').length, rule, 'list items'),
  headings: (rule, { answer }) => inRange(headings(answer, rule.level).length, rule, 'headings'),
  highlights: (rule, { answer }) => inRange(highlights(answer.text), rule, 'emphasised spans'),
  code_blocks: ({ language, ...range }, { answer }) => {
    const all = blocksOf(answer).filter((block) => block.kind === 'code');
    return inRange(
      all.filter((block) => language === undefined || block.language === language.toLowerCase()).length,
      range,
      'code blocks',
    );
  },
  links: (rule, { answer }) => inRange(addresses(answer).size, rule, 'web addresses'),
  citations: (rule, { answer }) => inRange(citations(answer), rule, 'citations', 0.9),
  sections,
  starts_with: startsWith,
  ends_with: endsWith,
  title_marker: (_rule, { answer }) => {
    const title = /<<[^<>\n]{0,200}[^\s<>][^<>\n]{0,200}>>/.exec(verbatim(answer))?.[0];
    return yesOrNo(title !== undefined, title === undefined ? 'there is no <<title>>' : `the title is ${quote(title)}`);
  },
  postscript,
  placeholders: (rule, { answer }) => inRange(verbatim(answer).match(PLACEHOLDER)?.length ?? 0, rule, 'placeholders'),
  quoted,
  repeats_prompt: repeatsPrompt,
  one_of: oneOf,
  responses_count: responsesCount,
  table,
};

function headings(answer: Answer, level?: number): string[] {
  return blocksOf(answer).flatMap((block) =>
    block.kind === 'heading' && (level === undefined || block.level === level) ? [block.text] : [],
  );
}

/** Headings, and short lines that are bold throughout or end with a colon. */
function headingTexts(answer: Answer): string[] {
  const bold = lines(answer.text).filter(
    (line) => line.length < 100 && (/^(?:\*\*|__).+(?:\*\*|__):?$/.test(line) || line.endsWith(':')),
  );
  const html = answer.readings.flatMap((reading) => {
    const parsed = reading.format === 'html' ? htmlOf(reading) : undefined;
    return parsed?.kind === 'ok'
      ? parsed.value.elements.filter(({ tag }) => tag === 'summary' || tag === 'legend').map(({ text }) => text)
      : [];
  });
  return [...headings(answer), ...bold, ...html];
}

/** `2. **Next steps:**` and `Next Steps` are the same title. */
function titleKey(title: string): string {
  return fold(title)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:\d+|[ivx]+) (?=\p{L})/u, '');
}

function addresses(answer: Answer): Set<string> {
  return new Set(
    verbatim(answer)
      .match(ADDRESS)
      ?.map((address) => address.replace(/[.,;:!?*_]+$/, '').toLowerCase()),
  );
}

function citations(answer: Answer): number {
  const text = verbatim(answer);
  const marks = new Set([...(text.match(FOOTNOTE) ?? []), ...(text.match(AUTHOR_YEAR) ?? [])]);
  return addresses(answer).size + marks.size;
}

/** Without case, marks of Markdown and doubled spaces. */
function bare(text: string): string {
  const open = fold(text).replace(/^[\s#>*_"“'-]+/, '');
  return trimEndOf(open.replace(/\s+/g, ' '), ' *_"”\'');
}

function endsWithWhole(text: string, phrase: string): boolean {
  return phrase !== '' && text.endsWith(phrase) && isWhole(text, text.length - phrase.length, phrase);
}

function withoutFinalMarks(text: string): string {
  return trimEndOf(text, ' .!?…');
}
