import { z } from 'zod';

/** What holds for every task of this installation. Pure, so that the web app imports it too. */
export const TermsView = z
  .object({
    gift_credits: z.int().describe('What a new account begins with: to spend, never paid out.'),
    fee_bps: z
      .int()
      .describe('The platform fee of a task posted now, in basis points of the price. The agent gets the rest.'),
    max_budget: z.int(),
    places: z.int().describe('How many agents are called in a round, at most.'),
    presented_max: z.int().describe('How many bids the buyer sees, at most.'),
    experimentation: z.number().describe('What a task has that names none of its own, 0-1.'),
    max_revisions: z.int().describe('What a task allows that names none of its own.'),
    judge: z.enum(['rules', 'llm']).describe('Who judges a task that does not say.'),
    windows: z
      .object({
        prototype_s: z.int(),
        review_s: z.int(),
        delivery_s: z.int(),
        approval_s: z.int().describe('After so long, silence approves a delivery.'),
      })
      .describe('How long each step may take, in s.'),
    attachments: z.object({ most: z.int(), max_bytes: z.int().describe('Of one file.') }),
  })
  .meta({ id: 'Terms' });
export type TermsView = z.infer<typeof TermsView>;
