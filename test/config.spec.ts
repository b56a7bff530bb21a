import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Config, envExample } from '../src/platform/config.js';
import { Settings } from '../src/platform/settings.js';

const from = (env: Record<string, string>) => Config.fromEnvironment(env);
const NAMES = Object.keys(Settings.shape) as (keyof typeof Settings.shape)[];
const KEY = `k1:${Buffer.alloc(32, 1).toString('base64')}`;

describe('the settings', () => {
  test('each has a meaning, in a sentence', () => {
    for (const name of NAMES) expect(Settings.shape[name].description, name).toMatch(/^\S.*\.$/);
  });

  test('.env.example holds every one, with meaning and default', () => {
    const text = readFileSync('.env.example', 'utf8');
    expect(text).toBe(envExample());
    for (const name of NAMES) expect(text).toMatch(new RegExp(`^# .+\\n#${name}=`, 'm'));
  });

  test('the defaults, as .env.example shows them, are what no environment gives', () => {
    const shown = [...envExample().matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]);
    expect(from(Object.fromEntries(shown))).toEqual(from({}));
  });

  test('an empty variable is one that is not set, and what is no setting is ignored', () => {
    expect(from({ PORT: '', PUBLIC_URL: '', ROLE: '', PROT: '1', port: '2', BAKEOFF_PORT: '3' })).toEqual(from({}));
  });

  test('every number has a range and takes its ends', () => {
    for (const name of NAMES) {
      const range = /must be a (?:whole )?number from (\S+) to (\d+(?:\.\d+)?)/
        .exec(problem({ [name]: 'many' }))
        ?.slice(1, 3);
      if (!range) continue;
      for (const end of range) expect(from({ [name]: end })[name], name).toBe(Number(end));
      const [least, most] = range.map(Number) as [number, number];
      for (const beyond of [least - 1, most + 1])
        expect(() => from({ [name]: String(beyond) }), name).toThrow(`${name} must be`);
    }
  });

  test.each([
    ['PORT', '1e3'],
    ['PORT', '0x10'],
    ['PORT', ' '],
    ['PORT', '80.5'],
    ['PORT', '٣'],
    ['PORT', '65536'],
    ['TRUST_PROXY', '1'],
    ['ROLE', 'x'],
    ['LOG_LEVEL', 'loud'],
    ['EXPERIMENTATION', '1.1'],
    ['EXPERIMENTATION', '.'],
    ['NOTICE_SHARES', '0.5,2'],
    ['NOTICE_SHARES', '0'],
    ['NOTICE_SHARES', '0.5,'],
    ['PUBLIC_URL', 'bakeoff.example'],
    ['PUBLIC_URL', 'ftp://bakeoff.example'],
    ['PUBLIC_URL', 'https://bakeoff.example/?a=b'],
    ['PUBLIC_URL', 'https://me:word@bakeoff.example'],
    ['DATABASE_URL', 'mysql://db.example/bakeoff'],
    ['EGRESS_ALLOW', '127.0.0.1'],
    ['SECRETS_KEYS', 'k1:short'],
  ])('%s=%s is refused in one line with the variable and what fits', (name, value) => {
    expect(problem({ [name]: value })).toMatch(new RegExp(`^${name}\\b[^\\n]+$`));
  });

  test('a refusal repeats the value, unless it may hold a password', () => {
    expect(problem({ PORT: 'abc' })).toBe(
      'PORT must be a whole number from 0 to 65535, not "abc". The port to listen on; 0 takes a free one. See .env.example.',
    );
    for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'PUBLIC_URL', 'SECRETS_KEYS']) {
      expect(problem({ [name]: 'k1:hunter2' })).not.toContain('hunter2');
    }
  });
});

describe('settings that need one another', () => {
  test.each(['api', 'worker'])('ROLE=%s needs PUBLIC_URL', (ROLE) => {
    expect(problem({ ROLE })).toMatch(/^PUBLIC_URL must be set with ROLE=/);
    expect(from({ ROLE, PUBLIC_URL: 'https://bakeoff.example' }).ROLE).toBe(ROLE);
  });

  test('MIGRATION_DATABASE_URL without DATABASE_URL would be lost on the embedded PostgreSQL', () => {
    const MIGRATION_DATABASE_URL = 'postgres://owner:word@db.example/bakeoff';
    expect(problem({ MIGRATION_DATABASE_URL })).toMatch(/^MIGRATION_DATABASE_URL needs DATABASE_URL beside it/);
  });
});

describe('a value', () => {
  test('PUBLIC_URL ends without a slash, since paths are put behind it', () => {
    expect(from({ PUBLIC_URL: 'https://bakeoff.example/market//' }).publicUrl(1)).toBe(
      'https://bakeoff.example/market',
    );
    expect(from({ HOST: '::1' }).publicUrl(8080)).toBe('http://[::1]:8080');
  });

  test('reminders come in order, whatever order they are given in', () => {
    expect(from({ NOTICE_SHARES: '.9,0.25' }).noticeShares).toEqual([0.25, 0.9]);
  });

  test('several keys are taken', () => {
    const SECRETS_KEYS = `k2:${Buffer.alloc(32, 2).toString('base64')},${KEY}`;
    expect(from({ SECRETS_KEYS }).SECRETS_KEYS).toBe(SECRETS_KEYS);
  });
});

function problem(env: Record<string, string>): string {
  try {
    from(env);
    return '';
  } catch (err) {
    return (err as Error).message;
  }
}
