import { csvOf, htmlOf, jsonOf, type Reading } from './artifact-text.js';
import { languageOf, scanCode } from './code.js';
import { leaves } from './json.js';
import { NO_ANSWERS } from './lexicon.js';
import { blocks, prose } from './markdown.js';
import { drawingOf, drawn } from './parts.js';
import { foldedWords } from './text.js';

const FEWEST_BYTES = 16;
const SEEN = new Set('img svg video canvas picture audio input button'.split(' '));

/** Whether there is nothing in an artifact, by what its format would show. A broken one is not empty. */
export function isEmpty(reading: Reading): boolean {
  switch (reading.format) {
    case 'binary':
      return reading.size < FEWEST_BYTES;
    case 'svg': {
      const svg = drawingOf(reading);
      return svg.kind === 'ok' ? drawn(svg.value).length === 0 : saysNothing(reading.source);
    }
    case 'json': {
      const json = jsonOf(reading);
      return json.kind === 'ok' ? leaves(json.value).every(isNoAnswer) : saysNothing(reading.source);
    }
    case 'csv': {
      const csv = csvOf(reading);
      return csv.kind === 'ok' ? csv.value.rows.flat().every(isNoAnswer) : saysNothing(reading.source);
    }
    case 'html':
      return isEmptyPage(reading);
    case 'code':
      return !/[\p{L}\p{N}]/u.test(scanCode(reading.source, languageOf(reading.ending) ?? 'other').code);
    case 'text':
    case 'markdown':
      return saysNothing(reading.text);
  }
}

function isNoAnswer(value: string | number | boolean): boolean {
  return typeof value === 'string' && saysNothing(value);
}

/** Blank, `N/A`, `TODO`, or headings with nothing below them. */
function saysNothing(text: string): boolean {
  const list = blocks(text);
  if (list.length > 1 && list.every(({ kind }) => kind === 'heading')) return true;
  return !/\p{Extended_Pictographic}/u.test(text) && foldedWords(prose(list)).every((word) => NO_ANSWERS.has(word));
}

function isEmptyPage(reading: Reading): boolean {
  const html = htmlOf(reading);
  if (html.kind !== 'ok') return saysNothing(reading.source);
  const { elements, text } = html.value;
  const shows =
    elements.some(({ tag }) => SEEN.has(tag)) ||
    (elements.some(({ tag }) => tag === 'script') && reading.source.length > 300);
  return !shows && saysNothing(text);
}
