import { describe, expect, test } from 'vitest';
import type { JudgedCriterion, Judgement, Met } from '../judging/judgement.schema.js';
import { cooldownEnd, decided, judgedOutcome, resultOf, runVerdict, unansweredOutcome } from './verdict.js';

const criterion = (
  dimension: string | null,
  met: Met,
  weight: number,
  source: JudgedCriterion['source'] = 'rubric',
): JudgedCriterion => ({
  ...{ key: 'k', dimension, source, question: 'Is it so?', met, evidence: 'seen', confidence: 1, weight },
});

/** Two dimensions: `form` with 0.6 of the weight, `taste` with 0.4. */
function judgement(criteria: JudgedCriterion[], gates: Judgement['gates'] = []): Judgement {
  const dimension = (key: string, weight: number) => ({ key, name: key, weight, low: 0, high: 100 });
  return {
    ...{ judge: 'rules', judge_version: '1', rubric: { task_type: 't', version: 1 }, total: { low: 0, high: 100 } },
    dimensions: [dimension('form', 0.6), dimension('taste', 0.4)],
    criteria,
    gates,
  };
}

const HALF_KNOWN = [criterion('form', 'yes', 3), criterion('form', 'no', 1), criterion('taste', 'unknown', 2)];
const MARK = { score: 60, share: 0.5 };

describe('what was decided', () => {
  test('is weighed by dimension, and leaves the unknown out of both', () => {
    expect(decided(judgement(HALF_KNOWN))).toEqual({ share: 0.6, score: 75 });
  });

  test('counts of a dimension as much as was decided in it', () => {
    const half = [criterion('form', 'yes', 1), criterion('form', 'unknown', 1), criterion('taste', 'no', 5)];
    expect(decided(judgement(half))).toEqual({ share: 0.7, score: 42.9 });
  });

  test('loses the points of missed rules, and not those of unknown ones', () => {
    const rules = [
      criterion(null, 'no', 10, 'rule'),
      criterion(null, 'unknown', 10, 'rule'),
      criterion(null, 'yes', 10, 'rule'),
    ];
    expect(decided(judgement([...HALF_KNOWN, ...rules])).score).toBeCloseTo(65);
    expect(decided(judgement([criterion('form', 'no', 1), ...rules])).score).toBe(0);
  });

  test('stays below every gate that closed', () => {
    const gates = [
      { key: 'echo', evidence: '', cap: 15 },
      { key: 'note', evidence: '', cap: null },
    ];
    expect(decided(judgement(HALF_KNOWN, gates)).score).toBe(15);
  });

  test('is nothing where nothing could be decided', () => {
    expect(decided(judgement([criterion('form', 'unknown', 1)]))).toEqual({ share: 0, score: 0 });
    expect(decided({ ...judgement([]), dimensions: [] })).toEqual({ share: 0, score: 0 });
  });
});

describe('a judged case', () => {
  test('passes at the mark, and says why when it does not', () => {
    expect(judgedOutcome(judgement(HALF_KNOWN), { score: 75, share: 0.6 })).toMatchObject({
      passed: true,
      reason: null,
    });
    const failed = judgedOutcome(judgement(HALF_KNOWN), { score: 76, share: 0.6 });
    expect(failed).toMatchObject({
      status: 'judged',
      passed: false,
      reason: '75 of 100 over what could be decided, 76 is needed',
    });
  });

  test('neither passes nor fails where too little can be decided', () => {
    const outcome = judgedOutcome(judgement(HALF_KNOWN), { score: 10, share: 0.61 });
    expect(outcome).toMatchObject({
      passed: null,
      reason: expect.stringMatching(/^undecidable without a model: 60 %/),
    });
    expect(resultOf(outcome)).toBe('undecidable');
  });

  test('fails at a closed gate, however little else can be decided', () => {
    const empty = judgement(
      [criterion('form', 'unknown', 1)],
      [{ key: 'empty', evidence: 'Nothing was sent.', cap: 0 }],
    );
    expect(judgedOutcome(empty, MARK)).toMatchObject({ passed: false, reason: 'empty: Nothing was sent.' });
  });
});

test('a call without an answer fails, unless it was our side that never made it', () => {
  const failed = (reason: 'timed_out' | 'late' | 'bad_body') =>
    unansweredOutcome({ kind: 'failed', reason, problem: 'p', retryable: false });
  expect([failed('timed_out'), failed('late'), failed('bad_body')].map(({ status }) => status)).toEqual([
    'late',
    'late',
    'failed',
  ]);
  expect(resultOf(failed('bad_body'))).toBe('failed');
  expect(resultOf(unansweredOutcome({ kind: 'declined', reason: 'busy' }))).toBe('failed');
  expect(resultOf(unansweredOutcome({ kind: 'not_called', problem: 'late' }))).toBe('our_fault');
});

describe('a run', () => {
  test('passes when something passed and nothing failed', () => {
    expect(runVerdict(['passed', 'undecidable'])).toEqual({ status: 'passed', reason: null });
    expect(runVerdict(['undecidable'])).toEqual({ status: 'failed', reason: 'undecidable' });
    expect(runVerdict(['passed', 'our_fault'])).toEqual({ status: 'failed', reason: 'our_fault' });
    expect(runVerdict(['passed', 'failed', 'our_fault'])).toEqual({ status: 'failed', reason: 'fixtures_failed' });
  });

  test('that failed by the agent holds back the next one, and no other does', () => {
    const finishedAt = new Date(1_000);
    const end = (status: 'passed' | 'failed', reason: 'our_fault' | 'undecidable' | null) =>
      cooldownEnd({ status, reason, finishedAt }, 60);
    expect(end('failed', 'undecidable')).toEqual(new Date(61_000));
    expect([end('failed', 'our_fault'), end('passed', null)]).toEqual([null, null]);
  });
});
