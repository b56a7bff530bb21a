import { crc32, gunzipSync } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { JUDGED } from '../limits.js';
import { tarEntries } from './tar.js';
import { broken, fine, unsure, type Validity } from './validity.js';

/** Runs in the child process only. Every entry is unpacked in memory, in pieces, within one bound; nothing is written. */

/** What systems start on a double click, by name; and what begins as a program, whatever its name. */
const STARTS = /\.(?:exe|scr|com|pif|msi|lnk|hta|vbs|vbe|jse|wsf|cpl|dll|jar|apk|app|dmg|reg)$/i;
const ARCHIVES = /\.(?:zip|7z|rar|tar|tgz|gz|bz2|xz|zst|cab|iso)$/i;
const PROGRAMS = [
  [0x4d, 0x5a],
  [0x7f, 0x45, 0x4c, 0x46],
  [0xfe, 0xed, 0xfa],
  [0xcf, 0xfa, 0xed, 0xfe],
];
const MOST_NESTED = 2;
const NESTED_BYTES = 16_000_000;
/** Ordinary text shrinks to a tenth; what shrinks to less than this share of itself is made to. */
const RATIO = 150;
const RATIO_BYTES = 20_000_000;

interface Seen {
  readonly dangers: Set<string>;
  problem?: string;
  /** Why not all of it was read. */
  unread?: string;
  entries: number;
  bytes: number;
}

export async function archiveValidity(bytes: Uint8Array): Promise<Validity> {
  const seen: Seen = { dangers: new Set(), entries: 0, bytes: 0 };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await readArchive(buffer, seen, 0);
  const details = { dangers: [...seen.dangers] };
  if (seen.problem !== undefined) return broken(seen.problem, details);
  if (seen.unread !== undefined) return unsure(seen.unread, details);
  return fine(`${seen.entries} entries, ${seen.bytes} bytes when unpacked`, details);
}

async function readArchive(buffer: Buffer, seen: Seen, depth: number): Promise<void> {
  if (buffer[0] === 0x1f && buffer[1] === 0x8b) return readGzip(buffer, seen, depth);
  if (buffer.subarray(257, 262).toString('latin1') === 'ustar') return readTar(buffer, seen);
  return readZip(buffer, seen, depth);
}

async function readZip(buffer: Buffer, seen: Seen, depth: number): Promise<void> {
  let zip: ZipFile;
  try {
    zip = await yauzl.fromBufferPromise(buffer, { decodeStrings: false });
  } catch (error) {
    seen.problem ??= `it can't be opened: ${message(error)}`;
    return;
  }
  if (zip.entryCount > JUDGED.archiveEntries) {
    seen.dangers.add(`${zip.entryCount} entries`);
    seen.unread ??= `it has ${zip.entryCount} entries, more than are looked at`;
    return;
  }
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const isBomb = swells(entries, buffer.byteLength, seen);
    for (const entry of entries) await readEntry(zip, entry, seen, depth, isBomb);
  } catch (error) {
    seen.problem ??= `it can't be read: ${message(error)}`;
  }
}

/** By what the archive says of itself: too large, too well packed, or entries that share their bytes. */
function swells(entries: readonly Entry[], size: number, seen: Seen): boolean {
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0);
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const isBomb =
    packed > size || unpacked > JUDGED.archiveBytes * 10 || (unpacked > RATIO_BYTES && unpacked > size * RATIO);
  if (isBomb) {
    seen.dangers.add(`${size} bytes that unpack to ${unpacked}`);
    seen.unread ??= `${size} bytes would unpack to ${unpacked}: not unpacked`;
  }
  return isBomb;
}

async function readEntry(zip: ZipFile, entry: Entry, seen: Seen, depth: number, isBomb: boolean): Promise<void> {
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  seen.entries++;
  nameDangers(name, seen);
  // The upper half holds the Unix mode, where the archive was made on such a system.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) seen.dangers.add(`a link: ${shown(name)}`);
  if (entry.isEncrypted()) {
    seen.dangers.add('encrypted entries');
    seen.unread ??= `${shown(name)} is encrypted`;
    return;
  }
  if (isBomb || name.endsWith('/')) return;
  if (!entry.canDecodeFileData()) {
    seen.unread ??= `${shown(name)} is packed in a way that is not known here`;
    return;
  }
  await unpack(zip, entry, name, seen, depth);
}

