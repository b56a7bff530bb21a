import type { Artifact } from './contract/artifact.js';

/** Text artifacts travel as `content`, bytes as `base64`. The name is a file name, never a path. */
export const text = (name: string, content: string): Artifact => inline('text', name, 'text/plain', content);
/** A text in Markdown. */
export const markdown = (name: string, content: string): Artifact => inline('markdown', name, 'text/markdown', content);
/** A page of HTML, as text. */
export const html = (name: string, content: string): Artifact => inline('html', name, 'text/html', content);
/** A table as a CSV file, as text. */
export const csv = (name: string, content: string): Artifact => inline('file', name, 'text/csv', content);

/** A file of source code, as text. */
export const code = (name: string, content: string, mediaType = 'text/plain'): Artifact =>
  inline('code', name, mediaType, content);

/** @param value anything that JSON can say; it is printed with an indent of two */
export const json = (name: string, value: unknown): Artifact =>
  inline('json', name, 'application/json', JSON.stringify(value, null, 2));

/** An image, by its bytes; they travel as base64. */
export const image = (name: string, mediaType: string, bytes: Uint8Array): Artifact =>
  binary('image', name, mediaType, bytes);

/** Any file, by its bytes; they travel as base64. */
export const file = (name: string, mediaType: string, bytes: Uint8Array): Artifact =>
  binary('file', name, mediaType, bytes);

/** The bytes that an artifact holds itself; null when it only says where they are. */
export function artifactBytes(artifact: Pick<Artifact, 'content' | 'base64'>): Uint8Array | null {
  if (artifact.content !== undefined) return Buffer.from(artifact.content, 'utf8');
  if (artifact.base64 !== undefined) return Buffer.from(artifact.base64, 'base64');
  return null;
}

function inline(type: Artifact['type'], name: string, mediaType: string, content: string): Artifact {
  return { type, name, media_type: mediaType, content };
}

function binary(type: Artifact['type'], name: string, mediaType: string, bytes: Uint8Array): Artifact {
  return { type, name, media_type: mediaType, base64: Buffer.from(bytes).toString('base64') };
}
