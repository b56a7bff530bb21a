import { describe, expect, test } from 'vitest';
import { aCandidate, type CandidateChanges, decide, scoring } from '../../test/support/candidates.js';
import { reasons } from './reasons.js';

const crowd = (changes: Record<string, CandidateChanges>) =>
  [...'abcdefg'].map((name, index) => aCandidate(name, { record: scoring(90 - 5 * index), ...changes[name] }));
const why = (changes: Record<string, CandidateChanges>, name: string) => {
  const decision = decide(crowd(changes), { places: 4, experimentation: 0 });
  return reasons(decision).find(({ agentId }) => agentId === `agent-${name}`)?.why;
};

describe('a reason', () => {
  test('is given for every candidate once, those called first', () => {
    const decision = decide(crowd({}), { places: 4, experimentation: 0 });
    const all = reasons(decision);
    expect(all.map(({ agentId }) => agentId.at(-1)).join('')).toBe('abcdefg');
    expect(all.map(({ called }) => called)).toEqual([true, true, true, true, false, false, false]);
  });

  test('tells who was called by merit what its score is made of', () => {
    expect(why({ b: { specialist: true, record: scoring(85, 12) } }, 'b')).toMatch(
      /^Called: 1st of 7 by score 0\.\d\d \(fit 1\.15 as a specialist, record 0\.\d\d from 12 judged bids, speed 0\.\d\d\)\.$/,
    );
  });

  test('tells who was called to be tried that it was, and how likely', () => {
    expect(why({ g: { tries: 0 } }, 'g')).toBe(
      'Called to be tried: it had no call yet in this category, and one place is kept for the least tried. ' +
        'Its chance to be called was 100 %; it is 7th of 7 by score 0.36 (fit 1.00, record 0.41 from 10 judged bids, speed 0.99).',
    );
  });

  test('tells who was not called its rank and what would have been enough', () => {
    expect(why({}, 'f')).toMatch(
      /^Not called: 6th of 7 by score 0\.\d\d \(.*\)\. 4 places went by merit, the last at score 0\.\d\d\.$/,
    );
  });

  test('tells who stood behind an agent of its own operator', () => {
    const siblings = { a: { operatorId: 'one' }, b: { operatorId: 'one' } };
    expect(why(siblings, 'b')).toMatch(
      /but its operator's "a" was called, since it scores better; a round takes one agent of an operator\.$/,
    );
    expect(why({ a: { operatorId: 'one' }, g: { operatorId: 'one', tries: 0 } }, 'a')).toMatch(
      /"g" was called, since it was its turn to be tried/,
    );
  });

  test('names what held an agent back', () => {
    const held = why(
      {
        a: {
          health: 'failing',
          beta: true,
          exactType: false,
          record: { setbacks: 2, setbackAt: '2026-03-01T11:00:00.000Z' },
        },
      },
      'a',
    );
    expect(held).toContain('fit 0.70 for the category alone, record 0.7');
    expect(held).toContain('expected, without a judged bid');
    expect(held).toContain('x 0.50 for failed health probes, x 0.53 for late or failed calls, x 0.50 in beta');
  });
});
