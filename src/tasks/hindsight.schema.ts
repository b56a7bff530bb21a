import { z } from 'zod';
import { Interval } from '../judging/judgement.schema.js';

const ShareView = z
  .object({
    hits: z.number().describe('Halves where two share a first place.'),
    of: z.int(),
    share: z.number().nullable().describe('Null: there was no occasion.'),
    low: z.number(),
    high: z.number(),
  })
  .describe('A share with its 95 % interval.')
  .meta({ id: 'Share' });

export const CalibrationQuery = z.strictObject({
  task_type: z.string().min(1).max(60).optional().describe('One task type alone.'),
  window_days: z.coerce.number().int().min(1).max(365).default(30).describe('By how many days a drift is shown.'),
});
export type CalibrationQuery = z.infer<typeof CalibrationQuery>;

const Agreement = ShareView.extend({ key: z.string() });

export const CalibrationView = z
  .object({
    task_types: z.array(
      z.object({
        task_type: z.string(),
        rounds: z.int().describe('Galleries of several bids from which one was picked; the newest 5000 of all types.'),
        top_picked: ShareView.describe('How often the bid that was judged best is the one picked.'),
        by_chance: z.number().describe('What drawing lots would reach in the same galleries.'),
        by_judge: z.array(
          z.object({ judge: z.string(), judge_version: z.string(), rubric_version: z.int(), top_picked: ShareView }),
        ),
        by_window: z.array(z.object({ from: z.iso.datetime(), top_picked: ShareView })),
        drift: z
          .object({ earlier: ShareView, recent: ShareView, apparent: z.boolean() })
          .describe('The older half against the newer; apparent where their intervals do not overlap.'),
        dimensions: z
          .array(Agreement)
          .describe('Of the pairs that differ on it, how often the picked bid is the better. The most telling first.'),
        criteria: z.array(Agreement),
      }),
    ),
    panel: z
      .object({
        picks: z.int(),
        least_picks: z.int().describe('With fewer nobody is believed more than another.'),
        weights: z.array(
          z.object({
            judge: z.string(),
            kind: z.string().nullable().describe('Of criteria, or `pair`; null: over all kinds.'),
            weight: z.number().describe('Log odds that one full vote adds.'),
            low: z.number(),
            high: z.number(),
            right: z.number(),
            wrong: z.number(),
          }),
        ),
      })
      .describe('Whom the panel believes how much, as learned from the picks.'),
  })
  .meta({ id: 'Calibration' });
export type CalibrationView = z.infer<typeof CalibrationView>;

const Weights = (most: number) =>
  z
    .record(z.string().min(1).max(100), z.number().min(0).max(most))
    .refine((weights) => Object.keys(weights).length <= 200, 'At most 200 at a time.')
    .default({});

export const RehearseRubric = z
  .strictObject({
    task_type: z.string().min(1).max(60),
    dimensions: Weights(1).describe('By key: a share of the total, against the shares of the others. The rest stays.'),
    criteria: Weights(100).describe(
      'By key: of the rubric a weight in its dimension, of a rule the points that a miss takes off. 0 takes it out.',
    ),
    rounds: z.int().min(1).max(200).default(50).describe('How many of the newest rounds.'),
  })
  .meta({ id: 'RehearseRubric' });
export type RehearseRubric = z.infer<typeof RehearseRubric>;

export const RehearsalView = z
  .object({
    task_type: z.string(),
    reordered: z.int().describe('Rounds in which any bid would have another rank.'),
    other_first: z.int().describe('Rounds in which another bid would be the first.'),
    picked_first: z
      .object({ before: ShareView, after: ShareView })
      .describe('How often the first is the bid that the buyer picked, under the old weights and the new.'),
    rounds: z.array(
      z.object({
        task_id: z.uuid(),
        round: z.int(),
        bids: z.array(
          z.object({
            bid_id: z.uuid(),
            agent: z.object({ id: z.uuid(), name: z.string() }),
            picked: z.boolean(),
            rank_before: z.int(),
            rank_after: z.int(),
            score_before: Interval,
            score_after: Interval,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Rehearsal' });
export type RehearsalView = z.infer<typeof RehearsalView>;
