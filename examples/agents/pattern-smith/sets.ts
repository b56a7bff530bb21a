import { type CharSet, escapedInside } from './nodes.ts';

/** Sets of characters, from those that people mean to those that were seen. Pure. */

export type Kind = 'digit' | 'upper' | 'lower' | 'letter' | 'mark';

const byPattern = (inside: string, name: string, pattern: RegExp, alone?: string): CharSet => ({
  inside,
  name,
  has: (char) => pattern.test(char),
  ...(alone === undefined ? {} : { alone }),
});

export const DIGIT = byPattern('\\d', 'digits', /^\d$/, '\\d');
export const HEX = byPattern('\\dA-Fa-f', 'hexadecimal digits', /^[\dA-Fa-f]$/);
const UPPER = byPattern('A-Z', 'capital letters', /^[A-Z]$/);
const LOWER = byPattern('a-z', 'small letters', /^[a-z]$/);
const ANY_UPPER = byPattern('\\p{Lu}', 'capital letters of any script', /^\p{Lu}$/u, '\\p{Lu}');
const ANY_LOWER = byPattern('\\p{Ll}', 'small letters of any script', /^\p{Ll}$/u, '\\p{Ll}');
const ANY_LETTER = byPattern('\\p{L}', 'letters of any script', /^\p{L}$/u, '\\p{L}');

export function kindOf(char: string): Kind {
  if (/^\d$/.test(char)) return 'digit';
  if (/^\p{Lu}$/u.test(char)) return 'upper';
  if (/^\p{Ll}$/u.test(char)) return 'lower';
  return /^[\p{L}\p{N}]$/u.test(char) ? 'letter' : 'mark';
}

/** The set that people would name for these characters: digits, capitals, letters and digits, and so on. */
export function usualSet(chars: ReadonlySet<string>): CharSet {
  const kinds = new Set([...chars].map(kindOf));
  const isAscii = [...chars].every((char) => char <= '\u007f');
  const parts: CharSet[] = [];
  if (kinds.has('letter')) parts.push(ANY_LETTER);
  else {
    if (kinds.has('upper')) parts.push(isAscii ? UPPER : ANY_UPPER);
    if (kinds.has('lower')) parts.push(isAscii ? LOWER : ANY_LOWER);
  }
  if (kinds.has('digit')) parts.push(DIGIT);
  const marks = [...chars].filter((char) => kindOf(char) === 'mark' || !/^[\p{L}\d]$/u.test(char));
  if (marks.length > 0) parts.push(seenSet(new Set(marks)));
  return union(parts);
}

/** Digits, and the few other characters that were seen between them: `[\dX]`. */
export function digitsAnd(chars: ReadonlySet<string>): CharSet {
  return union([DIGIT, seenSet(new Set([...chars].filter((char) => kindOf(char) !== 'digit')))]);
}

/** These characters alone, neighbours written as a range. */
export function seenSet(chars: ReadonlySet<string>): CharSet {
  const codes = [...chars].map((char) => char.codePointAt(0) ?? 0).toSorted((a, b) => a - b);
  let inside = '';
  for (let i = 0; i < codes.length; ) {
    let end = i;
    while (end + 1 < codes.length && codes[end + 1] === (codes[end] ?? 0) + 1) end++;
    const [first, last] = [codes[i] ?? 0, codes[end] ?? 0].map((code) => escapedInside(String.fromCodePoint(code)));
    inside += end - i >= 2 ? `${first}-${last}` : end > i ? `${first}${last}` : first;
    i = end + 1;
  }
  return { inside, name: `"${[...chars].slice(0, 12).join('')}"`, has: (char) => chars.has(char) };
}

/** From the least to the greatest of these digits. */
export function digitRange(chars: ReadonlySet<string>): CharSet {
  const digits = [...chars].toSorted();
  const [first = '0', last = '9'] = [digits[0], digits.at(-1)];
  const inside = first === last ? first : `${first}-${last}`;
  return {
    inside,
    name: first === last ? `"${first}"` : `digits from ${first} to ${last}`,
    has: (char) => char >= first && char <= last && char.length === 1,
    ...(first === last ? { alone: first } : {}),
  };
}

function union(parts: readonly CharSet[]): CharSet {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return {
    inside: parts.map(({ inside }) => inside).join(''),
    name: parts.map(({ name }) => name).join(' or '),
    has: (char) => parts.some((part) => part.has(char)),
  };
}
