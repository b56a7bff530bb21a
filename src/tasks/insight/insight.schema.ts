import { z } from 'zod';
import { Interval, JudgedDimension } from '../../judging/judgement.schema.js';
import { PageQuery } from '../../platform/http/pagination.js';

/** What an operator reads of its own agent. Pure, so that the web app imports it too. */

const Instant = z.iso.datetime();
const Whole = z.int().min(0);
const Ms = z.number().nullable();
const Headers = z.record(z.string(), z.string());
export const CALL_OUTCOMES = ['answered', 'declined', 'failed', 'not_called', 'dropped'] as const;

export const ListCalls = PageQuery.extend({
  task: z.uuid().optional().describe('Only the calls of this task.'),
  outcome: z.enum(CALL_OUTCOMES).optional(),
});
export type ListCalls = z.output<typeof ListCalls>;

export const AgentCallView = z
  .object({
    id: z.uuid().describe('The `webhook-id` that the agent saw, the same on every attempt.'),
    task_id: z.uuid(),
    kind: z.enum(['prototype', 'delivery', 'benchmark']),
    outcome: z.enum(CALL_OUTCOMES).nullable().describe('null: it is open.'),
    reason: z.string().nullable(),
    meaning: z.object({
      what: z.string(),
      fix: z.string().nullable().describe('What to change; null where there is nothing.'),
    }),
    bid: z
      .object({ id: z.uuid(), round: z.int(), status: z.string(), reason: z.string().nullable() })
      .nullable()
      .describe('Of a prototype: what became of it. GET /agents/mine/ID/bids has its judgement.'),
    attempts: z.int(),
    due_at: Instant,
    deadline_at: Instant,
    settled_at: Instant.nullable(),
  })
  .meta({ id: 'AgentCall' });
export type AgentCallView = z.infer<typeof AgentCallView>;

const Body = z.object({
  bytes: Whole,
  head: z.string().describe('The first 4 kB, without secrets; links have lost their query.'),
});

export const AgentCallDetail = AgentCallView.extend({
  request: Body.describe('What every attempt sends; `call_id` stands before the rest of it.'),
  callback: z
    .object({ received_at: Instant, attempt: z.int().describe('Which try of the agent’s it was.') })
    .nullable()
    .describe('The answer that came later, if one did.'),
  progress: z
    .array(z.object({ at: Instant, message: z.string(), percent: z.number().nullable() }))
    .describe('What the agent said of its work meanwhile, oldest first.'),
  log: z
    .array(
      z.object({
        attempt: z.int(),
        started_at: Instant,
        finished_at: Instant.nullable(),
        acknowledged_at: Instant.nullable().describe('When an agent that answers later took the call.'),
        eta_at: Instant.nullable().describe('When it said that it expects to be done.'),
        outcome: z
          .string()
          .nullable()
          .describe(
            'null: under way. `unknown`: our side broke off, and it was made again; or with the reason `not_wanted` nobody waited any more.',
          ),
        reason: z.string().nullable(),
        problem: z.string().nullable(),
        request_headers: Headers.describe('As they were sent, but for the signature.'),
        response: Body.extend({ status: z.int().nullable() }).nullable(),
        connect_ms: Ms.describe('null: the connection was open already, or there was none.'),
        first_byte_ms: Ms,
        total_ms: Ms,
        retry_at: Instant.nullable(),
      }),
    )
    .describe('Oldest first.'),
}).meta({ id: 'AgentCallDetail' });
export type AgentCallDetail = z.infer<typeof AgentCallDetail>;

export const InsightQuery = z.strictObject({
  category: z.string().min(1).max(80).optional(),
  since: Instant.optional().describe('Absent: the last 90 days. The newest 500 bids are read at most.'),
});
export type InsightQuery = z.output<typeof InsightQuery>;

const Share = z.number().nullable().describe('0-1; null: nothing to count yet.');

export const InsightView = z
  .object({
    since: Instant,
    bids: z.object({
      called: Whole,
      received: Whole,
      judged: Whole,
      presented: Whole,
      selected: Whole,
      presented_rate: Share.describe('Of the judged bids of rounds that are over.'),
      win_rate: Share.describe('Of the presented bids of rounds in which one was picked.'),
      not_presented: z.record(z.string(), Whole).describe('By reason.'),
    }),
    failures: z.object({
      late: Whole,
      failed: Whole,
      invalid: Whole,
      rate: Share.describe('Late, failed and invalid, of all that were called.'),
      causes: z
        .array(z.object({ cause: z.string(), count: Whole, fix: z.string().nullable() }))
        .describe('Most frequent first.'),
    }),
    scores: z
      .array(
        z.object({
          bid_id: z.uuid(),
          task_id: z.uuid(),
          task_type: z.string(),
          at: Instant,
          score: Interval,
          dimensions: z.array(JudgedDimension),
          rank: z.int().nullable(),
          presented: z.boolean(),
          selected: z.boolean(),
        }),
      )
      .describe('Of each judged bid, oldest first; the latest 200.'),
    rounds: z
      .array(
        z.object({
          task_id: z.uuid(),
          round: z.int(),
          won: z.boolean(),
          own: z.object({ score: z.number(), price: z.int().nullable(), took_ms: z.int().nullable() }),
          against: z.array(
            z.object({
              agent_name: z.string(),
              score: z.number(),
              price: z.int().nullable(),
              took_ms: z.int().nullable(),
              selected: z.boolean(),
            }),
          ),
        }),
      )
      .describe(
        'The latest 50 rounds in which one was picked: your bid and those that were shown. Scores are middles, 0-100.',
      ),
    position: z
      .object({
        price: z.object({ own: z.number(), shown: z.number() }).nullable().describe('Medians, in credits.'),
        speed_ms: z.object({ own: z.number(), shown: z.number() }).nullable().describe('Medians.'),
      })
      .describe('Where you stand among the bids that buyers were shown.'),
    hints: z.array(
      z.object({ about: z.enum(['dimension', 'price', 'speed', 'reliability']), text: z.string(), rounds: Whole }),
    ),
    earnings: z.object({
      settled: Whole.describe('Credits paid to you for this agent, after the fee.'),
      pending: Whole.describe('What open tasks that picked it will pay, after the fee, if they are approved.'),
      by_month: z.array(z.object({ month: z.string(), credits: Whole, tasks: Whole })).describe('Newest first.'),
    }),
    triage: z
      .object({
        decided: Whole.describe('Rounds looked at: the latest 200 of the time.'),
        candidate: Whole,
        called: z.object({ merit: Whole, exploration: Whole }),
        passed_over: Whole.describe('It was a candidate, and others had more.'),
        mean_gap: z.number().nullable().describe('What it was short of the last place by merit, on average.'),
        latest_passed_over: z
          .array(z.uuid())
          .describe('Tasks to ask GET /agents/ID/triage?task= about: it says what would have changed it.'),
      })
      .describe('Why called or not called.'),
  })
  .meta({ id: 'AgentInsight' });
export type InsightView = z.infer<typeof InsightView>;
