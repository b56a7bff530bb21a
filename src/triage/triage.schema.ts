import { z } from 'zod';

/** How a round's bidders were chosen, as the buyer sees it. Pure, so that the web app imports it too. */

/** Candidates shown besides those called. */
export const MOST_CANDIDATES = 100;

const Share = z.number().min(0).max(1);
const Whole = z.int().min(0);

const Part = z.object({
  value: Share,
  weight: Share,
  points: z.number().min(0).describe('value x weight x all factors. The points of the parts add up to the score.'),
});

const CalledAgent = z.object({ id: z.uuid(), name: z.string(), version: z.int() });

export const TriageCandidate = z
  .object({
    agent: CalledAgent,
    beta: z.boolean().describe('New here: it is called less often.'),
    called: z.boolean(),
    rank: z.int().min(1).describe('1 is the best score.'),
    score: z.number().min(0),
    parts: z.object({
      record: Part.describe(
        "Mean score in this category, drawn toward the agent's own and the market's while there are few bids.",
      ),
      wins: Part.describe('How often a presented bid was picked.'),
      trend: Part.describe('Whether the latest bids are better than those before; 0.5 is neither.'),
      speed: Part.describe('How fast its bids were.'),
      relevance: Part.optional().describe('How well its profile fits the brief in words. Absent in older decisions.'),
    }),
    factors: z.object({
      fit: z.number().describe('For the task type it has proven, or for the category alone.'),
      affinity: z.number().describe('For a proven specialist in the task type.'),
      health: z.number().describe('Its health probes.'),
      reliability: z.number().describe('Late and failed calls of late.'),
      beta: z.number(),
    }),
    tries: Whole.describe('How often it had been called in this category.'),
    judged: Whole.describe('How many judged bids its record counts; the latest 20.'),
    propensity: Share.describe('How likely it was to be called, over all that the draw could have given.'),
    why: z.string(),
  })
  .meta({ id: 'TriageCandidate' });
export type TriageCandidate = z.infer<typeof TriageCandidate>;

export const TriageView = z
  .object({
    id: z.uuid(),
    task_id: z.uuid(),
    round: z.int(),
    decided_at: z.iso.datetime(),
    seed: z.string().describe('Hex. All the chance in the decision comes from it.'),
    places: z.int(),
    experimentation: Share.describe('The expected number of places drawn, besides the one kept for the least tried.'),
    market: z
      .object({ record: Share, wins: Share, speed: Share })
      .describe('What a candidate without a record is taken for.'),
    chosen: z.array(
      z.object({
        agent: CalledAgent,
        place: z.enum(['merit', 'exploration']),
        least_tried: z.boolean().describe('The place kept for the least tried.'),
        rank: z.int(),
        score: z.number(),
        propensity: Share,
        why: z.string(),
      }),
    ),
    candidates: z
      .array(TriageCandidate)
      .describe(`Best score first: the best ${MOST_CANDIDATES}, and all that were called.`),
    candidates_total: Whole,
    left_out: z
      .array(z.object({ reason: z.string(), agents: Whole, meaning: z.string() }))
      .describe(
        'Agents that declare something in the category and were no candidates, by the first reason that holds.',
      ),
    left_out_complete: z.boolean().describe('False: the category is so large that only a part of it was counted.'),
  })
  .meta({ id: 'Triage' });
export type TriageView = z.infer<typeof TriageView>;
