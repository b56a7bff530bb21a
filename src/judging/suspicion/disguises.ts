import { fold } from '../text.js';

/** How a text may be meant. */
export interface Readings {
  /** Plain text in small letters, each way once; never shown to anybody. */
  readonly all: readonly string[];
  /** Something of it was encoded. */
  readonly encoded: boolean;
}

/** Which disguises a whole text may have at all: most have none, and are spared the search sentence by sentence. */
export interface Disguises {
  readonly blobs: boolean;
  readonly turns: boolean;
}

export function disguisesIn(text: string): Disguises {
  return {
    blobs: BLOBS.some((blob) => blob.test(text)),
    turns: counted(text, ROTATED_WORDS) > 1 || counted(text, REVERSED_WORDS) > 1,
  };
}

/** Apart, since of one expression with all of them every letter would begin a search. */
const BLOBS = [
  /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16}/,
  /(?:[0-9A-Fa-f]{2}[ ,:]?){12}/,
  /%[0-9A-Fa-f]{2}|&#|\\[UXux]/,
];

/**
 * The ways to read a text, as somebody means it who hides it from programs: look-alike letters, digits for letters, letters set
 * apart, base64 and the like.
 */
export function readings(text: string, { blobs, turns }: Disguises): Readings {
  const folded = fold(text);
  const plain = BEYOND_ASCII.test(folded) ? skeleton(folded) : folded;
  const inside = [...(blobs ? decoded(text) : []), ...(turns ? turned(text) : [])];
  const all = [plain, folded, leetRead(plain), joined(plain), ...inside.map((each) => skeleton(fold(each)))];
  return { all: [...new Set(all)], encoded: inside.length > 0 };
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** What stands encoded in a text and is text once it is decoded. */
function decoded(text: string): string[] {
  return [...base64s(text), ...hexes(text), ...percents(text), ...entities(text)];
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
function skeleton(folded: string): string {
  return folded.replace(/[\p{L}\p{M}]+/gu, (word) =>
    BEYOND_ASCII.test(word) && (/[a-z]/.test(word) || isDressed(word)) ? plainLetters(word) : word,
  );
}

/** All of its letters look Latin: `сссс` of Cyrillic letters is rare, and as a whole sentence it is a disguise. */
function isDressed(word: string): boolean {
  return word.length > 3 && [...word].every((char) => char in LOOKALIKES);
}

function plainLetters(word: string): string {
  return [...word].map((char) => LOOKALIKES[char] ?? char).join('');
}

const LEET: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

/** `1gn0r3` as `ignore`; numbers on their own stay numbers. */
function leetRead(text: string): string {
  if (!/[a-z][0-9@$!|]|[0-9@$!|][a-z]/.test(text)) return text;
  return text.replace(LEET_WORD, (word) => {
    let read = '';
    for (const sign of word) read += LEET.get(sign) ?? sign;
    return read;
  });
}

/** Letters and signs in one word, whichever come first. */
const LEET_WORD = /(?<![a-z0-9@$!|])(?:[a-z]+[0-9@$!|]|[0-9@$!|]+[a-z])[a-z0-9@$!|]*/g;

/** Single letters in a row, or two words with signs inside of them. */
const SET_APART =
  /(?<![^\s\p{P}])\p{L}[ .\-_*~·|/]\p{L}[ .\-_*~·|/]\p{L}(?![\p{L}\p{N}])|\p{L}[-_*~·.]{1,2}\p{L}.{0,40}\p{L}[-_*~·.]{1,2}\p{L}/u;

/** `i g n o r e   a l l` and `ig-no-re` as words again: single letters set apart by one sign, wider gaps between words. */
function joined(text: string): string {
  if (!SET_APART.test(text)) return text;
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
  if (!text.includes('%') || !/(?:%[0-9a-f]{2}.{0,12}){4}/i.test(text)) return [];
  return legible(
    Buffer.from(
      text
        .slice(0, MOST_CHARS)
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    ),
  );
}

function entities(text: string): string[] {
  if (!text.includes('&#') && !text.includes('\\u')) return [];
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
  const least = 2 * counted(sample, SMALL_WORDS) + 1;
  return [
    ...(counted(sample, ROTATED_WORDS) > least ? [rotated(sample)] : []),
    ...(counted(sample, REVERSED_WORDS) > least ? [[...sample].reverse().join('')] : []),
  ];
}

function rotated(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

const SMALL =
  'the and this that is to of all you your as answer previous instructions best score ignore work other choose'.split(
    ' ',
  );
const SMALL_WORDS = anyOf(SMALL);
const ROTATED_WORDS = anyOf(SMALL.map(rotated));
const REVERSED_WORDS = anyOf(SMALL.map((word) => [...word].reverse().join('')));

function anyOf(list: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${list.join('|')})\\b`, 'gi');
}

function counted(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}

function legible(bytes: Buffer): string[] {
  const read = bytes.toString('utf8');
  const letters = read.match(/[\p{L}\p{N} .,!?:;'"{}\-_/\n]/gu)?.length ?? 0;
  return read.length >= 8 && letters / [...read].length > 0.95 && /\p{L}{2}/u.test(read) ? [read] : [];
}
