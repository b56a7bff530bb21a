import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId, newToken, sameSecret, tokenHash, uuidFrom } from './tokens.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const versionOf = (id: string) => UUID.exec(id)?.[1];

describe('a token', () => {
  test('has its prefix, letters and digits, and as much chance as asked for', () => {
    expect(newToken('bk')).toMatch(/^bk_[0-9A-Za-z]{43}$/);
    expect(newToken('bk', 16)).toMatch(/^bk_[0-9A-Za-z]{22}$/);
    expect(new Set(Array.from({ length: 1_000 }, () => newToken('bk'))).size).toBe(1_000);
  });

  test('uses every character about equally often', () => {
    const counts = new Map<string, number>();
    for (const character of newToken('x', 40_000).slice(2)) counts.set(character, (counts.get(character) ?? 0) + 1);
    const mean = (40_000 * 8) / Math.log2(62) / 62;
    expect(counts.size).toBe(62);
    for (const count of counts.values()) expect(Math.abs(count - mean)).toBeLessThan(6 * Math.sqrt(mean));
  });

  test('is stored as its SHA-256', () => {
    expect(tokenHash('bk_1')).toBe(createHash('sha256').update('bk_1').digest('hex'));
  });

  test('is compared whole, whatever the lengths', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', Buffer.from('abc'))).toBe(true);
    expect(sameSecret('abc', 'abd')).toBe(false);
    expect(sameSecret('abc', 'ab')).toBe(false);
    expect(sameSecret('', 'a')).toBe(false);
  });
});

describe('uuidFrom', () => {
  test('gives the same id for the same parts, today and tomorrow', () => {
    expect(uuidFrom('call', 'r1', 7)).toBe(uuidFrom('call', 'r1', 7));
    expect(uuidFrom('call', 'r1', 7)).toBe('75062f77-9610-8bcb-ab90-6be1a3342f72');
    expect(versionOf(uuidFrom('call', 'r1'))).toBe('8');
  });

  test('keeps the parts apart', () => {
    const ids = [
      uuidFrom('a', 'bc'),
      uuidFrom('ab', 'c'),
      uuidFrom('a', 'b', 'c'),
      uuidFrom('a,bc'),
      uuidFrom('abc'),
      uuidFrom('a', 1),
      uuidFrom('a', '1'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('newId', () => {
  test('is a UUID of version 7 with the time in it', () => {
    const before = Date.now();
    const id = newId();
    expect(versionOf(id)).toBe('7');
    const at = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThan(Date.now() + 1_000);
  });

  test('sorts by the order of making, also for more than fit into one ms', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => versionOf(id) === '7')).toBe(true);
  });
});
