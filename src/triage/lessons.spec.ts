import { describe, expect, test } from 'vitest';
import { NOTHING } from './learning.js';
import { type Lesson, lessons } from './lessons.js';
import { NEW_RATING } from './rating.js';
import { growths, rowKey, type StandingChange } from './standing.js';

const about = (agentId: string) => ({ agentId, category: 'data', taskType: 'csv' });
const judged = (agentId: string, score: number, changes: object = {}): StandingChange => ({
  ...about(agentId),
  happened: 'judged',
  score,
  tookMs: 1_000,
  agentVersion: 1,
  rubricVersion: 1,
  ...changes,
});
const fresh = (id: string): Lesson => ({
  id,
  memory: { ...NOTHING, version: 1 },
  rating: NEW_RATING,
  recent: [],
  rubric: { version: 1, judged: 0, sum: 0 },
});
const rows = (changes: readonly StandingChange[]) =>
  new Map(growths(changes).map((row, index) => [rowKey(row.agent_id, row.category, row.task_type), fresh(`${index}`)]));
const after = (changes: readonly StandingChange[], before = rows(changes)) => lessons(before, changes);
const of = (map: ReadonlyMap<string, Lesson>, agentId: string, taskType: string | null = null) =>
  map.get(rowKey(agentId, 'data', taskType));

describe('bids judged together', () => {
  test('are set against each other in the category, the task type and over all', () => {
    const map = after([judged('a', 80), judged('b', 40)]);
    expect(map.size).toBe(6);
    for (const key of [rowKey('a', 'data', null), rowKey('a', 'data', 'csv'), rowKey('a', null, null)]) {
      expect(map.get(key)?.recent[0]).toBeGreaterThan(50);
      expect(map.get(key)?.rating).toMatchObject({ compared: 1 });
      expect(map.get(key)?.rating.mu).toBeGreaterThan(25);
    }
  });

  test('of the same agent twice are two rounds', () => {
    expect(of(after([judged('a', 80), judged('a', 40)]), 'a')?.recent).toHaveLength(2);
  });

  test('by a newer rubric start its mean anew, and a late one by an older changes nothing', () => {
    const first = rows([judged('a', 80)]);
    const one = new Map([...first, ...after([judged('a', 80)], first)]);
    const two = new Map([...one, ...after([judged('a', 20, { rubricVersion: 2 })], one)]);
    const three = new Map([...two, ...after([judged('a', 90)], two)]);
    expect(of(one, 'a', 'csv')?.rubric).toEqual({ version: 1, judged: 1, sum: 80 });
    expect(of(two, 'a', 'csv')?.rubric).toEqual({ version: 2, judged: 1, sum: 20 });
    expect(of(three, 'a', 'csv')?.rubric).toEqual({ version: 2, judged: 1, sum: 20 });
  });
});

describe('a pick', () => {
  const presented = (agentId: string): StandingChange => ({ ...about(agentId), happened: 'presented' });
  const changes = [...'abc'].map(presented);

  test('raises the picked above all others that were presented, and says nothing of those', () => {
    const map = after([...changes, { ...about('b'), happened: 'picked' }]);
    expect(of(map, 'b')?.rating.mu).toBeGreaterThan(25);
    expect(of(map, 'a')?.rating).toEqual(of(map, 'c')?.rating);
    expect(of(map, 'a')?.memory).toEqual({ ...NOTHING, version: 1 });
  });

  test('that did not happen teaches nothing', () => {
    expect(after(changes).size).toBe(0);
  });
});
