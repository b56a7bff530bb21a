import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { ArtifactType } from '@bakeoff/agent-kit';
import { fileTypeFromBuffer } from 'file-type';
import type { JudgedArtifact } from '../../judging/judge.js';
import { Unusable } from '../command.js';

/** By the ending of a name: what an agent would say of such a file. */
const BY_ENDING: Readonly<Record<string, readonly [ArtifactType, string]>> = {
  '.txt': ['text', 'text/plain'],
  '.md': ['markdown', 'text/markdown'],
  '.markdown': ['markdown', 'text/markdown'],
  '.html': ['html', 'text/html'],
  '.htm': ['html', 'text/html'],
  '.json': ['json', 'application/json'],
  '.svg': ['image', 'image/svg+xml'],
  '.csv': ['file', 'text/csv'],
  '.tsv': ['file', 'text/tab-separated-values'],
  '.js': ['code', 'text/javascript'],
  '.mjs': ['code', 'text/javascript'],
  '.cjs': ['code', 'text/javascript'],
  '.ts': ['code', 'text/typescript'],
  '.mts': ['code', 'text/typescript'],
  '.py': ['code', 'text/x-python'],
  '.sql': ['code', 'application/sql'],
  '.css': ['code', 'text/css'],
  '.sh': ['code', 'application/x-sh'],
  '.xml': ['file', 'application/xml'],
  '.yaml': ['file', 'application/yaml'],
  '.yml': ['file', 'application/yaml'],
};

/** More than an agent may send in one answer. */
const MOST_BYTES = 50_000_000;

/**
 * A file from the disk as an agent would send it: its type by its bytes where they tell, else by its name.
 *
 * @throws Unusable it can't be read, or is too large
 */
export async function artifactAt(path: string): Promise<JudgedArtifact> {
  const bytes = await bytesAt(path);
  const name = basename(path);
  const sniffed = await fileTypeFromBuffer(bytes.subarray(0, 65_536)).catch(() => undefined);
  const named = BY_ENDING[extname(name).toLowerCase()];
  if (named) return { type: named[0], name, mediaType: named[1], bytes };
  if (sniffed)
    return { type: sniffed.mime.startsWith('image/') ? 'image' : 'file', name, mediaType: sniffed.mime, bytes };
  return isText(bytes)
    ? { type: 'text', name, mediaType: 'text/plain', bytes }
    : { type: 'file', name, mediaType: 'application/octet-stream', bytes };
}

async function bytesAt(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Unusable(`${path} can't be read: ${error instanceof Error ? error.message : 'unknown error'}`);
  });
  if (bytes.byteLength > MOST_BYTES) throw new Unusable(`${path} is larger than ${MOST_BYTES / 1_000_000} MB.`);
  return bytes;
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\u0000');
  } catch {
    return false;
  }
}
