import { fold } from '../text.js';

/**
 * Other ways to read a text, as somebody means it who hides it from programs: look-alike letters, digits for letters, letters set
 * apart, base64 and the like. Each reading is plain text in small letters; none is ever shown.
 */
export function readings(text: string): string[] {
  if (PLAIN.test(text)) return [text.toLowerCase(), ...turned(text).map(skeleton)];
  const plain = skeleton(text);
  return [...new Set([plain, fold(text), leetRead(plain), joined(plain), ...decoded(text).map(skeleton)])];
}

/** Nothing in it can be a disguise: words in small letters, and the marks of sentences. */
const PLAIN = /^(?:[A-Z]?[a-z']{1,24}|\d{1,6})(?:[,;:]? (?:[A-Z]?[a-z']{2,24}|[aAI]|\d{1,6}))*[.!?:]?$/;

/** What stands encoded in a text and is text once it is decoded. */
export function decoded(text: string): string[] {
  return [...base64s(text), ...hexes(text), ...percents(text), ...entities(text), ...turned(text)];
}

// Cyrillic and Greek letters, and capitals of other kinds, that look like Latin ones.
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['аàáâãäåāăαɑ', 'a'],
    ['вβ', 'b'],
    ['сçćčϲ', 'c'],
    ['ԁďđ', 'd'],
    ['еèéêëēėęěёε', 'e'],
    ['ɡğ', 'g'],
    ['һн', 'h'],
    ['іìíîïīıιї', 'i'],
    ['јʝ', 'j'],
    ['кκ', 'k'],
    ['ӏł', 'l'],
    ['м', 'm'],
    ['ոñńη', 'n'],
    ['оòóôõöøōοσ', 'o'],
    ['рρ', 'p'],
    ['ԛ', 'q'],
    ['гř', 'r'],
    ['ѕśšş', 's'],
    ['тτ', 't'],
    ['υùúûüūս', 'u'],
    ['νѵ', 'v'],
    ['ԝω', 'w'],
    ['хχ', 'x'],
    ['уýÿγ', 'y'],
    ['ᴢžźż', 'z'],
  ].flatMap(([from = '', to = '']) => [...from].map((char) => [char, to])),
);

/** A text of one script keeps its letters: only a word that mixes scripts is written to deceive, or a Latin one with accents. */
function skeleton(text: string): string {
  return fold(text).replace(/[\p{L}\p{M}]+/gu, (word) =>
    /[a-z]/.test(word) || isDressed(word) ? plainLetters(word) : word,
  );
}

/** All of its letters look Latin: `сссс` of Cyrillic letters is rare, and as a whole sentence it is a disguise. */
function isDressed(word: string): boolean {
  return word.length > 3 && [...word].every((char) => char in LOOKALIKES);
}

function plainLetters(word: string): string {
  return [...word].map((char) => LOOKALIKES[char] ?? char).join('');
}

const LEET: Readonly<Record<string, string>> = {
  ...{
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '8': 'b',
    '9': 'g',
    '@': 'a',
    $: 's',
    '!': 'i',
    '|': 'l',
  },
};

/** `1gn0r3` as `ignore`; numbers on their own stay numbers. */
function leetRead(text: string): string {
  return text.replace(/[a-z0-9@$!|]{2,}/g, (word) =>
    /[a-z]/.test(word) && /[0-9@$!|]/.test(word) ? word.replace(/[0-9@$!|]/g, (sign) => LEET[sign] ?? sign) : word,
  );
}

/** `i g n o r e   a l l` and `ig-no-re` as words again: single letters set apart by one sign, wider gaps between words. */
function joined(text: string): string {
  return text
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}[ .\-_*~·|/]){3,}\p{L}(?![\p{L}\p{N}])/gu, (run) =>
      run.replace(/[ .\-_*~·|/]/g, ''),
    )
    .replace(/(?<=\p{L})[-_*~·.]{1,2}(?=\p{L})/gu, '')
    .replace(/\s+/g, ' ');
}

const MOST_BLOBS = 20;
const MOST_CHARS = 4_000;

function base64s(text: string): string[] {
  const blobs = text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/g) ?? [];
  return blobs.slice(0, MOST_BLOBS).flatMap((blob) => legible(Buffer.from(blob.slice(0, MOST_CHARS), 'base64')));
}

function hexes(text: string): string[] {
  const blobs = text.match(/(?:(?:0x|\\x)?[0-9a-f]{2}[ ,:]?){12,}/gi) ?? [];
  return blobs
    .slice(0, MOST_BLOBS)
    .flatMap((blob) => legible(Buffer.from(blob.slice(0, MOST_CHARS).replace(/0x|\\x|[ ,:]/gi, ''), 'hex')));
}

function percents(text: string): string[] {
  if (!/(?:%[0-9a-f]{2}.{0,12}){4}/i.test(text)) return [];
  return legible(
    Buffer.from(
      text
        .slice(0, MOST_CHARS)
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    ),
  );
}

function entities(text: string): string[] {
  const escaped = /&#(x?)([0-9a-f]{2,6});|\\u\{?([0-9a-f]{4,6})\}?/gi;
  if ((text.match(escaped) ?? []).length < 6) return [];
  return [
    text
      .slice(0, MOST_CHARS * 2)
      .replace(escaped, (whole, x: string, entity: string | undefined, unicode: string | undefined) => {
        const code = unicode ? Number.parseInt(unicode, 16) : Number.parseInt(entity ?? '', x ? 16 : 10);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      }),
  ];
}

/** ROT13 and text from right to left, told by the words that come out. */
function turned(text: string): string[] {
  const sample = text.slice(0, MOST_CHARS);
  const rotated = sample.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
  const backwards = [...sample].reverse().join('');
  return [rotated, backwards].filter((read) => smallWords(read) > 2 * smallWords(sample) + 1);
}

function smallWords(text: string): number {
  return (
    text.match(/\b(?:the|and|this|that|is|to|of|all|you|your|as|answer|previous|instructions|best|score|ignore)\b/gi)
      ?.length ?? 0
  );
}

function legible(bytes: Buffer): string[] {
  const read = bytes.toString('utf8');
  const letters = read.match(/[\p{L}\p{N} .,!?:;'"{}\-_/\n]/gu)?.length ?? 0;
  return read.length >= 8 && letters / [...read].length > 0.95 && /\p{L}{2}/u.test(read) ? [read] : [];
}
