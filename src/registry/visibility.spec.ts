import { describe, expect, test } from 'vitest';
import { VISIBILITIES, type Visibility } from './agent.schema.js';
import { type Facts, MOVERS, MOVES, moveTo, openTo } from './visibility.js';

const facts = (visibility: Visibility, more: Partial<Facts> = {}): Facts => ({
  ...{ visibility, last: null, proven: 1, decided: 1 },
  ...more,
});
const may = (by: (typeof MOVERS)[number], from: Facts) => openTo(from, by).toSorted();

describe('an agent', () => {
  test('is moved by nobody to where it is, and every way of the table leads somewhere else', () => {
    for (const { from, to } of Object.values(MOVES))
      for (const target of to) expect(from.some((state) => state !== target)).toBe(true);
    for (const visibility of VISIBILITIES)
      for (const by of MOVERS) {
        const last = { from: visibility, by };
        if (visibility !== 'beta') expect(openTo(facts(visibility, { last }), by)).not.toContain(visibility);
      }
  });

  test('goes live by the benchmark when something was decided, and to beta when nothing was', () => {
    expect(may('benchmark', facts('draft'))).toEqual(['beta', 'live']);
    expect(may('benchmark', facts('draft', { decided: 0 }))).toEqual(['beta']);
    expect(may('benchmark', facts('draft', { decided: 0, proven: 0 }))).toEqual([]);
    expect(may('benchmark', facts('beta'))).toEqual(['live']);
    expect(may('benchmark', facts('hidden'))).toEqual([]);
  });

  test('is never made live by its operator, but comes back from where the operator put it', () => {
    expect(may('operator', facts('draft'))).toEqual(['coming_soon']);
    expect(may('operator', facts('beta'))).toEqual(['draft']);
    expect(may('operator', facts('live'))).toEqual(['beta', 'draft']);
    const withdrawn = facts('draft', { last: { from: 'live', by: 'operator' } });
    expect(may('operator', withdrawn)).toEqual(['coming_soon', 'live']);
    expect(may('benchmark', withdrawn)).toEqual([]);
    expect(may('operator', { ...withdrawn, proven: 0 })).toEqual(['coming_soon']);
  });

  test('that the probes hid comes back by the probes alone; what the platform hid, by an admin', () => {
    const hidden = (by: 'health' | 'platform') => facts('hidden', { last: { from: 'beta', by } });
    expect(may('health', hidden('health'))).toEqual(['beta']);
    expect(may('health', hidden('platform'))).toEqual([]);
    expect(may('operator', hidden('health'))).toEqual([]);
    expect(may('admin', hidden('platform'))).toEqual(['beta', 'coming_soon', 'draft', 'live']);
    expect(may('admin', { ...hidden('platform'), proven: 0 })).toEqual(['coming_soon', 'draft']);
  });

  test('that may not be moved is told what is missing', () => {
    expect(moveTo(facts('draft', { proven: 0 }), 'live', 'admin')).toEqual({
      ok: false,
      problem: 'it needs a passed benchmark of something it declares',
    });
    expect(moveTo(facts('draft'), 'live', 'operator')).toMatchObject({ ok: false, problem: expect.any(String) });
    expect(moveTo(facts('draft'), 'hidden', 'health')).toEqual({ ok: false, problem: null });
  });

  test('without anything left to bid with becomes a draft', () => {
    expect(may('benchmark', facts('live', { proven: 0, decided: 0 }))).toEqual(['draft']);
  });
});
