import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadSecretsKeys, loadOrCreateKeyFile, SecretBox, SecretUnreadable } from './secrets.js';

const aKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const HERE = { table: 'agents', column: 'endpoint_secret', row: '42' };

function reason(open: () => string): string {
  try {
    return `opened: ${open()}`;
  } catch (error) {
    if (error instanceof SecretUnreadable) return error.reason;
    throw error;
  }
}

describe('a sealed secret', () => {
  test('opens at its place, and looks different each time', () => {
    const box = SecretBox.parse(aKey('k1'));
    const sealed = box.seal('whsec_ü', HERE);
    expect(box.open(sealed, HERE)).toBe('whsec_ü');
    expect(sealed).toMatch(/^v1\.k1\.[A-Za-z0-9_-]+$/);
    expect(box.seal('whsec_ü', HERE)).not.toBe(sealed);
    expect(box.open(box.seal('', HERE), HERE)).toBe('');
  });

  test.each([
    { ...HERE, table: 'accounts' },
    { ...HERE, column: 'other' },
    { ...HERE, row: '43' },
    { table: 'agent', column: 'sendpoint_secret', row: '42' },
  ])('does not open at $table.$column $row', (elsewhere) => {
    const box = SecretBox.parse(aKey('k1'));
    const sealed = box.seal('x', HERE);
    expect(reason(() => box.open(sealed, elsewhere))).toBe('wrong_place');
  });

  test('does not open with one character changed', () => {
    const box = SecretBox.parse(aKey('k1'));
    const sealed = box.seal('something to hide', HERE);
    for (let at = 'v1.k1.'.length; at < sealed.length - 1; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(reason(() => box.open(changed, HERE))).toBe('wrong_place');
    }
  });

  test('opens after a rotation for as long as its key is listed', () => {
    const [old, young] = [aKey('old'), aKey('young')];
    const sealed = SecretBox.parse(old).seal('x', HERE);
    const rotated = SecretBox.parse(`${young}, ${old}`);
    expect(rotated.open(sealed, HERE)).toBe('x');
    expect(rotated.isStale(sealed)).toBe(true);
    expect(rotated.isStale(rotated.seal('x', HERE))).toBe(false);
    expect(rotated.seal('x', HERE)).toMatch(/^v1\.young\./);
    expect(reason(() => SecretBox.parse(young).open(sealed, HERE))).toBe('unknown_key');
  });

  test('tells a replaced key from a missing one', () => {
    const sealed = SecretBox.parse(aKey('k1')).seal('x', HERE);
    expect(reason(() => SecretBox.parse(aKey('k1')).open(sealed, HERE))).toBe('wrong_place');
  });

  test.each(['', 'plain', 'v1.k1', 'v1.k1.', 'v1.k1.short', `v2.k1.${'A'.repeat(60)}`, `v1.k 1.${'A'.repeat(60)}`])(
    '%j is malformed',
    (text) => {
      const box = SecretBox.parse(aKey('k1'));
      expect(reason(() => box.open(text, HERE))).toBe('malformed');
    },
  );
});

describe('SECRETS_KEYS', () => {
  test.each([
    ['', 'holds no key'],
    [' , ', 'holds no key'],
    [randomBytes(32).toString('base64'), 'has no id'],
    [`k1:${randomBytes(31).toString('base64')}`, 'the key "k1" is not 32 bytes'],
    [`k1:${randomBytes(33).toString('base64')}`, 'the key "k1" is not 32 bytes'],
    ['k1:', 'the key "k1" is not 32 bytes'],
    [`a b:${randomBytes(32).toString('base64')}`, 'has no id'],
    [`${aKey('k1')},${aKey('k1')}`, 'same id'],
  ])('%j is refused', (text, problem) => {
    expect(() => SecretBox.parse(text)).toThrow(BadSecretsKeys);
    expect(() => SecretBox.parse(text)).toThrow(problem);
  });

  test('an error never repeats the key', () => {
    const key = randomBytes(40).toString('base64');
    expect(() => SecretBox.parse(`k1:${key}`)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(key.slice(0, 8)) }),
    );
  });

  test('base64 without padding and for URLs is read too', () => {
    const bytes = randomBytes(32);
    const sealed = SecretBox.parse(`k1:${bytes.toString('base64')}`).seal('x', HERE);
    expect(SecretBox.parse(`k1:${bytes.toString('base64url')}`).open(sealed, HERE)).toBe('x');
  });
});

test('derived keys differ by label and by key, and stay the same', () => {
  const [k1, k2] = [aKey('k1'), aKey('k2')];
  const box = SecretBox.parse(`${k1},${k2}`);
  expect(box.derive('cookie')).toHaveLength(32);
  expect(box.derive('cookie')).toEqual(SecretBox.parse(k1).derive('cookie'));
  expect(box.derive('cookie')).not.toEqual(box.derive('receipt'));
  expect(box.deriveAll('cookie')).toEqual([SecretBox.parse(k1).derive('cookie'), SecretBox.parse(k2).derive('cookie')]);
});

describe('the key file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bakeoff-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is made once, for this user alone, however many processes come first', async () => {
    const path = join(folder, 'data', 'secrets.key');
    const texts = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateKeyFile(path)));
    expect(new Set(texts).size).toBe(1);
    expect(await loadOrCreateKeyFile(path)).toBe(texts[0]);
    expect((await readFile(path, 'utf8')).trim()).toBe(texts[0]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'data'))).toEqual(['secrets.key']);
    const box = SecretBox.parse(texts[0] ?? '');
    expect(box.open(box.seal('x', HERE), HERE)).toBe('x');
  });

  test('that others could read is closed to them, with a warning', async () => {
    const path = join(folder, 'secrets.key');
    const text = await loadOrCreateKeyFile(path);
    await chmod(path, 0o644);
    const warnings: string[] = [];
    expect(await loadOrCreateKeyFile(path, (message) => warnings.push(message))).toBe(text);
    expect(warnings).toEqual([expect.stringContaining('644')]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('that is damaged stops the start and names the file', async () => {
    const path = join(folder, 'secrets.key');
    await writeFile(path, 'k1:abc', { mode: 0o600 });
    await expect(loadOrCreateKeyFile(path)).rejects.toThrow(path);
  });
});
