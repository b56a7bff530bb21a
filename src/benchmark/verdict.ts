import type { Settled } from '../dispatch/outcome.js';
import type { JudgedCriterion, Judgement } from '../judging/judgement.schema.js';
import { dimensionScore, totalScore } from '../judging/score.js';
import type { Config } from '../platform/config.js';
import type { CaseResult, CaseStatus, RunReason, RunStatus } from './benchmark.schema.js';

export interface PassMark {
  /** 0-100, over the criteria that were decided. */
  readonly score: number;
  /** 0-1: the share of the rubric weight that must have been decided. */
  readonly share: number;
  /** 0-100: of what a right answer holds, how much must have been found. */
  readonly answer: number;
}

export function passMark(config: Config): PassMark {
  const { BENCHMARK_PASS_SCORE: score, BENCHMARK_DECIDABLE_SHARE: share, BENCHMARK_ANSWER_SCORE: answer } = config;
  return { score, share, answer };
}

interface Weighed {
  readonly weight: number;
}

export interface Decided {
  /** Of the rubric weight, 0-1. */
  readonly share: number;
  /** Over what was decided, 0-100: less what missed rules cost, and below every gate that closed. */
  readonly score: number;
}

/** What a judgement says once everything unknown is left out of it, each dimension by as much of it as was decided. */
export function decided({ criteria, dimensions, gates }: Judgement): Decided {
  const known = criteria.filter(({ met }) => met !== 'unknown');
  const of = (list: readonly JudgedCriterion[], key: string) => list.filter(({ dimension }) => dimension === key);
  const parts = dimensions.map(({ key, name, weight }) => ({
    ...{ key, name, criteria: of(known, key) },
    weight: weight * share(of(known, key), of(criteria, key)),
  }));
  const scores = parts.filter(({ weight }) => weight > 0).map(dimensionScore);
  const rules = known.filter(({ dimension }) => dimension === null);
  return { share: Number(share(parts, dimensions).toFixed(6)), score: totalScore(scores, rules, gates).low };
}

/** 0 of nothing. */
function share(part: readonly Weighed[], whole: readonly Weighed[]): number {
  return sum(whole) > 0 ? sum(part) / sum(whole) : 0;
}

function sum(weighed: readonly Weighed[]): number {
  return weighed.reduce((total, { weight }) => total + weight, 0);
}

/** Of what a right answer holds: how much of it was found, 0-100, and how much could be looked for, 0-1. */
export interface Answered {
  readonly kept: number;
  readonly of: number;
  readonly score: number;
  readonly share: number;
}

/** Each fact of the known answer weighs the same. Null where nothing is known of the answer. */
export function answered({ criteria }: Judgement): Answered | null {
  const asked = criteria.filter(isOfAnswer);
  const known = asked.filter(({ met }) => met !== 'unknown');
  const kept = known.filter(({ met }) => met === 'yes').length;
  if (asked.length === 0) return null;
  const score = known.length > 0 ? Math.round((1_000 * kept) / known.length) / 10 : 0;
  return { kept, of: known.length, score, share: known.length / asked.length };
}

/** A fact of the known answer, or a test that ran. Tests that could not be run are one thing that nobody knows. */
export function isOfAnswer({ source, key, met }: JudgedCriterion): boolean {
  return source === 'answer' || (source === 'tests' && (key !== 'tests' || met === 'unknown'));
}

/** What a case becomes. */
export interface CaseOutcome {
  readonly status: CaseStatus;
  readonly passed: boolean | null;
  readonly reason: string | null;
  readonly decided: Decided | null;
  readonly answered: Answered | null;
}

/**
 * A judged answer against the mark. Form and answer are marked each by itself: whoever keeps the form and gets the answer wrong
 * fails, and so does whoever has the numbers and no work around them. A closed gate is decision enough: nothing unknown could
 * lift it. What misses the mark as far as it was decided fails as well, however little that is.
 */
