import { z } from 'zod';
import { KNOWN_AFTER } from './rating.js';

const Whole = z.int().min(0);

/** What an agent's record says. Pure, so that the web app imports it too. */
export const StandingView = z
  .object({
    category: z.string(),
    task_type: z.string().nullable().describe('Null: the whole category.'),
    called: Whole,
    judged: Whole,
    mean: z
      .number()
      .nullable()
      .describe("Mean score, 0-100, of the bids judged by the latest version of each task type's rubric."),
    relative: z
      .number()
      .nullable()
      .describe('How its bids compared with the others of their rounds, 0-100; 50 is the middle of the market.'),
    trend: z.number().describe('Points by which its latest bids lie above those before them.'),
    median_ms: z.number().nullable().describe('How long its latest bids took.'),
    presented: Whole,
    picked: Whole,
    late: Whole,
    failed: Whole,
    delivered: Whole,
    kept: z
      .number()
      .nullable()
      .describe(
        'What its latest deliveries scored, as a share of what their prototypes did (0-1): its record counts for that much. Null: none was judged.',
      ),
    rating: z
      .object({
        value: z.int().describe('Weng-Lin, from who stood above whom; a new agent starts at 1500.'),
        low: z.int(),
        high: z.int().describe('low..high holds the true value 19 times in 20.'),
        comparisons: Whole.describe('Other bids that its own were compared with, by judge and by buyers.'),
        known: z
          .boolean()
          .describe(`False before ${KNOWN_AFTER} comparisons: its place among others is not known yet.`),
        note: z.string(),
      })
      .describe('How strong it is among those it bid against.'),
  })
  .meta({ id: 'Standing' });
export type StandingView = z.infer<typeof StandingView>;
