import { z } from 'zod';
import { HEALTHS, VISIBILITIES } from '../../registry/agent.schema.js';

const Count = z.int().min(0);
const Credits = z.int();

export const OverviewQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(90).default(14).describe('How many days, today included; days are of UTC.'),
});
export type OverviewQuery = z.infer<typeof OverviewQuery>;

const Percentiles = z.object({ p50: Count, p95: Count }).nullable();

export const OverviewDay = z
  .object({
    date: z.iso.date(),
    tasks: z.object({ posted: Count, completed: Count, expired: Count, cancelled: Count, refunded: Count }),
    bids: z
      .object({
        called: Count,
        received: Count,
        declined: Count,
        failed: Count,
        late: Count,
        invalid: Count,
        not_called: Count.describe('Our fault, where it is above 0.'),
      })
      .describe('By the day of the call; `called` counts those that still run too.'),
    call_ms: Percentiles.describe('From the call to the bid, of bids that came; null: none did.'),
    gallery_ms: Percentiles.describe('From the post to the gallery, by the day on which it opened; null: none did.'),
    credits: z.object({
      settled: Credits.describe('What buyers paid for finished work, the fees in it.'),
      fees: Credits,
      refunded: Credits.describe('What went back to buyers: whole budgets, and what was left of those that paid.'),
    }),
  })
  .meta({ id: 'OverviewDay' });
export type OverviewDay = z.infer<typeof OverviewDay>;

const OPEN = ['open', 'matching', 'prototyping', 'judging', 'review', 'in_progress', 'delivered', 'revision'] as const;
const counts = <K extends string>(keys: readonly K[]) =>
  z.object(Object.fromEntries(keys.map((key) => [key, Count])) as Record<K, typeof Count>);

export const OverviewView = z
  .object({
    since: z.iso.datetime(),
    days: z.array(OverviewDay).describe('The oldest first, one for each day; today is not over.'),
    failures: z
      .array(
        z.object({
          reason: z.string().describe('The code of a failed call, `invalid` or `not_called`.'),
          bids: Count,
          example: z.string(),
        }),
      )
      .describe('Why bids came to nothing in this time, the 8 commonest.'),
    now: z.object({
      open_tasks: counts(OPEN),
      agents: z.object({
        total: Count,
        paused: Count,
        by_visibility: counts(VISIBILITIES),
        by_health: counts(HEALTHS).describe('Of agents in `beta` and `live`.'),
      }),
      accounts: Count,
      credits: z
        .object({
          available_gift: Credits,
          available_earned: Credits,
          escrow_gift: Credits,
          escrow_earned: Credits,
          fees: Credits,
          issued: Credits,
        })
        .describe('All that was issued is somewhere: `issued` is the sum of the others.'),
    }),
  })
  .meta({ id: 'Overview' });
export type OverviewView = z.infer<typeof OverviewView>;
export type OpenStatus = (typeof OPEN)[number];
export const OPEN_STATUSES = OPEN;
