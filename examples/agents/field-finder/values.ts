import { isoDate } from '../lib/dates.ts';
import type { Wanted } from './schema.ts';

const YES = new Set(['yes', 'y', 'true', 'x', '✓', '✔', '☑', '[x]', 'on', 'ja', 'oui', 'si']);
const NO = new Set(['no', 'n', 'false', '-', '✗', '✘', '☐', '[ ]', 'off', 'nein', 'non']);
const UNKNOWN = new Set(['', '-', '--', '—', 'n/a', 'na', 'none', 'unknown', '?', 'tbd']);

/** Found words as a value of the wanted type; undefined when they are none. */
export function converted(
  words: string,
  wanted: Extract<Wanted, { kind: 'value' }>,
): string | number | boolean | undefined {
  const text = words.replace(/\s+/g, ' ').trim();
  if (wanted.type === 'boolean') return truth(text.toLowerCase());
  if (UNKNOWN.has(text.toLowerCase())) return undefined;
  if (wanted.options.length > 0) return wanted.options.find((option) => option.toLowerCase() === text.toLowerCase());
  if (wanted.type === 'number') return numberIn(text);
  if (wanted.type === 'integer') return Number.isInteger(numberIn(text)) ? numberIn(text) : undefined;
  if (wanted.type === 'date') return dateIn(text);
  return text.slice(0, 5_000);
}

function truth(text: string): boolean | undefined {
  const [first = ''] = text.split(/[\s,.;(]/, 1);
  if (YES.has(text) || YES.has(first)) return true;
  return NO.has(text) || NO.has(first) ? false : undefined;
}

/** The first number: `38.4 kg`, `EUR 1,234.50`, `1.234,50 €`, `-3`. */
export function numberIn(text: string): number | undefined {
  const found = /-?\d[\d.,'\u00a0 ]*/.exec(text.slice(0, 200))?.[0].replace(/['\u00a0 ]|[.,\s]+$/g, '');
  if (found === undefined) return undefined;
  const number = Number(plainDecimal(found));
  return Number.isFinite(number) ? number : undefined;
}

/** The last mark parts the decimals, unless it stands before three digits and occurs again or alone as a comma. */
function plainDecimal(digits: string): string {
  const lastComma = digits.lastIndexOf(',');
  const lastPoint = digits.lastIndexOf('.');
  if (lastComma < 0 && digits.split('.').length <= 2) return digits;
  if (lastComma >= 0 && lastPoint >= 0) {
    return lastComma > lastPoint ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '');
  }
  const mark = lastComma >= 0 ? ',' : '.';
  const parts = digits.split(mark);
  const areThousands = parts.slice(1).every((part) => part.length === 3) && (parts.length > 2 || mark === ',');
  return areThousands ? parts.join('') : parts.join('.');
}

function dateIn(text: string): string | undefined {
  const whole = isoDate(text);
  if (whole !== null) return whole;
  const part =
    /\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\.? [A-Za-z]{3,9}\.? \d{4}|[A-Za-z]{3,9} \d{1,2}, \d{4}/.exec(
      text.slice(0, 300),
    );
  return part ? (isoDate(part[0]) ?? undefined) : undefined;
}
