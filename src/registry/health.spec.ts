import { describe, expect, test } from 'vitest';
import { healthUrl, nextHealth, type ProbeResult, readHealth } from './health.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const SETTINGS = { probeS: 60, failuresOut: 3 };
const GOOD: ProbeResult = { ok: true, version: null };
const BAD: ProbeResult = { ok: false, reason: 'gone' };
const waitS = ({ nextProbeAt }: { nextProbeAt: Date }) => (nextProbeAt.getTime() - NOW.getTime()) / 1_000;

describe('failures in a row', () => {
  test('make an agent failing, then out, and double the wait up to an hour', () => {
    let state = nextHealth({ health: 'healthy', failures: 0 }, BAD, NOW, SETTINGS);
    const seen = [[state.health, waitS(state)]];
    for (let i = 0; i < 8; i++) {
      state = nextHealth(state, BAD, NOW, SETTINGS);
      seen.push([state.health, waitS(state)]);
    }
    expect(seen).toEqual([
      ['failing', 60],
      ['failing', 120],
      ['out', 240],
      ['out', 480],
      ['out', 960],
      ['out', 1_920],
      ['out', 3_600],
      ['out', 3_600],
      ['out', 3_600],
    ]);
  });

  test('end with one success', () => {
    const after = nextHealth({ health: 'out', failures: 4_000 }, GOOD, NOW, SETTINGS);
    expect(after).toEqual({ health: 'healthy', failures: 0, nextProbeAt: new Date('2026-11-22T12:01:00Z') });
  });

  test('never make the wait shorter than between healthy probes, or endless', () => {
    const rare = { probeS: 7_200, failuresOut: 3 };
    expect(waitS(nextHealth({ health: 'failing', failures: 1 }, BAD, NOW, rare))).toBe(7_200);
    expect(waitS(nextHealth({ health: 'out', failures: 2_000 }, BAD, NOW, SETTINGS))).toBe(3_600);
  });
});

describe('what /health answers', () => {
  const read = (body: string, status = 200) => readHealth(status, Buffer.from(body));

  test('is healthy by its status alone, whatever else it says', () => {
    expect(read('{"status":"ok"}')).toEqual({ ok: true, version: null });
    expect(read('{"status":"ok","version":"1.2.0","uptime":7}')).toEqual({ ok: true, version: '1.2.0' });
    expect(read('{"status":"ok","version":12,"capabilities":"many"}')).toEqual({ ok: true, version: null });
  });

  test.each([
    ['{"status":"ok"}', 204],
    ['{"status":"ok"}', 500],
    ['', 302],
    ['', 200],
    ['ok', 200],
    ['"ok"', 200],
    ['null', 200],
    ['{"status":"degraded"}', 200],
    ['{"version":"1"}', 200],
    ['['.repeat(1_000), 200],
  ])('%.20j with %i is a failure with a reason', (body, status) => {
    expect(read(body, status)).toEqual({ ok: false, reason: expect.stringMatching(/^\/health answered .+\.$/) });
  });
});

test('health is asked for beside the endpoint', () => {
  expect(healthUrl('https://a.example/agents/execute')).toBe('https://a.example/agents/health');
  expect(healthUrl('https://execute.example/execute/execute')).toBe('https://execute.example/execute/health');
});
