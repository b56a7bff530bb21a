import { csvOf, enveloped, type Format, jsonOf, type Reading } from './artifact-text.js';
import { languageOf, scanCode } from './code.js';
import { withoutComments } from './hidden.js';
import { parseHtml } from './html.js';
import { leaves, parseJson } from './json.js';
import { NO_ANSWERS } from './lexicon.js';
import { blocks, blockText } from './markdown.js';
import { drawn } from './parts.js';
import { parseSvg } from './svg.js';
import { foldedWords } from './text.js';

const FEWEST_BYTES = 16;
const SEEN = new Set('img svg video canvas picture audio input button'.split(' '));

/** Whether there is nothing in an artifact, by what it is and by what it calls itself. A broken one is not empty. */
export function isEmpty(reading: Reading): boolean {
  if (reading.format === 'binary') return reading.size < FEWEST_BYTES;
  const shown = withoutComments(reading.source).text;
  if (saysNothing(shown)) return true;
  const really = enveloped(shown) ?? reading.format;
  return isEmptyAs(really, reading, shown) || (really !== reading.format && isEmptyAs(reading.format, reading, shown));
}

function isEmptyAs(format: Format, reading: Reading, shown: string): boolean {
  switch (format) {
    case 'svg': {
      const svg = parseSvg(shown);
      return svg.kind === 'ok' && drawn(svg.value).length === 0;
    }
    case 'json': {
      const json = format === reading.format ? jsonOf(reading) : parseJson(shown);
      return json.kind === 'ok' && leaves(json.value).every(isNoAnswer);
    }
    case 'csv': {
      const csv = csvOf(reading);
      return csv.kind === 'ok' && csv.value.rows.flat().every(isNoAnswer);
    }
    case 'html':
      return isEmptyPage(shown);
    case 'code':
      return !/[\p{L}\p{N}]/u.test(scanCode(shown, languageOf(reading.ending) ?? 'other').code);
    case 'text':
    case 'markdown':
    case 'binary':
      return false;
  }
}

function isNoAnswer(value: string | number | boolean): boolean {
  return typeof value === 'string' && saysNothing(value);
}

/** Blank, `N/A`, `TODO`, or headings with nothing below them. */
function saysNothing(text: string): boolean {
  if (text.length > 2_000) return text.trim() === '';
  const list = blocks(text.replace(/\bn\/a\b/gi, ' '));
  if (list.length > 1 && list.every(({ kind }) => kind === 'heading')) return true;
  return (
    !HAS_SIGNS.test(text) && list.every((block) => foldedWords(blockText(block)).every((word) => NO_ANSWERS.has(word)))
  );
}

/** Emoji are an answer; tags, braces and formulas are looked at by what they are. */
const HAS_SIGNS = /\p{Extended_Pictographic}|<[a-z!?]|[{}$=+]/iu;

function isEmptyPage(source: string): boolean {
  const html = parseHtml(source);
  if (html.kind !== 'ok') return false;
  const { elements, text } = html.value;
  const shows =
    elements.some(({ tag }) => SEEN.has(tag)) || (elements.some(({ tag }) => tag === 'script') && source.length > 300);
  return !shows && saysNothing(text);
}
