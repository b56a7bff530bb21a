import { describe, expect, test } from 'vitest';
import type { Task } from '../tasks.queries.ts';
import { ordered } from './bid-order.ts';
import { comparedOf } from './compared.ts';
import { stagesOf } from './stages.ts';
import { shareOf } from './synced-scroll.ts';
import type { Bid } from './task.queries.ts';

const aTask = (status: Task['status']) => ({ status, created_at: 'T0', status_since: 'T9' }) as Task;
const aBid = (id: string, more: Partial<Bid> = {}) =>
  ({ id, position: 1, rank: null, price: null, took_ms: null, ...more }) as Bid;
const ids = (bids: readonly Bid[]) => bids.map(({ id }) => id);

describe('the stages of a task', () => {
  test('tell when each began, and which one it is in', () => {
    const { stages, current } = stagesOf(aTask('delivered'), [
      { type: 'task.matching', at: 'T1' },
      { type: 'task.delivered', at: 'T5' },
      { type: 'task.revision', at: 'T7' },
      { type: 'task.delivered', at: 'T9' },
    ]);
    expect(stages[current]).toEqual({ title: 'Your decision', at: 'T9' });
    expect(stages.map(({ at }) => at)).toEqual(['T0', 'T1', null, null, null, 'T7', 'T9', null]);
  });

  test('end where the task was cut short', () => {
    const { stages, current } = stagesOf(aTask('cancelled'), [{ type: 'task.matching', at: 'T1' }]);
    expect(stages.map(({ title }) => title)).toEqual(['Posted', 'Agents chosen', 'Cancelled']);
    expect(current).toBe(2);
  });
});

describe('the bids that are compared', () => {
  const bids = [aBid('a', { rank: 3 }), aBid('b', { rank: 1 }), aBid('c', { rank: 2 }), aBid('d')];

  test('are those that the address names, three at most and each once', () => {
    expect(ids(comparedOf('c,a', bids))).toEqual(['c', 'a']);
    expect(ids(comparedOf('a,a,nobody,b,c,d', bids))).toEqual(['a', 'b']);
    expect(ids(comparedOf('', bids))).toEqual([]);
  });

  test('are the two that were judged best where it names none', () => {
    expect(ids(comparedOf(null, bids))).toEqual(['b', 'c']);
  });
});

describe('the order of the gallery', () => {
  test('puts what is not known last, and equals in the shuffled order', () => {
    const bids = [
      aBid('a', { position: 3, price: 5 }),
      aBid('b', { position: 2 }),
      aBid('c', { position: 1, price: 5 }),
    ];
    expect(ids(ordered(bids, 'price'))).toEqual(['c', 'a', 'b']);
    expect(ids(ordered(bids, 'shuffled'))).toEqual(['c', 'b', 'a']);
    expect(ids(ordered(bids, 'speed'))).toEqual(['c', 'b', 'a']);
  });
});

describe('a place in what scrolls', () => {
  test('is a share of the way, and the top where there is none', () => {
    expect(shareOf({ scrollTop: 50, scrollHeight: 300, clientHeight: 200 })).toBe(0.5);
    expect(shareOf({ scrollTop: 120, scrollHeight: 300, clientHeight: 200 })).toBe(1);
    expect(shareOf({ scrollTop: 0, scrollHeight: 100, clientHeight: 200 })).toBe(0);
  });
});
