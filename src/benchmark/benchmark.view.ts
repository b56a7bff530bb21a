import type { JudgedCriterion, Judgement } from '../judging/judgement.schema.js';
import type { BenchmarkCase, BenchmarkRun } from './benchmark.entity.js';
import type { BenchmarkCaseView, BenchmarkRunSummary, BenchmarkRunView } from './benchmark.schema.js';
import { cooldownEnd, resultOf } from './verdict.js';

/** The settings that a report is read by. */
export interface Marks {
  readonly BENCHMARK_PASS_SCORE: number;
  readonly BENCHMARK_DECIDABLE_SHARE: number;
  readonly BENCHMARK_COOLDOWN_S: number;
}

export interface Report {
  readonly run: BenchmarkRun;
  readonly cases: readonly BenchmarkCase[];
  /** By the id of the case. */
  readonly judgements: ReadonlyMap<string, Judgement>;
}

/** For the agent's operator alone. */
export function runView({ run, cases, judgements }: Report, marks: Marks): BenchmarkRunView {
  return {
    ...runSummary(run, marks),
    pass_mark: { decided_score: marks.BENCHMARK_PASS_SCORE, decidable_share: marks.BENCHMARK_DECIDABLE_SHARE },
    cases: cases.map((one) => caseView(one, judgements.get(one.id))),
  };
}

export function runSummary(run: BenchmarkRun, marks: Marks): BenchmarkRunSummary {
  return {
    id: run.id,
    agent_id: run.agentId,
    agent_version: run.agentVersion,
    status: run.status,
    reason: run.reason,
    started_at: run.startedAt.toISOString(),
    deadline_at: run.deadlineAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
    next_allowed_at: cooldownEnd(run, marks.BENCHMARK_COOLDOWN_S)?.toISOString() ?? null,
  };
}

function caseView(one: BenchmarkCase, judgement: Judgement | undefined): BenchmarkCaseView {
  return {
    id: one.id,
    category: one.category,
    task_type: one.taskType,
    call_id: one.callId,
    status: one.status,
    result: resultOf(one),
    reason: one.reason,
    score: one.low === null || one.high === null ? null : { low: one.low, high: one.high },
    decided_score: rounded(one.decidedScore, 1),
    decidable_share: rounded(one.decidableShare, 3),
    took_ms: one.tookMs,
    usage: one.usage,
    dimensions: (judgement?.dimensions ?? []).map((dimension) => ({
      ...dimension,
      feedback: missedIn(dimension.key, judgement?.criteria ?? []),
    })),
    criteria: judgement?.criteria ?? [],
    gates: judgement?.gates ?? [],
  };
}

/** What to do better, each with what was seen. */
function missedIn(dimension: string, criteria: readonly JudgedCriterion[]): string[] {
  return criteria
    .filter((criterion) => criterion.dimension === dimension && criterion.met === 'no')
    .map(({ question, evidence }) => `${question} No: ${evidence}`);
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
