import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { optionsFrom } from './arguments.ts';
import { placeFor, ROOT } from './server.ts';

const base = mkdtempSync(join(tmpdir(), 'bakeoff-place-'));
afterAll(() => rmSync(base, { recursive: true }));
const now = new Date('2026-03-01T12:30:45Z');

describe('the place of the data', () => {
  test('goes with the demo, but for the logs of one that failed', () => {
    const [fine, failed] = [placeFor(optionsFrom([]), base, now), placeFor(optionsFrom([]), base, now)];
    for (const { logs, data } of [fine, failed]) {
      mkdirSync(data);
      mkdirSync(logs);
      writeFileSync(join(logs, 'server.log'), 'words');
    }
    fine.tidy(true);
    failed.tidy(false);
    expect([fine.data, dirname(fine.data), failed.data].map((path) => existsSync(path))).toEqual([false, false, false]);
    expect(existsSync(failed.logs)).toBe(true);
    failed.tidy(true);
    expect(existsSync(dirname(failed.data))).toBe(false);
  });

  test('is the user’s folder when there is one, and it stays', () => {
    const place = placeFor(optionsFrom(['--data', 'mine']), base, now);
    place.tidy(true);
    expect(place.data).toBe(join(base, 'mine'));
    expect(existsSync(place.data)).toBe(true);
  });

  test('is never a folder in use, or a file', () => {
    mkdirSync(join(base, 'used', 'inside'), { recursive: true });
    writeFileSync(join(base, 'file'), '');
    for (const path of ['used', 'file']) {
      expect(() => placeFor(optionsFrom(['--data', path]), base, now)).toThrow('must be new, or an empty folder');
    }
  });

  test('is below the project’s data when everything is kept', () => {
    const place = placeFor(optionsFrom(['--keep']), base, now);
    rmSync(place.data, { recursive: true });
    expect(place.data).toBe(join(ROOT, 'data', 'demo-20260301123045'));
  });
});
