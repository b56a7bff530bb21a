import { describe, expect, test } from 'vitest';
import type { Health } from './agent.schema.js';
import { type HealthState, healthUrl, type NextHealth, nextHealth, type ProbeResult, readHealth } from './health.js';
import { PROOF_TRIES } from './proof.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const SETTINGS = { probeS: 60, maxWaitS: 3_600, failuresOut: 3 };
const SAID = { agent: null, version: null, capabilities: null };
const GOOD: ProbeResult = { ok: true, reported: SAID, proof: 'newest' };
const UNPROVEN: ProbeResult = { ok: true, reported: SAID, proof: 'missing' };
const state = (health: Health, failures: number): HealthState => ({
  health,
  failures,
  verified: true,
  proofFailures: 0,
});
const BAD: ProbeResult = { ok: false, reason: 'gone' };
const waitS = ({ nextProbeAt }: NextHealth) => nextProbeAt && (nextProbeAt.getTime() - NOW.getTime()) / 1_000;

describe('failures in a row', () => {
  test('make an agent failing, then out, and double the wait up to an hour', () => {
    let next = nextHealth(state('healthy', 0), BAD, NOW, SETTINGS);
    const seen = [[next.health, waitS(next)]];
    for (let i = 0; i < 8; i++) {
      next = nextHealth(next, BAD, NOW, SETTINGS);
      seen.push([next.health, waitS(next)]);
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
    const after = nextHealth(state('out', 4_000), GOOD, NOW, SETTINGS);
    expect(after).toMatchObject({
      ...state('healthy', 0),
      reason: null,
      nextProbeAt: new Date('2026-11-22T12:01:00Z'),
    });
  });

  test('never make the wait shorter than between healthy probes, or endless', () => {
    const rare = { ...SETTINGS, probeS: 7_200 };
    expect(waitS(nextHealth(state('failing', 1), BAD, NOW, rare))).toBe(7_200);
    expect(waitS(nextHealth(state('out', 2_000), BAD, NOW, SETTINGS))).toBe(3_600);
  });
});

describe('an endpoint that has proven nothing', () => {
  const fresh: HealthState = { health: 'unknown', failures: 0, verified: false, proofFailures: 0 };

  test('is not known to be well, however well it answers, until its proof comes', () => {
    const next = nextHealth(fresh, UNPROVEN, NOW, SETTINGS);
    expect(next).toMatchObject({ health: 'unknown', verified: false, proofFailures: 1, failures: 0 });
    expect(next.reason).toContain('without a proof');
    expect(nextHealth(next, GOOD, NOW, SETTINGS)).toMatchObject({ ...state('healthy', 0), reason: null });
  });

  test('is left alone after its tries', () => {
    let next = nextHealth(fresh, UNPROVEN, NOW, SETTINGS);
    for (let tries = 1; tries < PROOF_TRIES; tries++) {
      expect(next.nextProbeAt).not.toBeNull();
      next = nextHealth(next, tries % 2 ? BAD : UNPROVEN, NOW, SETTINGS);
    }
    expect(next.nextProbeAt).toBeNull();
  });

  test('is out after failures, and never failing, since a failing one still takes part', () => {
    let next = nextHealth(fresh, BAD, NOW, SETTINGS);
    const seen = [next.health];
    for (let i = 0; i < 2; i++) {
      next = nextHealth(next, BAD, NOW, SETTINGS);
      seen.push(next.health);
    }
    expect(seen).toEqual(['unknown', 'unknown', 'out']);
  });

  test('stays proven once it was, whatever a later probe brings', () => {
    expect(nextHealth(state('healthy', 0), UNPROVEN, NOW, SETTINGS)).toMatchObject({
      health: 'healthy',
      verified: true,
    });
  });
});

describe('what /health answers', () => {
  const read = (body: string, status = 200) => readHealth(status, Buffer.from(body));

  test('is healthy by its status alone, whatever else it says', () => {
    const said = (reported: object, proof: string | null = null) => ({
      ok: true,
      reported: { ...SAID, ...reported },
      proof,
    });
    expect(read('{"status":"ok"}')).toEqual(said({}));
    expect(read('{"status":"ok","version":"1.2.0","uptime":7}')).toEqual(said({ version: '1.2.0' }));
    expect(read('{"status":"ok","version":12,"capabilities":"many","challenge":3}')).toEqual(said({}));
    expect(read('{"status":"ok","agent":"a","capabilities":["data"],"challenge":"p"}')).toEqual(
      said({ agent: 'a', capabilities: ['data'] }, 'p'),
    );
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
