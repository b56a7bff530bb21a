/** Text that a program reads and a person does not see. It is taken out before judging, and reported to the buyer. */

export interface Hidden {
  readonly kind: 'invisible' | 'direction' | 'comment' | 'concealed';
  readonly count: number;
  /** The beginning of what was hidden, where it is text at all. */
  readonly sample: string;
}

// Controls other than tab and line ends, soft hyphens, zero-width and filler characters, variation selectors, tags.
const INVISIBLE = anyOf(
  ...[
    0x0, 0x8, 0xb, 0xc, 0xe, 0x1f, 0x7f, 0x9f, 0xad, 0xad, 0x34f, 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e,
  ],
  ...[0x200b, 0x200d, 0x2060, 0x2065, 0x206a, 0x206f, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0],
  ...[0xfff9, 0xfffb, 0xe0000, 0xe0fff],
);
const DIRECTION = anyOf(0x61c, 0x61c, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069);

// Emoji are joined and coloured by some of them, Persian and Indic words are shaped by joiners: nothing is hidden there.
const SHAPING = new Set(['\u00ad', '\u200c', '\u200d', '\ufe0e', '\ufe0f']);
const SHAPED =
  /\p{Extended_Pictographic}|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Malayalam}/u;

/** Ranges of code points, each as its first and last. */
function anyOf(...points: number[]): RegExp {
  const escaped = points.map((point, i) => `\\u{${point.toString(16)}}${i % 2 === 0 ? '-' : ''}`);
  return new RegExp(`[${escaped.join('')}]`, 'gu');
}

/** Takes out what cannot be seen in any format. The text is returned with `\n` line ends. */
export function withoutInvisible(text: string): { text: string; hidden: Hidden[] } {
  let invisible = 0;
  let smuggled = '';
  const seen = text.replace(/^\ufeff/, '').replace(INVISIBLE, (char, at: number, whole: string) => {
    if (!isShaping(char, whole, at)) {
      invisible++;
      if (smuggled.length < 200) smuggled += asAscii(char);
    }
    return '';
  });
  let turned = 0;
  const straight = seen.replace(DIRECTION, () => {
    turned++;
    return '';
  });
  return {
    text: straight.replace(/\r\n?/g, '\n'),
    hidden: [...found('invisible', invisible, smuggled), ...found('direction', turned, '')],
  };
}

/** Takes out HTML comments, which Markdown, HTML and SVG do not show. */
export function withoutComments(text: string): { text: string; hidden: Hidden[] } {
  const shown: string[] = [];
  const comments: string[] = [];
  let from = 0;
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4);
    shown.push(text.slice(from, at));
    comments.push(text.slice(at + 4, end < 0 ? at + 204 : Math.min(end, at + 204)).trim());
    from = end < 0 ? text.length : end + 3;
  }
  shown.push(text.slice(from));
  const sample = comments.find((comment) => comment !== '') ?? '';
  return { text: shown.join(''), hidden: found('comment', comments.length, sample) };
}

export function found(kind: Hidden['kind'], count: number, sample: string): Hidden[] {
  return count === 0 ? [] : [{ kind, count, sample: sample.slice(0, 200) }];
}

function isShaping(char: string, text: string, at: number): boolean {
  return SHAPING.has(char) && (char === '\u00ad' || SHAPED.test(around(text, at)));
}

function around(text: string, at: number): string {
  return `${text.slice(Math.max(0, at - 3), at)} ${text.slice(at + 1, at + 4)}`;
}

/** Tag characters mirror ASCII, which makes them a way to smuggle a sentence. */
function asAscii(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code >= 0xe0020 && code <= 0xe007e ? String.fromCharCode(code - 0xe0000) : '';
}
