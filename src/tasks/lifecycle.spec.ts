import { describe, expect, test } from 'vitest';
import {
  isOver,
  LIFECYCLE,
  nextEvents,
  type Party,
  STATUSES,
  silence,
  stepFor,
  type TaskEvent,
  type TaskStatus,
} from './lifecycle.js';
import { WrongStatus } from './tasks.errors.js';

const statuses = Object.keys(STATUSES) as TaskStatus[];
const events = Object.keys(LIFECYCLE) as TaskEvent[];
const parties: Party[] = ['buyer', 'system'];

describe('the lifecycle', () => {
  test('lets every status take exactly the events of the table, from exactly the party that may send them', () => {
    for (const status of statuses) {
      for (const event of events) {
        for (const by of parties) {
          const row = LIFECYCLE[event];
          const isAllowed = row.by === by && (row.from as readonly TaskStatus[]).includes(status);
          if (isAllowed) expect(stepFor(status, event, by).to).toBe(row.to);
          else expect(() => stepFor(status, event, by)).toThrow(WrongStatus);
        }
      }
    }
  });

  test('says what may be sent instead', () => {
    expect(() => stepFor('review', 'approve', 'buyer')).toThrow(
      expect.objectContaining({ suggestion: 'From "review" you can: cancel, select.' }),
    );
    expect(() => stepFor('completed', 'cancel', 'buyer')).toThrow(
      expect.objectContaining({ suggestion: 'The task is over: nothing moves it any more.' }),
    );
  });

  test('ends every task by the clock alone, from wherever it is', () => {
    for (const start of statuses) {
      let status = start;
      for (let hops = 0; !isOver(status); hops++) {
        expect(hops).toBeLessThan(statuses.length);
        const clock = silence(status);
        if (!clock) throw new Error(`${status} never ends`);
        status = stepFor(status, clock.then, 'system').to;
      }
    }
  });

  test('empties the escrow exactly where a task ends', () => {
    for (const event of events) {
      const step: { to: TaskStatus; money?: string } = LIFECYCLE[event];
      expect(step.money !== undefined).toBe(isOver(step.to));
    }
  });

  test('offers nobody anything once it is over', () => {
    for (const status of statuses.filter(isOver)) expect(parties.flatMap((by) => nextEvents(status, by))).toEqual([]);
  });
});
