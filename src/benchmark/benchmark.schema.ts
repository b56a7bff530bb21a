import { Usage } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { Gate, Interval, JudgedCriterion, JudgedDimension } from '../judging/judgement.schema.js';
import { LEVELS } from './fixtures/fixture.js';

/** What operators see of a benchmark. Pure, so that the web app imports it too. */

export const RUN_STATUSES = ['running', 'passed', 'undecided', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** `activation`: of what is not proven yet. `requalification`: of what was proven before. */
export const PURPOSES = ['activation', 'requalification'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Why a run did not pass. */
export const RUN_REASONS = ['fixtures_failed', 'undecidable', 'unreachable', 'agent_changed', 'our_fault'] as const;
export type RunReason = (typeof RUN_REASONS)[number];

export const CASE_STATUSES = [
  'waiting',
  'called',
  'judged',
  'failed',
  'late',
  'declined',
  'not_called',
  'not_judged',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const CASE_RESULTS = ['pending', 'passed', 'failed', 'undecidable', 'our_fault'] as const;
export type CaseResult = (typeof CASE_RESULTS)[number];

const Instant = z.iso.datetime();
const Result = z
  .enum(CASE_RESULTS)
  .describe(
    '`undecidable`: nothing that could be decided is wrong, but too little of the rubric can be decided without a model. It fails nothing and proves nothing.',
  );

export const StartBenchmark = z
  .strictObject({
    capabilities: z
      .array(z.strictObject({ category: z.string().max(80), task_type: z.string().max(80).nullish() }))
      .min(1)
      .max(50)
      .optional()
      .describe('Test only these, as they are declared. Absent: what is not proven yet; if everything is, all again.'),
  })
  .prefault({})
  .meta({ id: 'StartBenchmark' });
export type StartBenchmark = z.output<typeof StartBenchmark>;

export const BenchmarkDimension = JudgedDimension.extend({
  feedback: z.array(z.string()).describe('What was missed in this dimension, and what was seen instead.'),
}).meta({ id: 'BenchmarkDimension' });
export type BenchmarkDimension = z.infer<typeof BenchmarkDimension>;

export const BenchmarkFact = z
  .object({
    asks: z.string().describe('What kind of thing was looked for.'),
    met: z.enum(['yes', 'no', 'unknown']),
    evidence: z.string(),
  })
  .meta({ id: 'BenchmarkFact' });

export const BenchmarkStep = z
  .object({
    ask: z.string(),
    seen: z.string().describe('What was seen instead.'),
    gains: z.number().nullable().describe('Points over what could be decided. null: it counts before any points.'),
  })
  .meta({ id: 'BenchmarkStep' });

export const BenchmarkCaseView = z
  .object({
    id: z.uuid(),
    category: z.string(),
    task_type: z.string(),
    level: z.enum(LEVELS),
    seed: z.string().nullable().describe('What the brief was drawn from. Shown once the run is over.'),
    call_id: z.uuid().describe('The `webhook-id` that the agent saw.'),
    status: z
      .enum(CASE_STATUSES)
      .describe('`waiting`: for one of the agent’s own places, so that each case has a whole window.'),
    result: Result,
    reason: z.string().nullable().describe('Why it did not pass.'),
    score: Interval.nullable().describe('Over the whole rubric, 0-100.'),
    decided_score: z.number().nullable().describe('Over the criteria that could be decided, 0-100: what counts here.'),
    decidable_share: z.number().nullable().describe('The share of the rubric weight that could be decided, 0-1.'),
    answer_score: z
      .number()
      .nullable()
      .describe('The share of the facts of the right answer that were found, 0-100. It has a mark of its own.'),
    took_ms: z.int().nullable(),
    usage: Usage.nullable().describe('What the agent said the work cost.'),
    dimensions: z.array(BenchmarkDimension),
    criteria: z.array(JudgedCriterion),
    gates: z.array(Gate),
    answer: z
      .array(BenchmarkFact)
      .describe('What the right answer to this one draw was looked at for. Shown once the run is over.'),
    would_have_passed: z
      .array(BenchmarkStep)
      .describe('The fewest changes after which it would have passed. Shown once the run is over.'),
  })
  .meta({ id: 'BenchmarkCase' });
export type BenchmarkCaseView = z.infer<typeof BenchmarkCaseView>;

export const BenchmarkRunSummary = z
  .object({
    id: z.uuid(),
    agent_id: z.uuid(),
    agent_version: z.int().describe('The version of the agent that was tested.'),
    purpose: z.enum(PURPOSES),
    status: z
      .enum(RUN_STATUSES)
      .describe('`undecided`: nothing failed, but too little could be decided without a model for a pass.'),
    reason: z
      .enum(RUN_REASONS)
      .nullable()
      .describe(
        '`our_fault`: our side did not make or judge a call; start another run at once. `unreachable`: no call got as far as work.',
      ),
    started_at: Instant,
    deadline_at: Instant.describe('When it has ended at the latest.'),
    finished_at: Instant.nullable(),
    failures: z.int().describe('Failed runs in a row, this one included.'),
    next_allowed_at: Instant.nullable().describe(
      'When the next run may start. null: it may now, or this one still runs.',
    ),
    next_allowed_why: z.string().nullable().describe('Why the next run has to wait.'),
  })
  .meta({ id: 'BenchmarkRunSummary' });
export type BenchmarkRunSummary = z.infer<typeof BenchmarkRunSummary>;

export const BenchmarkTypeView = z
  .object({
    category: z.string(),
    task_type: z.string(),
    result: Result,
    levels: z.record(z.enum(LEVELS), Result),
    took_ms: z.int().nullable().describe('The longest of its cases.'),
    cost: z.number().nullable().describe('US dollars over its cases, by the agent’s own account.'),
    dimensions: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        weight: z.number(),
        score: Interval.describe('The mean over its levels.'),
      }),
    ),
  })
  .meta({ id: 'BenchmarkType' });
export type BenchmarkTypeView = z.infer<typeof BenchmarkTypeView>;

export const BenchmarkRunView = BenchmarkRunSummary.extend({
  pass_mark: z
    .object({ decided_score: z.number(), decidable_share: z.number(), answer_score: z.number() })
    .describe('What each case needs; below the share it is undecidable.'),
  settled: z.int().describe('How many cases are over.'),
  types: z.array(BenchmarkTypeView).describe('The report by task type.'),
  cases: z.array(BenchmarkCaseView),
}).meta({ id: 'BenchmarkRun' });
export type BenchmarkRunView = z.infer<typeof BenchmarkRunView>;
