import { Decline, type ExecuteRequest, readAttachment } from '@bakeoff/agent-kit';
import { clean } from './brief.ts';
import { parseCsv, type Table } from './csv.ts';

/** One of the buyer's files as text. */
export interface Source {
  name: string;
  text: string;
}

const MAX_FILES = 8;
const MAX_BYTES = 4 * 2 ** 20;
const TEXTUAL = /^text\/|[/+](?:json|csv|xml|markdown|sql)$|^application\/(?:octet-stream|vnd\.ms-excel)$/;
const TEXT_ENDING = /\.(?:txt|md|markdown|csv|tsv|json|log|text|html?|xml|sql)$/i;

/**
 * The attachments that are text, in order: at most 8 of them, of 4 MiB each.
 *
 * @throws Decline when one is larger, AgentError when one can't be fetched
 */
export async function readSources(request: ExecuteRequest, signal: AbortSignal): Promise<Source[]> {
  const textual = request.attachments
    .filter(({ name, media_type }) => TEXTUAL.test(media_type.split(';')[0] ?? '') || TEXT_ENDING.test(name))
    .slice(0, MAX_FILES);
  const sources: Source[] = [];
  for (const attachment of textual) {
    const bytes = await readAttachment(attachment, { maxBytes: MAX_BYTES, signal });
    if (!isBinary(bytes)) sources.push({ name: attachment.name, text: decode(bytes) });
  }
  return sources;
}

/** UTF-8 or UTF-16 by its mark, UTF-8 if it is, otherwise what old spreadsheets write. Line ends become \n. */
export function decode(bytes: Uint8Array): string {
  return clean(new TextDecoder(encodingOf(bytes)).decode(bytes).replace(/\r\n?/g, '\n'));
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function isBinary(bytes: Uint8Array): boolean {
  return encodingOf(bytes).startsWith('utf-16') ? false : bytes.subarray(0, 8_000).includes(0);
}

export function isCsv({ name, text }: Source): boolean {
  if (/\.(?:csv|tsv)$/i.test(name)) return true;
  const [head = '', next = ''] = text.split('\n', 2);
  return (
    /\.txt$/i.test(name) &&
    [',', ';', '\t'].some((mark) => head.includes(mark) && count(head, mark) === count(next, mark))
  );
}

function count(text: string, mark: string): number {
  return text.split(mark).length;
}

/**
 * The buyer's table, at most `maxRows` of it.
 *
 * @throws Decline when no attachment is a table
 */
export async function readTable(request: ExecuteRequest, signal: AbortSignal, maxRows?: number): Promise<Table> {
  const sources = await readSources(request, signal);
  const source = sources.find(isCsv);
  const table = source ? parseCsv(source.text, maxRows) : null;
  if (table === null || table.header.length === 0 || table.rows.length === 0) {
    throw new Decline('I need the table as a CSV file, attached to the task.');
  }
  return table;
}
