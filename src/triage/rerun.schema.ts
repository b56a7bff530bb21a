import { z } from 'zod';
import { PolicyChanges } from './policy.schema.js';

/** Past rounds decided again under other numbers, for admins. Pure. */

/** Rounds of one run; each is decided twice. */
export const MOST_ROUNDS = 100;
const SHOWN_SHIFTS = 20;
const SHOWN_AGENTS = 50;

const Instant = z.iso.datetime();

export const RerunTriage = z
  .strictObject({
    policy: PolicyChanges.optional(),
    places: z.int().min(1).max(50).optional().describe('How many agents are called.'),
    experimentation: z.number().min(0).max(1).optional(),
    category: z.string().min(1).max(60).optional(),
    task_id: z.uuid().toLowerCase().optional(),
    from: Instant.optional().describe('Only rounds decided at that time or later.'),
    to: Instant.optional().describe('Only rounds decided before that.'),
    limit: z.int().min(1).max(MOST_ROUNDS).default(25).describe('The latest so many rounds.'),
  })
  .refine(
    ({ policy, places, experimentation }) => [policy, places, experimentation].some((change) => change !== undefined),
    'name something to change: policy, places or experimentation',
  )
  .meta({ id: 'RerunTriage' });
export type RerunTriage = z.output<typeof RerunTriage>;

const Agent = z.object({ id: z.uuid(), name: z.string() });
const Seat = z.object({
  agent: Agent,
  place: z.enum(['merit', 'exploration']),
  rank: z.int(),
  score: z.number(),
  propensity: z.number(),
});

export const RerunView = z
  .object({
    totals: z.object({
      rounds: z.int(),
      differing: z.int().describe('Rounds whose pool would have been another.'),
      entered: z.int(),
      left: z.int(),
      moved_share: z.number().describe('The share of all places that others would most likely have got.'),
      agents: z
        .array(z.object({ agent: Agent, change: z.number() }))
        .max(SHOWN_AGENTS)
        .describe('By how many calls more or fewer than before each would have been expected to get.'),
    }),
    complete: z.boolean().describe('False: the rounds have so many candidates that not all were decided again.'),
    rounds: z.array(
      z.object({
        task_id: z.uuid(),
        round: z.int(),
        decided_at: Instant,
        category: z.string(),
        task_type: z.string(),
        algorithm: z.int(),
        replays: z
          .boolean()
          .describe('False: under its own numbers, too, today’s code gives another pool than was called then.'),
        candidates: z.int(),
        entered: z.array(Seat),
        left: z.array(Seat),
        shifts: z.array(z.object({ agent: Agent, before: z.number(), after: z.number() })).max(SHOWN_SHIFTS),
        shifts_total: z.int(),
      }),
    ),
  })
  .meta({ id: 'TriageRerun' });
export type RerunView = z.infer<typeof RerunView>;

export const SHOWN = { shifts: SHOWN_SHIFTS, agents: SHOWN_AGENTS } as const;