export function judgedOutcome(judgement: Judgement, mark: PassMark): CaseOutcome {
  const [found, known] = [decided(judgement), answered(judgement)];
  const gate = judgement.gates.find(({ cap }) => cap !== null && cap < mark.score);
  const outcome = (passed: boolean | null, reason: string | null) =>
    ({ status: 'judged', passed, reason, decided: found, answered: known }) as const;
  if (gate) return outcome(false, `${gate.key}: ${gate.evidence}`);
  if (known && known.share >= mark.share && known.score < mark.answer)
    return outcome(false, `wrong answer: ${known.kept} of ${known.of} facts were found, ${mark.answer} % is needed`);
  if (found.share > 0 && found.score < mark.score)
    return outcome(false, `${found.score} of 100 over what could be decided, ${mark.score} is needed`);
  if (found.share < mark.share) return outcome(null, undecidable('the rubric', found.share, mark));
  if (known && known.share < mark.share) return outcome(null, undecidable('the answer', known.share, mark));
  return outcome(true, null);
}

function undecidable(what: string, share: number, mark: PassMark): string {
  return `undecidable without a model: ${percent(share)} of ${what} could be decided, ${percent(mark.share)} is needed`;
}

/** A call that brought nothing to judge. */
export function unansweredOutcome(settled: Exclude<Settled, { kind: 'answered' }>): CaseOutcome {
  const nothing = { decided: null, answered: null };
  switch (settled.kind) {
    case 'declined':
      return { status: 'declined', passed: false, reason: `declined: ${settled.reason}`, ...nothing };
    case 'not_called':
      return { status: 'not_called', passed: null, reason: settled.problem, ...nothing };
    case 'failed': {
      const isLate = settled.reason === 'timed_out' || settled.reason === 'late';
      const reason = `${settled.reason}: ${settled.problem}`;
      return { status: isLate ? 'late' : 'failed', passed: false, reason, ...nothing };
    }
  }
}

/** Statuses of an endpoint that is not there, or does not let our calls in. */
const CLOSED_DOORS: ReadonlySet<number> = new Set([401, 403, 404, 405, 410, 415]);

/** Whether the call came to nothing before any work: no connection, no TLS, or a door that stays closed. */
export function isUnreached(settled: Settled, httpStatus: number | null): boolean {
  if (settled.kind !== 'failed') return false;
  if (settled.reason === 'unreachable' || settled.reason === 'blocked') return true;
  return settled.reason === 'bad_status' && httpStatus !== null && CLOSED_DOORS.has(httpStatus);
}

/** An answer that could not even be taken in: a file that is not there, a price that makes no sense. */
export function refusedOutcome(problem: string): CaseOutcome {
  return { status: 'failed', passed: false, reason: problem, decided: null, answered: null };
}

export function resultOf({ status, passed }: { status: CaseStatus; passed: boolean | null }): CaseResult {
  switch (status) {
    case 'waiting':
    case 'called':
      return 'pending';
    case 'not_called':
    case 'not_judged':
      return 'our_fault';
    case 'judged':
      return passed === null ? 'undecidable' : passed ? 'passed' : 'failed';
    case 'failed':
    case 'late':
    case 'declined':
      return 'failed';
  }
}

/** What comes of several cases: of a task type over its levels, or of a whole run. The worst that is sure decides. */
export function together(results: readonly CaseResult[]): CaseResult {
  const worst = (['failed', 'pending', 'our_fault', 'undecidable'] as const).find((one) => results.includes(one));
  return worst ?? 'passed';
}

interface SettledCase {
  readonly status: CaseStatus;
  readonly passed: boolean | null;
  readonly unreached: boolean;
}

/** How a run ends whose cases are all settled. One failed case decides it, even beside one that we spoiled. */
export function runVerdict(cases: readonly SettledCase[]): { status: RunStatus; reason: RunReason | null } {
  const called = cases.filter((one) => resultOf(one) !== 'our_fault');
  if (called.length > 0 && called.every(({ unreached }) => unreached))
    return { status: 'failed', reason: 'unreachable' };
  const results = cases.map(resultOf);
  if (results.includes('failed')) return { status: 'failed', reason: 'fixtures_failed' };
  if (results.includes('our_fault')) return { status: 'failed', reason: 'our_fault' };
  if (results.includes('undecidable')) return { status: 'undecided', reason: 'undecidable' };
  return { status: 'passed', reason: null };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
