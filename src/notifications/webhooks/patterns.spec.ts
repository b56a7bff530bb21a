import { describe, expect, test } from 'vitest';
import { condensed, fits, wants } from './patterns.js';

const event = { type: 'bid.judged', taskId: 'task-1', data: { agent_id: 'agent-1' } };
const wish = { types: ['*'], agentId: null, taskId: null };

describe('a pattern', () => {
  test.each([
    ['*', true],
    ['bid.*', true],
    ['bid.judged', true],
    ['bid', false],
    ['bid.judge', false],
    ['bi.*', false],
    ['task.*', false],
    ['bid.judged.*', false],
  ])('%s fits bid.judged: %s', (pattern, isFit) => {
    expect(fits(pattern, 'bid.judged')).toBe(isFit);
  });
});

describe('a webhook', () => {
  test('hears of every event that one of its patterns fits', () => {
    expect(wants(wish, event)).toBe(true);
    expect(wants({ ...wish, types: ['task.*', 'bid.judged'] }, event)).toBe(true);
    expect(wants({ ...wish, types: ['task.*', 'bid.called'] }, event)).toBe(false);
  });

  test('for one agent or one task hears of nothing else', () => {
    expect(wants({ ...wish, agentId: 'agent-1', taskId: 'task-1' }, event)).toBe(true);
    expect(wants({ ...wish, agentId: 'agent-2' }, event)).toBe(false);
    expect(wants({ ...wish, taskId: 'task-2' }, event)).toBe(false);
    expect(wants({ ...wish, agentId: 'agent-1' }, { ...event, data: {} })).toBe(false);
    expect(wants({ ...wish, taskId: 'task-1' }, { ...event, taskId: null })).toBe(false);
  });
});

test('what a wider pattern covers is left out', () => {
  expect(condensed(['bid.judged', 'bid.*', 'task.open', 'bid.*'])).toEqual(['bid.*', 'task.open']);
  expect(condensed(['bid.*', '*', 'task.open'])).toEqual(['*']);
});
