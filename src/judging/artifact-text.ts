import type { ArtifactType } from '@bakeoff/agent-kit';
import { parseCsv } from './csv.js';
import { type Hidden, withoutComments, withoutInvisible } from './hidden.js';
import { parseHtml } from './html.js';
import { jsonText, parseJson } from './json.js';
import { JUDGED } from './limits.js';
import { blocks } from './markdown.js';
import { memo } from './memo.js';
import { parseSvg } from './svg.js';

/** What an artifact is made of, whatever it calls itself; `binary` is not read. */
export type Format = 'text' | 'markdown' | 'html' | 'svg' | 'json' | 'csv' | 'code' | 'binary';

/** One artifact as judges read it. */
export interface Reading {
  readonly type: ArtifactType;
  readonly name: string;
  readonly mediaType: string;
  /** The file ending with its dot in small letters, or ''. */
  readonly ending: string;
  readonly format: Format;
  readonly size: number;
  readonly bytes: Uint8Array;
  /** The whole content as text, without invisible characters; '' of a binary file. */
  readonly source: string;
  /** What a person reads in it, as Markdown. */
  readonly text: string;
  /** There was more than is judged. */
  readonly cut: boolean;
  readonly hidden: readonly Hidden[];
}

interface File {
  readonly type?: ArtifactType;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const SVG = /^(?:<\?xml[^>]{0,200}>\s{0,100})?<svg[\s>]/;

const CODE_ENDINGS = new Set(
  '.js .mjs .cjs .ts .mts .tsx .jsx .py .rb .go .rs .java .kt .c .h .cpp .cs .php .swift .sh .bash .sql .css .scss .yml .yaml .toml .r .lua .pl'.split(
    ' ',
  ),
);

/** Reads one artifact or attachment. Never throws; the same file object is read once. */
export const artifactText: (file: File) => Reading = memo((file: File) => {
  const whole = decode(file.bytes);
  const source = (whole ?? '').slice(0, JUDGED.sourceChars);
  const clean = withoutInvisible(source);
  const ending = /\.[a-z0-9]{1,8}$/i.exec(file.name)?.[0].toLowerCase() ?? '';
  const format = whole === undefined ? 'binary' : formatOf(file, ending, clean.text);
  const shown = readable(format, clean.text);
  return {
    type: file.type ?? 'file',
    name: file.name,
    mediaType: file.mediaType,
    ending,
    format,
    size: file.bytes.byteLength,
    bytes: file.bytes,
    source: clean.text,
    text: shown.text.slice(0, JUDGED.textChars),
    cut: source.length < (whole?.length ?? 0),
    hidden: [...clean.hidden, ...shown.hidden],
  };
});

/** UTF-8, or UTF-16 by its byte order mark. Undefined for what is no text. */
function decode(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, JUDGED.sourceChars * 4);
  const [first, second] = head;
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  const text = new TextDecoder(utf16 ?? 'utf-8').decode(head);
  return utf16 === undefined && isBinary(head, text) ? undefined : text.toWellFormed();
}

function isBinary(bytes: Uint8Array, text: string): boolean {
  // A PDF may be made of letters alone: still nobody reads it as they stand there.
  if (bytes.subarray(0, 8_000).includes(0) || text.startsWith('%PDF-')) return true;
  const sample = text.slice(0, 8_000);
  return sample.split('\ufffd').length - 1 > sample.length / 50;
}

function formatOf({ type, mediaType }: File, ending: string, source: string): Format {
  const media = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (media === 'image/svg+xml' || ending === '.svg') return 'svg';
  if (media === 'text/csv' || media === 'text/tab-separated-values' || ending === '.csv' || ending === '.tsv')
    return 'csv';
  if (type === 'json' || /[/+]json$/.test(media) || ending === '.json') return 'json';
  if (type === 'html' || media === 'text/html' || ending === '.html' || ending === '.htm') return 'html';
  if (type === 'code' || CODE_ENDINGS.has(ending)) return enveloped(source) ?? 'code';
  return (
    enveloped(source) ?? (type === 'markdown' || media === 'text/markdown' || ending === '.md' ? 'markdown' : 'text')
  );
}

/** What a file is throughout, whatever it calls itself: a page, a drawing or a JSON document. */
export function enveloped(source: string): Format | undefined {
  const head = source.slice(0, 2_000).trimStart();
  if (/^<(?:!doctype html|html[\s>])/i.test(head)) return 'html';
  if (SVG.test(head)) return 'svg';
  const parsed = /^[{[]/.test(head) ? parseJson(source) : undefined;
  return parsed?.kind === 'ok' ? 'json' : undefined;
}

interface Shown {
  readonly text: string;
  readonly hidden: readonly Hidden[];
}

function readable(format: Format, source: string): Shown {
  switch (format) {
    case 'html': {
      const html = parseHtml(source);
      return html.kind === 'ok' ? unescaped(html.value) : withoutComments(source);
    }
    case 'svg': {
      const svg = parseSvg(source);
      const shown = withoutComments(source);
      return unescaped({ text: svg.kind === 'ok' ? svg.value.text : shown.text, hidden: shown.hidden });
    }
    case 'json': {
      const json = parseJson(source);
      return unescaped({ text: json.kind === 'ok' ? jsonText(json.value) : source, hidden: [] });
    }
    case 'text':
    case 'markdown':
      return withoutComments(source);
    case 'csv':
    case 'code':
    case 'binary':
      return { text: source, hidden: [] };
  }
}

/** `&#8203;` and `\\u200b` are invisible characters too, once they are read. */
function unescaped({ text, hidden }: Shown): Shown {
  const clean = withoutInvisible(text.slice(0, JUDGED.textChars));
  return { text: clean.text, hidden: [...hidden, ...clean.hidden] };
}

/** Everything that came as one answer. */
export interface Answer {
  readonly readings: readonly Reading[];
  /** The text of all readings, one after the other. */
  readonly text: string;
  /** Some of it lies beyond what is judged. */
  readonly cut: boolean;
}

/** Remembered for as long as the list of files lives: each bid of a round is held against all the others. */
export const readAnswer = memo((files: readonly File[]): Answer => {
  const readings: Reading[] = [];
  let chars = 0;
  for (const file of files.slice(0, JUDGED.artifacts)) {
    if (chars >= JUDGED.answerChars) break;
    const reading = artifactText(file);
    chars += reading.source.length;
    readings.push(reading);
  }
  return answerOf(readings, readings.length < files.length);
});

export function answerOf(readings: readonly Reading[], cut = false): Answer {
  const text = readings
    .map((reading) => reading.text)
    .filter((part) => part.trim() !== '')
    .join('\n\n');
  return {
    readings,
    text: text.slice(0, JUDGED.textChars),
    cut: cut || text.length > JUDGED.textChars || readings.some((reading) => reading.cut),
  };
}

export const htmlOf = memo((reading: Reading) => parseHtml(reading.source));
export const svgOf = memo((reading: Reading) => parseSvg(reading.source));
export const jsonOf = memo((reading: Reading) => parseJson(unwrapped(reading)));
export const csvOf = memo((reading: Reading) =>
  parseCsv(unwrapped(reading), reading.ending === '.tsv' ? '\t' : undefined),
);
export const blocksOf = memo((answer: Answer) => blocks(answer.text));

/** The source, or what stands in its only code fence: agents like to wrap data in Markdown. */
export function unwrapped({ format, source }: Reading): string {
  if (format !== 'text' && format !== 'markdown') return source;
  const fences = blocks(source).filter((block) => block.kind === 'code');
  return fences.length === 1 && fences[0] ? fences[0].text : source;
}
