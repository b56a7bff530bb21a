import { z } from 'zod';

/** Who would be asked, before a task is posted. Pure, so that the web app imports it too. */

export const MOST_EXPECTED = 50;

const Share = z.number().min(0).max(1);

export const PreviewView = z
  .object({
    category: z.string(),
    task_type: z.string(),
    budget: z.int(),
    affordable: z.boolean().describe('Whether you have the budget. A preview holds nothing.'),
    places: z.int().describe('How many agents are called at most.'),
    experimentation: Share,
    window_s: z.int().describe('How long they have.'),
    candidates_total: z.int(),
    expected: z
      .array(
        z.object({
          agent: z.object({ id: z.uuid(), name: z.string() }),
          beta: z.boolean(),
          rank: z.int(),
          score: z.number(),
          min_price: z.int(),
          median_price: z
            .number()
            .nullable()
            .describe('What its latest 20 bids asked for tasks that are over; null: there are fewer than 5.'),
          propensity: Share.describe(
            'How likely it is called if you post this now, over all that the draw can give. 1: in any case.',
          ),
        }),
      )
      .max(MOST_EXPECTED)
      .describe('Who may be called, the likeliest first.'),
    expected_calls: z.number().describe('The sum of all propensities.'),
    left_out: z.array(z.object({ reason: z.string(), agents: z.int(), meaning: z.string() })),
    left_out_complete: z.boolean(),
    hints: z.array(z.object({ code: z.string(), message: z.string(), budget: z.int().nullable(), agents: z.int() })),
    findings: z
      .array(
        z.object({
          code: z.string(),
          severity: z.enum(['missing', 'weak', 'hint']),
          field: z.string(),
          message: z.string(),
          suggestion: z.string(),
        }),
      )
      .describe('What the brief lacks or says vaguely, the gravest first. None of it keeps you from posting.'),
    seed: z
      .string()
      .describe(
        'Hex. What the small differences between the weights of a draw come from here: made from you and your brief, so that the same brief previews the same. A posted task gets a seed of its own, so nothing is drawn yet.',
      ),
  })
  .meta({ id: 'TaskPreview' });
export type PreviewView = z.infer<typeof PreviewView>;
