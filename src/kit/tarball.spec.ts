import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract, type Headers } from 'tar-stream';
import { expect, test } from 'vitest';
import { packed } from './tarball.js';

const ORIGIN = 'https://bakeoff.example';

async function unpacked(bytes: Buffer): Promise<{ header: Headers; content: string }[]> {
  const files = [];
  for await (const entry of Readable.from([gunzipSync(bytes)]).pipe(extract()))
    files.push({ header: entry.header, content: await text(entry) });
  return files;
}

test('the same kit and origin give the same bytes, and another origin another name', async () => {
  const [one, again, other] = await Promise.all([packed(ORIGIN), packed(ORIGIN), packed('https://other.example')]);
  expect(again.bytes.equals(one.bytes)).toBe(true);
  expect(again.path).toBe(one.path);
  expect(other.path).not.toBe(one.path);
});

test('nothing in it tells when, where and by whom it was packed, but for the address that serves it', async () => {
  const { path, bytes } = await packed(ORIGIN);
  const files = await unpacked(bytes);
  for (const { header } of files)
    expect(header, header.name).toMatchObject({ type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) });
  const server = files.find(({ header }) => header.name === 'package/server.json');
  expect(JSON.parse(server?.content ?? '')).toEqual({ server: ORIGIN, tarball: `${ORIGIN}${path}` });
});
