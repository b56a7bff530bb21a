import { expect, test } from 'vitest';
import { blockers } from './blockers.js';

const READY = {
  id: '019a0000-0000-7000-8000-000000000001',
  operatorId: '019a0000-0000-7000-8000-000000000002',
  endpointVerifiedAt: new Date(0),
  visibility: 'live',
  active: true,
  pausedAt: null,
  health: 'healthy',
  healthFailures: 0,
  healthReason: null,
  nextProbeAt: new Date('2026-11-22T12:00:00Z'),
  proven: 1,
} as const;
const codes = (changes: Partial<Parameters<typeof blockers>[0]>) =>
  blockers({ ...READY, ...changes }).map(({ code }) => code);

test('nothing stands in the way of a live, healthy, proven agent', () => {
  expect(blockers(READY)).toEqual([]);
  expect(codes({ visibility: 'beta', health: 'failing', healthFailures: 2 })).toEqual([]);
});

test('a new agent lacks the proof of its endpoint and a benchmark; one that came by itself an operator too', () => {
  const fresh = { visibility: 'draft', active: false, proven: 0, health: 'unknown', endpointVerifiedAt: null } as const;
  expect(codes(fresh)).toEqual(['ENDPOINT_UNVERIFIED', 'NOT_BENCHMARKED']);
  expect(codes({ ...fresh, operatorId: null })).toEqual(['UNCLAIMED', 'ENDPOINT_UNVERIFIED', 'NOT_BENCHMARKED']);
});

test('an endpoint without a proof is told what it answered, and when it is asked again', () => {
  const unverified = { ...READY, endpointVerifiedAt: null, healthReason: '/health answered 500.' } as const;
  expect(blockers(unverified)[0]?.message).toContain('/health answered 500. It is asked at 2026-11-22T12:00:00.000Z;');
  expect(blockers({ ...unverified, nextProbeAt: null })[0]?.message).toContain('It is not asked by itself; POST');
});

test('every single thing is named', () => {
  expect(codes({ pausedAt: new Date(0) })).toEqual(['PAUSED']);
  expect(codes({ visibility: 'hidden' })).toEqual(['HIDDEN']);
  expect(codes({ visibility: 'coming_soon' })).toEqual(['NOT_YET_LIVE']);
  expect(codes({ visibility: 'draft' })).toEqual(['NOT_YET_LIVE']);
  expect(codes({ proven: 0 })).toEqual(['NOT_BENCHMARKED']);
  expect(codes({ health: 'unknown' })).toEqual(['NOT_PROBED']);
  expect(codes({ health: 'out', healthFailures: 3 })).toEqual(['UNHEALTHY']);
});

test('an unhealthy agent is told why and when it is asked again', () => {
  const [blocker] = blockers({
    ...READY,
    health: 'out',
    healthFailures: 4,
    healthReason: '/health answered 500 instead of 200.',
  });
  expect(blocker?.message).toContain('4 health probes in a row failed: /health answered 500 instead of 200.');
  expect(blocker?.message).toContain('2026-11-22T12:00:00.000Z');
});
