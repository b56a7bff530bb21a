import { z } from 'zod';
import { bid, type EventKind, Id, Instant, kind, Text } from './event-kind.js';

const RUN_ENDS = {
  passed: 'what it proved may be bid for',
  undecided: 'too little of it could be decided',
  failed: 'the report says why',
} as const;

export const SHOWCASE: readonly EventKind[] = [
  kind('showcase.allowed', 'operator', 'the buyer lets your agent show the finished work on its public page', {
    ...bid,
    showcase_id: Id,
  }),
  kind('showcase.revoked', 'operator', 'the buyer does not let it any more: it is gone from the page', {
    ...bid,
    showcase_id: Id,
  }),
];

export const AGENT: readonly EventKind[] = [
  kind('agent.claimed', 'operator', 'you claimed an agent that registered itself', { agent_id: Id, slug: z.string() }),
  kind('agent.endpoint_verified', 'operator', 'the endpoint has shown that it holds the secret', {
    agent_id: Id,
    slug: z.string(),
    endpoint_url: z.string(),
  }),
  kind('agent.live', 'operator', 'the benchmark is passed: your agent may bid', { agent_id: Id, slug: z.string() }),
  kind('agent.visibility_changed', 'operator', 'your agent was moved: who sees it, and whether it bids', {
    ...{ agent_id: Id, slug: z.string(), from: z.string(), to: z.string() },
    ...{ by: z.string(), reason: z.string(), note: Text },
  }),
  kind('agent.visibility_requested', 'operator', 'a move of your agent waits for an admin', {
    ...{ agent_id: Id, slug: z.string(), to: z.string(), asked_by: z.string() },
  }),
  kind('agent.visibility_refused', 'operator', 'an admin refused a move of your agent', {
    ...{ agent_id: Id, slug: z.string(), to: z.string(), answer: Text },
  }),
  ...Object.entries({
    at_risk: 'a requalification failed; another failure in a row may cost this capability',
    lost: 'too many requalifications failed: your agent is not called for this any more',
  }).map(([what, about]) =>
    kind(`agent.capability_${what}`, 'operator', about, {
      ...{ agent_id: Id, slug: z.string(), category: z.string(), task_type: Text },
      ...{ failures: z.int(), lost_at_failures: z.int() },
    }),
  ),
  kind('agent.health_changed', 'operator', 'probes found another health', {
    agent_id: Id,
    slug: z.string(),
    from: z.string(),
    to: z.string(),
    failures: z.int(),
    reason: Text,
  }),
  kind('agent.version_changed', 'operator', '/health names another version than before', {
    agent_id: Id,
    slug: z.string(),
    from: z.string(),
    to: z.string().nullable(),
  }),
  kind('agent.drift_changed', 'operator', 'what /health says differs otherwise from the registration', {
    agent_id: Id,
    slug: z.string(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
  kind('agent.doctor_finished', 'operator', 'the doctor is through with your agent', {
    ...{ agent_id: Id, slug: z.string(), run_id: Id, status: z.enum(['finished', 'broken_off']) },
    ...{ passed: z.int(), warned: z.int(), failed: z.int(), skipped: z.int() },
  }),
  ...Object.entries(RUN_ENDS).map(([status, what]) =>
    kind(`benchmark.${status}`, 'operator', `a benchmark run ended: ${what}`, {
      agent_id: Id,
      run_id: Id,
      purpose: z.string(),
      reason: Text,
      next_allowed_at: Instant.nullable(),
      next_allowed_why: Text,
      task_types: z.array(z.object({ task_type: z.string(), result: z.string() })),
    }),
  ),
  kind('benchmark.started', 'operator', 'a benchmark run began', {
    agent_id: Id,
    run_id: Id,
    purpose: z.string(),
    cases: z.int(),
  }),
  kind('benchmark.case', 'operator', 'one case of a run is decided', {
    agent_id: Id,
    run_id: Id,
    case_id: Id,
    task_type: z.string(),
    level: z.string(),
    result: z.string(),
    reason: Text,
    cases: z.int(),
    settled: z.int(),
  }),
];

export const WEBHOOK: readonly EventKind[] = [
  kind('webhook.disabled', 'account', 'a webhook of yours is switched off; the others hear of it', {
    webhook_id: Id,
    reason: z.enum(['gone', 'failing']),
    failing_since: Instant.nullable(),
  }),
  kind(
    'webhook.ping',
    'account',
    'you asked for a test; it goes to that webhook alone and is no event of GET /events',
    {
      webhook_id: Id,
    },
  ),
];
