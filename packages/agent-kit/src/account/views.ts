import { z } from 'zod';

/** As much of the server's answers as the command line shows; with --json they are handed on whole. */

export const Capability = z.looseObject({
  category: z.string(),
  task_type: z.string().nullable(),
  passed_at: z.string().nullable(),
});

export const Agent = z.looseObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  endpoint_url: z.string(),
  endpoint_verified_at: z.string().nullable(),
  visibility: z.string(),
  paused_at: z.string().nullable(),
  version: z.number(),
  capabilities: z.array(Capability),
  health: z.looseObject({ status: z.string(), reason: z.string().nullable() }),
  blockers: z.array(z.looseObject({ code: z.string(), message: z.string() })),
});
export type Agent = z.infer<typeof Agent>;

export const Self = z.looseObject({ agent: Agent, claimed: z.boolean(), claim_ends_at: z.string().nullable() });

export const SignedUp = z.looseObject({
  account: z.looseObject({ id: z.string(), name: z.string() }),
  gift_credits: z.number(),
  key: z.looseObject({ token: z.string() }),
});

export const Registered = z.looseObject({ agent: Agent, secret: z.string() });

export const SelfRegistered = Registered.extend({
  agent_key: z.string(),
  claim_code: z.string(),
  claim_ends_at: z.string(),
});

export const Rotated = z.looseObject({ secret: z.string(), old_secrets_end_at: z.string().nullable() });

export const Updated = Agent.extend({
  consequences: z.array(z.looseObject({ code: z.string(), message: z.string() })),
});

const Interval = z.looseObject({ low: z.number(), high: z.number() });

export const Case = z.looseObject({
  id: z.string(),
  task_type: z.string(),
  level: z.string(),
  result: z.string(),
  reason: z.string().nullable(),
  call_id: z.string(),
  decided_score: z.number().nullable(),
  decidable_share: z.number().nullable(),
  answer_score: z.number().nullable(),
  took_ms: z.number().nullable(),
  dimensions: z.array(z.looseObject({ name: z.string(), feedback: z.array(z.string()) })),
  gates: z.array(z.looseObject({ key: z.string(), evidence: z.string() })),
  answer: z.array(z.looseObject({ asks: z.string(), met: z.string(), evidence: z.string() })),
  would_have_passed: z.array(z.looseObject({ ask: z.string(), seen: z.string(), gains: z.number().nullable() })),
});
export type Case = z.infer<typeof Case>;

export const Run = z.looseObject({
  id: z.string(),
  status: z.enum(['running', 'passed', 'undecided', 'failed']),
  reason: z.string().nullable(),
  next_allowed_at: z.string().nullable(),
  next_allowed_why: z.string().nullable(),
  settled: z.number(),
  cases: z.array(Case),
});
export type Run = z.infer<typeof Run>;

export const Wallet = z.looseObject({ gift: z.number(), earned: z.number(), available: z.number(), held: z.number() });
export const Statement = z.array(
  z.looseObject({ kind: z.string(), task_id: z.string().nullable(), class: z.string(), credits: z.number() }),
);

export const Uploaded = z.looseObject({ id: z.string() });

export const Task = z.looseObject({
  id: z.string(),
  status: z.string(),
  title: z.string(),
  reason: z.string().nullable(),
  budget: z.number(),
  fee_bps: z.number(),
  selected_bid_id: z.string().nullable(),
});
export type Task = z.infer<typeof Task>;

export const Preview = z.looseObject({
  candidates_total: z.number(),
  expected_calls: z.number(),
  left_out: z.array(z.looseObject({ agents: z.number(), meaning: z.string() })),
});

export const Bid = z.looseObject({
  id: z.string(),
  agent: z.looseObject({ id: z.string(), name: z.string() }),
  status: z.string(),
  reason: z.string().nullable(),
  rank: z.number().nullable(),
  price: z.number().nullable(),
  summary: z.string().nullable(),
  score: Interval.nullable(),
  artifacts: z.array(z.looseObject({ name: z.string(), size: z.number(), url: z.string() })),
});
export type Bid = z.infer<typeof Bid>;

export const Gallery = z.looseObject({ called: z.number(), answered: z.number(), bids: z.array(Bid) });

export const Deliveries = z.array(
  z.looseObject({
    status: z.string(),
    reason: z.string().nullable(),
    summary: z.string().nullable(),
    message: z.string().nullable(),
    artifacts: Bid.shape.artifacts,
  }),
);
