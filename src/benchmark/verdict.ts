import type { Settled } from '../dispatch/outcome.js';
import type { JudgedCriterion, Judgement } from '../judging/judgement.schema.js';
import { dimensionScore, totalScore } from '../judging/score.js';
import type { CaseResult, CaseStatus, RunReason, RunStatus } from './benchmark.schema.js';

export interface PassMark {
  /** 0-100, over the criteria that were decided. */
  readonly score: number;
  /** 0-1: the share of the rubric weight that must have been decided. */
  readonly share: number;
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

/** What a case becomes. */
export interface CaseOutcome {
  readonly status: CaseStatus;
  readonly passed: boolean | null;
  readonly reason: string | null;
  readonly decided: Decided | null;
}

/** A judged answer against the mark. A closed gate is decision enough by itself: nothing unknown could lift it. */
export function judgedOutcome(judgement: Judgement, mark: PassMark): CaseOutcome {
  const found = decided(judgement);
  const gate = judgement.gates.find(({ cap }) => cap !== null && cap < mark.score);
  const outcome = (passed: boolean | null, reason: string | null) =>
    ({ status: 'judged', passed, reason, decided: found }) as const;
  if (gate) return outcome(false, `${gate.key}: ${gate.evidence}`);
  if (found.share < mark.share) {
    return outcome(
      null,
      `undecidable without a model: ${percent(found.share)} of the rubric could be decided, ${percent(mark.share)} is needed`,
    );
  }
  if (found.score >= mark.score) return outcome(true, null);
  return outcome(false, `${found.score} of 100 over what could be decided, ${mark.score} is needed`);
}

/** A call that brought nothing to judge. */
export function unansweredOutcome(settled: Exclude<Settled, { kind: 'answered' }>): CaseOutcome {
  switch (settled.kind) {
    case 'declined':
      return { status: 'declined', passed: false, reason: `declined: ${settled.reason}`, decided: null };
    case 'not_called':
      return { status: 'not_called', passed: null, reason: settled.problem, decided: null };
    case 'failed': {
      const isLate = settled.reason === 'timed_out' || settled.reason === 'late';
      return {
        status: isLate ? 'late' : 'failed',
        passed: false,
        reason: `${settled.reason}: ${settled.problem}`,
        decided: null,
      };
    }
  }
}

/** An answer that could not even be taken in: a file that is not there, a price that makes no sense. */
export function refusedOutcome(problem: string): CaseOutcome {
  return { status: 'failed', passed: false, reason: problem, decided: null };
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

/** How a run ends whose cases are all settled. One failed case decides it, even beside one that we spoiled. */
export function runVerdict(results: readonly CaseResult[]): { status: RunStatus; reason: RunReason | null } {
  if (results.includes('failed')) return { status: 'failed', reason: 'fixtures_failed' };
  if (results.includes('our_fault')) return { status: 'failed', reason: 'our_fault' };
  if (!results.includes('passed')) return { status: 'failed', reason: 'undecidable' };
  return { status: 'passed', reason: null };
}

/** When the next run may start; null where nothing holds it back. */
export function cooldownEnd(
  run: { status: RunStatus; reason: RunReason | null; finishedAt: Date | null },
  cooldownS: number,
): Date | null {
  if (run.status !== 'failed' || run.reason === 'our_fault' || !run.finishedAt) return null;
  return new Date(run.finishedAt.getTime() + cooldownS * 1_000);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
