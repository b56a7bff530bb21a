import { describe, expect, test } from 'vitest';
import { verdicts, verdictsOnNew } from './beginning.js';
import type { NewCall } from './call.js';
import { type CallState, WITH_AGENT } from './calls.queries.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

const state = (id: string, more: Partial<CallState> = {}): CallState => ({
  call_id: id,
  agent_id: 'agent',
  task_id: 'task',
  phase: 'prototype',
  queue: 'prototype',
  request_hash: '00',
  due_at: NOW,
  deadline_at: later(60_000),
  attempts: 0,
  endpoint_url: 'https://agent.example/execute',
  max_concurrency: 1,
  running: 0,
  under_way_by: null,
  execution_mode: 'sync',
  is_answered: false,
  ...more,
});

const kinds = (ids: readonly string[], open: readonly CallState[], unwanted: readonly string[] = []) => {
  const wanted = new Set(ids.filter((id) => !unwanted.includes(id)));
  return verdicts(ids, open, { wanted, now: NOW, lateStartMs: 5_000, graceMs: 5_000 }).map(({ kind }) => kind);
};

describe('calls that begin together', () => {
  test('share the slots of their agent: the first ones go, the others wait', () => {
    const open = ['c', 'b', 'a'].map((id) => state(id, { max_concurrency: 3, running: 1 }));
    expect(kinds(['a', 'b', 'c'], open)).toEqual(['go', 'go', 'wait']);
  });

  test('of different agents do not take each other’s slots', () => {
    expect(kinds(['a', 'b'], [state('a'), state('b', { agent_id: 'other' })])).toEqual(['go', 'go']);
  });

  test('leave a slot to the next when one of them cannot go', () => {
    const open = [state('a'), state('b', { deadline_at: NOW }), state('c', { under_way_by: 'worker' }), state('d')];
    expect(kinds(['gone', 'a', 'b', 'c', 'd'], open, ['a'])).toEqual(['skip', 'drop', 'over', 'skip', 'go']);
  });
});

describe('a call that our side starts late', () => {
  test('is over when it is the first attempt of a prototype, and goes otherwise', () => {
    const slept = { due_at: later(-5_001), max_concurrency: 9 };
    const open = [
      state('first', slept),
      state('again', { ...slept, attempts: 1 }),
      state('winner', { ...slept, phase: 'delivery' }),
      state('in time', { ...slept, due_at: later(-5_000) }),
    ];
    expect(kinds(['first', 'again', 'winner', 'in time'], open)).toEqual(['over', 'go', 'go', 'go']);
  });
});

describe('a call that its agent has acknowledged', () => {
  const acknowledged = (more: Partial<CallState> = {}) =>
    state('a', { execution_mode: 'async', attempts: 1, running: 1, under_way_by: WITH_AGENT, ...more });

  test('is left to the agent until its deadline and the grace after it', () => {
    expect(kinds(['a'], [acknowledged()])).toEqual(['skip']);
    expect(kinds(['a'], [acknowledged({ deadline_at: later(-4_999) })])).toEqual(['skip']);
    expect(kinds(['a'], [acknowledged({ deadline_at: later(-5_000) })])).toEqual(['overdue']);
  });

  test('is taken in once its callback came, also after the deadline and beside an attempt that still runs', () => {
    expect(kinds(['a'], [acknowledged({ is_answered: true, deadline_at: later(-60_000) })])).toEqual(['take']);
    expect(kinds(['a'], [acknowledged({ is_answered: true, under_way_by: 'another worker' })])).toEqual(['take']);
  });

  test('is dropped when nobody wants it any more', () => {
    expect(kinds(['a'], [acknowledged({ is_answered: true })], ['a'])).toEqual(['drop']);
  });
});

describe('calls that begin as they are opened', () => {
  const opened = (id: string, more: Partial<NewCall> = {}): NewCall => ({
    id,
    agentId: 'agent',
    taskId: 'task',
    phase: 'prototype',
    queue: 'prototype',
    request: { hash: '00', size: 1, head: '' },
    dueAt: NOW,
    deadlineAt: later(60_000),
    ...more,
  });
  const { agent_id, endpoint_url, execution_mode } = state('any');
  const slot = { agent_id, endpoint_url, execution_mode, max_concurrency: 2, running: 1 };
  const times = { now: NOW, lateStartMs: 5_000, graceMs: 5_000 };
  const onNew = (calls: readonly NewCall[]) => verdictsOnNew(calls, [slot], times).map(({ kind }) => kind);

  test('take the slots that were locked, and leave the agents that were not to their jobs', () => {
    expect(onNew([opened('a'), opened('b'), opened('c', { agentId: 'looked at elsewhere' })])).toEqual([
      'go',
      'wait',
      'skip',
    ]);
  });

  test('are not begun late', () => {
    expect(onNew([opened('a', { dueAt: later(-5_001) })])).toEqual(['over']);
  });

  test('are attempts like those of their jobs', () => {
    const [verdict] = verdictsOnNew([opened('a')], [slot], times);
    expect(verdict).toEqual({ kind: 'go', call: state('a', { max_concurrency: 2, running: 1 }) });
  });
});
