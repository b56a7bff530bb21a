import { describe, expect, test } from 'vitest';
import type { JudgedCriterion, Judgement, Met } from '../judging/judgement.schema.js';
import type { CaseStatus } from './benchmark.schema.js';
import {
  answered,
  decided,
  isUnreached,
  judgedOutcome,
  resultOf,
  runVerdict,
  together,
  unansweredOutcome,
} from './verdict.js';

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
const MARK = { score: 60, share: 0.5, answer: 60 };
/** What was found of a known answer. */
const facts = (...met: Met[]) => met.map((one) => criterion(null, one, 0, 'answer'));

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
    expect(judgedOutcome(judgement(HALF_KNOWN), { ...MARK, score: 75, share: 0.6 })).toMatchObject({
      passed: true,
      reason: null,
    });
    const failed = judgedOutcome(judgement(HALF_KNOWN), { ...MARK, score: 76, share: 0.6 });
    expect(failed).toMatchObject({
      status: 'judged',
      passed: false,
      reason: '75 of 100 over what could be decided, 76 is needed',
    });
  });

  test('neither passes nor fails where too little can be decided', () => {
    const outcome = judgedOutcome(judgement(HALF_KNOWN), { ...MARK, score: 10, share: 0.61 });
    expect(outcome).toMatchObject({
      passed: null,
      reason: expect.stringMatching(/^undecidable without a model: 60 %/),
    });
    expect(resultOf(outcome)).toBe('undecidable');
  });

  test('fails when form and taste are fine and the answer is wrong', () => {
    const perfect = [criterion('form', 'yes', 1), criterion('taste', 'yes', 1)];
    const outcome = (...met: Met[]) => judgedOutcome(judgement([...perfect, ...facts(...met)]), MARK);
    expect(outcome('yes', 'yes', 'yes', 'no', 'no')).toMatchObject({ passed: true, answered: { score: 60 } });
    expect(outcome('yes', 'no', 'no', 'no')).toMatchObject({
      passed: false,
      reason: 'wrong answer: 1 of 4 facts were found, 60 % is needed',
    });
    expect(outcome('yes', 'unknown', 'unknown')).toMatchObject({ passed: null });
  });

  test('fails when the answer is right and the form is not, even where little can be decided', () => {
    const poor = [criterion('form', 'unknown', 9), criterion('form', 'no', 1), criterion('taste', 'unknown', 1)];
    expect(judgedOutcome(judgement([...poor, ...facts('yes')]), MARK)).toMatchObject({ passed: false });
    expect(answered(judgement(poor))).toBeNull();
  });

  test('gets no points for the answer: it is marked by itself', () => {
    expect(decided(judgement([...HALF_KNOWN, ...facts('no', 'no')]))).toEqual(decided(judgement(HALF_KNOWN)));
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

test('a call that meets a closed door is not reached; one that is refused or breaks down is', () => {
  const failed = (reason: 'unreachable' | 'bad_status' | 'timed_out') =>
    ({ kind: 'failed', reason, problem: 'p', retryable: false }) as const;
  expect(isUnreached(failed('unreachable'), null)).toBe(true);
  expect([404, 401, 500, 429].map((status) => isUnreached(failed('bad_status'), status))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(isUnreached(failed('timed_out'), null)).toBe(false);
  expect(isUnreached({ kind: 'declined', reason: 'no' }, 200)).toBe(false);
});

test('several cases together are as good as the worst of them that is sure', () => {
  expect(together(['passed', 'passed'])).toBe('passed');
  expect(together(['passed', 'undecidable'])).toBe('undecidable');
  expect(together(['undecidable', 'our_fault', 'passed'])).toBe('our_fault');
  expect(together(['our_fault', 'failed', 'pending'])).toBe('failed');
});

describe('a run', () => {
  const one = (status: CaseStatus, passed: boolean | null, unreached = false) => ({ status, passed, unreached });
  const passed = one('judged', true);
  const failed = one('judged', false);
  const undecided = one('judged', null);
  const spoiled = one('not_called', null);
  const unreached = one('failed', false, true);

  test('passes when every case passed, and is undecided when none failed', () => {
    expect(runVerdict([passed, passed])).toEqual({ status: 'passed', reason: null });
    expect(runVerdict([passed, undecided])).toEqual({ status: 'undecided', reason: 'undecidable' });
    expect(runVerdict([passed, undecided, spoiled])).toEqual({ status: 'failed', reason: 'our_fault' });
    expect(runVerdict([passed, failed, spoiled])).toEqual({ status: 'failed', reason: 'fixtures_failed' });
  });

  test('that never reached the agent says so, and one that reached it once does not', () => {
    expect(runVerdict([unreached, unreached, spoiled])).toEqual({ status: 'failed', reason: 'unreachable' });
    expect(runVerdict([unreached, failed])).toEqual({ status: 'failed', reason: 'fixtures_failed' });
    expect(runVerdict([spoiled])).toEqual({ status: 'failed', reason: 'our_fault' });
  });
});
