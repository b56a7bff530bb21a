import type { Answer } from './app.js';
import { call } from './app.js';
import { ok, type Person, type Place } from './market.js';

export interface Upload {
  readonly name?: string;
  readonly type?: string;
  readonly content: string | Uint8Array;
  readonly field?: string;
}

const BOUNDARY = 'a-boundary-of-the-tests';

/** A form written by hand, so that a test can also write a wrong one. */
export function form(parts: readonly Upload[]): Buffer {
  const written = parts.flatMap(({ name, type = 'application/octet-stream', content, field = 'file' }) => [
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"${name === undefined ? '' : `; filename="${name}"`}\r\n`,
    name === undefined ? '\r\n' : `content-type: ${type}\r\n\r\n`,
    content,
    '\r\n',
  ]);
  return Buffer.concat([...written, `--${BOUNDARY}--\r\n`].map((part) => Buffer.from(part)));
}

export async function upload(
  place: Place,
  { key }: Person,
  parts: Upload | readonly Upload[],
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(place, key, form([parts].flat()), headers);
}

/** Sends bytes as a form. */
export function send(
  place: Place,
  key: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(place.url, 'POST', '/attachments', {
    key,
    body,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
  });
}

/** An attachment that is there. */
export async function attach(
  place: Place,
  person: Person,
  name = 'data.csv',
  content: string | Uint8Array = 'a,b\n1,2\n',
) {
  return (await ok(upload(place, person, { name, content }))).body.data;
}
