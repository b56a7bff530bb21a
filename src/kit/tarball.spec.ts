import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract, type Headers } from 'tar-stream';
import { expect, test } from 'vitest';
import { packed } from './tarball.js';

const ORIGIN = 'https://bakeoff.example';

interface Unpacked {
  header: Headers;
  content: string;
}

async function unpacked(bytes: Buffer): Promise<Unpacked[]> {
  const files: Unpacked[] = [];
  for await (const entry of Readable.from([gunzipSync(bytes)]).pipe(extract()))
    files.push({ header: entry.header, content: await text(entry) });
  return files;
}

function contentOf(files: readonly Unpacked[], path: string): string {
  return files.find(({ header }) => header.name === `package/${path}`)?.content ?? '';
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
  expect(JSON.parse(contentOf(files, 'server.json'))).toEqual({ server: ORIGIN, tarball: `${ORIGIN}${path}` });
});

test('what the repository holds in one place alone is packed wherever the kit needs it', async () => {
  const files = await unpacked((await packed(ORIGIN)).bytes);
  const verifier = contentOf(files, 'docs/contract/verify.py');
  expect(verifier).toContain('hmac');
  expect(contentOf(files, 'templates/python/verify.py')).toBe(verifier);
});
