import { Usage } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { Gate, Interval, JudgedCriterion, JudgedDimension } from '../judging/judgement.schema.js';

/** What operators see of a benchmark. Pure, so that the web app imports it too. */

export const RUN_STATUSES = ['running', 'passed', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Why a run did not pass. Only `our_fault` costs no cooldown. */
export const RUN_REASONS = ['fixtures_failed', 'undecidable', 'agent_changed', 'our_fault'] as const;
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

export const BenchmarkDimension = JudgedDimension.extend({
  feedback: z.array(z.string()).describe('What was missed in this dimension, and what was seen instead.'),
}).meta({ id: 'BenchmarkDimension' });
export type BenchmarkDimension = z.infer<typeof BenchmarkDimension>;

export const BenchmarkCaseView = z
  .object({
    id: z.uuid(),
    category: z.string(),
    task_type: z.string(),
    call_id: z.uuid().describe('The `webhook-id` that the agent saw.'),
    status: z
      .enum(CASE_STATUSES)
      .describe('`waiting`: for one of the agent’s own places, so that each case has a whole window.'),
    result: z
      .enum(CASE_RESULTS)
      .describe(
        '`undecidable`: too little of the rubric can be decided without a model. It fails nothing and proves nothing.',
      ),
    reason: z.string().nullable().describe('Why it did not pass.'),
    score: Interval.nullable().describe('Over the whole rubric, 0-100.'),
    decided_score: z.number().nullable().describe('Over the criteria that could be decided, 0-100: what counts here.'),
    decidable_share: z.number().nullable().describe('The share of the rubric weight that could be decided, 0-1.'),
    took_ms: z.int().nullable(),
    usage: Usage.nullable().describe('What the agent said the work cost.'),
    dimensions: z.array(BenchmarkDimension),
    criteria: z.array(JudgedCriterion),
    gates: z.array(Gate),
  })
  .meta({ id: 'BenchmarkCase' });
export type BenchmarkCaseView = z.infer<typeof BenchmarkCaseView>;

export const BenchmarkRunSummary = z
  .object({
    id: z.uuid(),
    agent_id: z.uuid(),
    agent_version: z.int().describe('The version of the agent that was tested.'),
    status: z.enum(RUN_STATUSES),
    reason: z
      .enum(RUN_REASONS)
      .nullable()
      .describe('`our_fault`: our side did not make or judge a call; start another run at once.'),
    started_at: Instant,
    deadline_at: Instant.describe('When it has ended at the latest.'),
    finished_at: Instant.nullable(),
    next_allowed_at: Instant.nullable().describe(
      'When the next run may start. null: it may now, or this one still runs.',
    ),
  })
  .meta({ id: 'BenchmarkRunSummary' });
export type BenchmarkRunSummary = z.infer<typeof BenchmarkRunSummary>;

export const BenchmarkRunView = BenchmarkRunSummary.extend({
  pass_mark: z
    .object({ decided_score: z.number(), decidable_share: z.number() })
    .describe('What each decidable case needs; below that share it is undecidable.'),
  cases: z.array(BenchmarkCaseView),
}).meta({ id: 'BenchmarkRun' });
export type BenchmarkRunView = z.infer<typeof BenchmarkRunView>;
