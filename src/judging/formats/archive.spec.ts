import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { anArtifact, findingOf } from '../../../test/support/answers.js';
import { aTar, aZip, type ZipEntry } from '../../../test/support/files.js';
import { Apart } from './apart.js';

const apart = new Apart();
afterAll(() => apart.close());

const read = (bytes: Uint8Array) => apart.run({ kind: 'archive', bytes });
const zipped = (...entries: ZipEntry[]) => read(aZip(entries));

describe('an honest archive', () => {
  test('is opened, every entry is unpacked in memory, and nothing is found', async () => {
    const found = await zipped(
      { name: 'src/' },
      { name: 'src/index.js', content: 'export default 1;\n'.repeat(5_000) },
      { name: 'Größe.md', content: '# Hi' },
      { name: 'run.sh', content: '#!/bin/sh\n', mode: 0o100755 },
      { name: 'docs.zip', content: aZip([{ name: 'a.txt', content: 'a' }]) },
    );
    expect(found).toMatchObject({ met: 'yes', details: { dangers: [] } });
  });

  test('may be a tar, packed or not', async () => {
    const tar = aTar([
      { name: 'a/b.txt', content: 'hello' },
      { name: 'c.md', content: 'x'.repeat(2_000) },
    ]);
    expect(await read(tar)).toMatchObject({ met: 'yes', details: { dangers: [] } });
    expect(await read(gzipSync(tar))).toMatchObject({ met: 'yes', details: { dangers: [] } });
  });
});

describe('a dangerous one is told by', () => {
  const LINK = 0o120777;
  test.each<readonly [string, ZipEntry]>([
    ['a path that climbs out', { name: '../../etc/cron.d/x', content: 'x' }],
    ['a path that climbs out', { name: 'a\\..\\..\\x', content: 'x' }],
    ['an absolute path', { name: '/etc/passwd', content: 'x' }],
    ['an absolute path', { name: 'C:\\Windows\\x', content: 'x' }],
    ['a link', { name: 'a', content: '/etc/passwd', mode: LINK }],
    ['a program', { name: 'setup.exe', content: 'x' }],
    ['a program', { name: 'logo.png', content: Buffer.from('MZ\x90\x00') }],
    ['encrypted', { name: 'a.txt', content: 'x', isEncrypted: true }],
    ['an archive inside', { name: 'a.7z', content: 'x' }],
    ['unpack to', { name: 'zeros', content: Buffer.alloc(40_000_000) }],
    ['unpack to', { name: 'a', content: 'x', saysSize: 2_000_000_000 }],
    ['a misleading name', { name: 'fdp\u202eexe', content: 'x' }],
  ])('%s: %j', async (danger, entry) => {
    const { details } = await zipped({ name: 'ok.txt', content: 'ok' }, entry);
    expect(details.dangers?.join()).toContain(danger);
  });

  test('what lies in an archive inside of it', async () => {
    const inner = aZip([{ name: '../up', content: 'x' }]);
    expect((await zipped({ name: 'a.zip', content: inner })).details.dangers?.join()).toContain('climbs out');
  });

  test('links and paths in a tar, and a gzip that swells', async () => {
    const { details } = await read(aTar([{ name: 'a', type: '2' }, { name: '/b' }]));
    expect(details.dangers?.join()).toMatch(/a link.*an absolute path/);
    expect((await read(gzipSync(Buffer.alloc(150_000_000)))).details.dangers?.join()).toContain('unpack to');
  });

  test('the number of its entries', async () => {
    const { met, details } = await zipped(...Array.from({ length: 5_001 }, (_, at) => ({ name: `${at}` })));
    expect({ met, dangers: details.dangers }).toEqual({ met: 'unknown', dangers: ['5001 entries'] });
  });
});

test.each<readonly [string, Uint8Array]>([
  ['cut off', aZip([{ name: 'a', content: 'x'.repeat(500) }]).subarray(0, -30)],
  ['damaged inside', aZip([{ name: 'a', content: 'x', saysCrc: 1 }])],
  ['of another size than it says', aZip([{ name: 'a', content: 'xyz', saysSize: 2 }])],
  ['a tar that is cut off', aTar([{ name: 'a', content: 'x'.repeat(2_000) }]).subarray(0, 1_200)],
  ['a gzip that is cut off', gzipSync('hello '.repeat(100)).subarray(0, -12)],
])('an archive that is %s is broken', async (_name, bytes) => {
  expect((await read(bytes)).met).toBe('no');
});

test('the rule is about archives, and says what it found', async () => {
  const file = (content: Uint8Array) => [
    anArtifact(content, { type: 'file', name: 'a.zip', mediaType: 'application/zip' }),
  ];
  expect((await findingOf({ kind: 'archive_safe' }, file(aZip([{ name: 'a', content: 'x' }])))).met).toBe('yes');
  const bad = await findingOf({ kind: 'archive_safe' }, file(aZip([{ name: '../a', content: 'x' }])));
  expect(bad).toMatchObject({ met: 'no', evidence: expect.stringContaining('climbs out') });
  expect((await findingOf({ kind: 'archive_safe' }, 'text')).met).toBe('no');
});