async function unpack(zip: ZipFile, entry: Entry, name: string, seen: Seen, depth: number): Promise<void> {
  const isNested = ARCHIVES.test(name);
  const kept: Buffer[] = [];
  let sum = 0;
  let size = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const piece = chunk as Buffer;
      if (size === 0) contentDangers(name, piece, seen);
      sum = crc32(piece, sum);
      size += piece.byteLength;
      seen.bytes += piece.byteLength;
      if (isNested && size <= NESTED_BYTES) kept.push(piece);
      if (seen.bytes > JUDGED.archiveBytes) {
        seen.unread ??= `more than ${JUDGED.archiveBytes} bytes when unpacked`;
        return;
      }
    }
  } catch (error) {
    seen.problem ??= `${shown(name)} can't be unpacked: ${message(error)}`;
    return;
  }
  if (sum !== entry.crc32) seen.problem ??= `${shown(name)} is damaged: its checksum is another`;
  if (isNested) await readNested(Buffer.concat(kept), name, size, seen, depth);
}

/** An archive inside is read too; one that can't be, or lies too deep, is a danger. */
async function readNested(inner: Buffer, name: string, size: number, seen: Seen, depth: number): Promise<void> {
  const isRead = /\.(?:zip|tar|tgz|gz)$/i.test(name) && size === inner.byteLength && depth < MOST_NESTED;
  if (!isRead) {
    seen.dangers.add(`an archive inside that is not looked into: ${shown(name)}`);
    return;
  }
  await readArchive(inner, seen, depth + 1);
}

async function readGzip(buffer: Buffer, seen: Seen, depth: number): Promise<void> {
  try {
    const whole = gunzipSync(buffer, { maxOutputLength: JUDGED.archiveBytes });
    seen.bytes += whole.byteLength;
    if (whole.byteLength > RATIO_BYTES && whole.byteLength > buffer.byteLength * RATIO)
      seen.dangers.add(`${buffer.byteLength} bytes that unpack to ${whole.byteLength}`);
    if (whole.subarray(257, 262).toString('latin1') === 'ustar') readTar(whole, seen);
    else if (whole[0] === 0x1f && whole[1] === 0x8b && depth < MOST_NESTED) await readGzip(whole, seen, depth + 1);
    else seen.entries++;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      seen.dangers.add(`${buffer.byteLength} bytes that unpack to more than ${JUDGED.archiveBytes}`);
      seen.unread ??= `more than ${JUDGED.archiveBytes} bytes when unpacked`;
    } else seen.problem ??= `it can't be unpacked: ${message(error)}`;
  }
}

function readTar(buffer: Buffer, seen: Seen): void {
  const { entries, problem } = tarEntries(buffer, JUDGED.archiveEntries);
  if (problem !== undefined) seen.problem ??= problem;
  for (const { name, isLink, content } of entries) {
    seen.entries++;
    nameDangers(name, seen);
    if (isLink) seen.dangers.add(`a link: ${shown(name)}`);
    else contentDangers(name, content, seen);
    if (ARCHIVES.test(name)) seen.dangers.add(`an archive inside that is not looked into: ${shown(name)}`);
  }
}

function nameDangers(name: string, { dangers }: Seen): void {
  if (/^(?:[a-z]:|[/\\])/i.test(name)) dangers.add(`an absolute path: ${shown(name)}`);
  else if (name.split(/[/\\]/).includes('..')) dangers.add(`a path that climbs out: ${shown(name)}`);
  else if (/[\\\p{Cc}\p{Bidi_Control}]/u.test(name)) dangers.add(`a misleading name: ${shown(name)}`);
  if (STARTS.test(name)) dangers.add(`a program: ${shown(name)}`);
  if (/(?:^|\/)vbaProject\.bin$/i.test(name)) dangers.add('macros');
}

function contentDangers(name: string, head: Uint8Array, { dangers }: Seen): void {
  if (PROGRAMS.some((magic) => magic.every((byte, at) => head[at] === byte))) dangers.add(`a program: ${shown(name)}`);
}

function shown(name: string): string {
  return `"${name.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 80)}"`;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 120) : 'unknown error';
}
