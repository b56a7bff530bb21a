import { RULE_KINDS } from '@bakeoff/agent-kit';
import type { JudgedCriterion, Judgement } from '../judging/judgement.schema.js';
import type { BenchmarkCase, BenchmarkRun } from './benchmark.entity.js';
import type {
  BenchmarkCaseView,
  BenchmarkRunSummary,
  BenchmarkRunView,
  BenchmarkTypeView,
  CaseResult,
} from './benchmark.schema.js';
import { whyWait } from './cooldown.js';
import { LEVELS, type Level } from './fixtures/fixture.js';
import { wouldHavePassed } from './insight.js';
import { isOfAnswer, type PassMark, resultOf, together } from './verdict.js';

export interface Report {
  readonly run: BenchmarkRun;
  readonly cases: readonly BenchmarkCase[];
  /** By the id of the case. */
  readonly judgements: ReadonlyMap<string, Judgement>;
  /** An admin sees what was drawn while the run still goes. */
  readonly isAdmin?: boolean;
}

type JudgementOf = (one: BenchmarkCase) => Judgement | undefined;

/** For the agent's operator and admins alone. */
export function runView({ run, cases, judgements, isAdmin = false }: Report, mark: PassMark): BenchmarkRunView {
  const isTold = run.status !== 'running' || isAdmin;
  const judgementOf: JudgementOf = ({ id }) => judgements.get(id);
  return {
    ...runSummary(run),
    pass_mark: { decided_score: mark.score, decidable_share: mark.share, answer_score: mark.answer },
    settled: cases.filter((one) => resultOf(one) !== 'pending').length,
    types: [...Map.groupBy(cases, ({ taskType }) => taskType).values()].flatMap((all) => typeView(all, judgementOf)),
    cases: cases.map((one) => caseView(one, judgementOf(one), isTold ? mark : null)),
  };
}

export function runSummary(run: BenchmarkRun): BenchmarkRunSummary {
  return {
    id: run.id,
    agent_id: run.agentId,
    agent_version: run.agentVersion,
    purpose: run.purpose,
    status: run.status,
    reason: run.reason,
    started_at: run.startedAt.toISOString(),
    deadline_at: run.deadlineAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
    failures: run.failures,
    next_allowed_at: run.nextAllowedAt?.toISOString() ?? null,
    next_allowed_why: whyWait(run, { failures: run.failures, until: run.nextAllowedAt }),
  };
}

/** @param mark null while what was asked for is nobody's to know yet */
function caseView(one: BenchmarkCase, judgement: Judgement | undefined, mark: PassMark | null): BenchmarkCaseView {
  const criteria = judgement?.criteria ?? [];
  return {
    id: one.id,
    category: one.category,
    task_type: one.taskType,
    level: one.level,
    seed: mark ? one.seed : null,
    call_id: one.callId,
    status: one.status,
    result: resultOf(one),
    reason: one.reason,
    score: one.low === null || one.high === null ? null : { low: one.low, high: one.high },
    decided_score: rounded(one.decidedScore, 1),
    decidable_share: rounded(one.decidableShare, 3),
    answer_score: rounded(one.answerScore, 1),
    took_ms: one.tookMs,
    usage: one.usage,
    dimensions: (judgement?.dimensions ?? []).map((dimension) => ({
      ...dimension,
      feedback: missedIn(
        dimension.key,
        criteria.filter(({ source }) => source !== 'tests'),
      ),
    })),
    criteria: criteria.filter(({ source }) => source !== 'answer' && source !== 'tests'),
    gates: judgement?.gates ?? [],
    answer: mark ? criteria.filter(isOfAnswer).map(fact) : [],
    would_have_passed: mark && judgement && one.passed === false ? wouldHavePassed(judgement, mark) : [],
  };
}

function typeView(cases: readonly BenchmarkCase[], judgementOf: JudgementOf): BenchmarkTypeView[] {
  const [first] = cases;
  if (!first) return [];
  const costs = cases.flatMap(({ usage }) => usage?.cost ?? []);
  const times = cases.flatMap(({ tookMs }) => tookMs ?? []);
  const results = Object.fromEntries(
    LEVELS.flatMap((level) => cases.filter((one) => one.level === level).map((one) => [level, resultOf(one)])),
  ) as Record<Level, CaseResult>;
  return [
    {
      category: first.category,
      task_type: first.taskType,
      result: together(cases.map(resultOf)),
      levels: results,
      took_ms: times.length > 0 ? Math.max(...times) : null,
      cost: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : null,
      dimensions: meanDimensions(cases.flatMap((one) => judgementOf(one)?.dimensions ?? [])),
    },
  ];
}

function meanDimensions(all: Judgement['dimensions']): BenchmarkTypeView['dimensions'] {
  return [...Map.groupBy(all, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same;
    const mean = (of: (one: (typeof same)[number]) => number) =>
      Number((same.reduce((sum, one) => sum + of(one), 0) / same.length).toFixed(1));
    if (!first) return [];
    const score = { low: mean(({ low }) => low), high: mean(({ high }) => high) };
    return [{ key: first.key, name: first.name, weight: first.weight, score }];
  });
}

/** What to do better, each with what was seen. */
function missedIn(dimension: string, criteria: readonly JudgedCriterion[]): string[] {
  return criteria
    .filter((criterion) => criterion.dimension === dimension && criterion.met === 'no')
    .map(({ question, evidence }) => `${question} No: ${evidence}`);
}

const ASKS: ReadonlyMap<string, string> = new Map(RULE_KINDS.map(({ kind, asks }) => [kind, asks]));

/** The kind of rule and what was seen in this answer: never the rule itself, which shows how fixtures are made. */
function fact({ question, met, evidence }: JudgedCriterion) {
  return { asks: ASKS.get(question.split(':')[0] ?? '') ?? 'It holds a fact of the right answer.', met, evidence };
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
