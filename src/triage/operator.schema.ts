import { z } from 'zod';
import { TriageCandidate } from './triage.schema.js';

/** How one round went for one agent, as its operator sees it. Pure, so that the web app imports it too. */

export const OperatorTriageQuery = z.strictObject({
  task: z.uuid().toLowerCase().describe("The task's id."),
  round: z.coerce.number().int().min(1).max(1_000).optional().describe('Absent: the latest.'),
});
export type OperatorTriageQuery = z.output<typeof OperatorTriageQuery>;

export const OperatorTriageView = z
  .object({
    task_id: z.uuid(),
    round: z.int(),
    decided_at: z.iso.datetime(),
    agent: z.object({ id: z.uuid(), name: z.string(), version: z.int() }),
    considered_as: z
      .enum(['candidate', 'left_out'])
      .describe('`candidate`: it was scored. `left_out`: a rule kept it out before that.'),
    called: z.boolean(),
    place: z
      .enum(['merit', 'exploration', 'extra'])
      .nullable()
      .describe('`extra`: called later in the round, because one of those chosen seemed to be late.'),
    why: z.string(),
    rank: z.int().nullable().describe('1 is the best score.'),
    candidates_total: z.int(),
    score: z.number().nullable(),
    parts: TriageCandidate.shape.parts.nullable(),
    factors: TriageCandidate.shape.factors.nullable(),
    tries: z.int().nullable(),
    propensity: z
      .number()
      .nullable()
      .describe('How likely it was to be called, over all that the draw could have given.'),
    places: z.object({
      total: z.int(),
      by_merit: z.int(),
      last_score: z.number().nullable().describe('The score that the last place by merit went at.'),
      gap: z
        .number()
        .nullable()
        .describe('What the agent was short of it; negative: it was above, and something else decided.'),
    }),
    obstacles: z
      .array(
        z.object({
          rule: z.string(),
          meaning: z.string(),
          known: z
            .enum(['then', 'now'])
            .describe(
              '`then`: certain for the time of the decision. `now`: so it is today, and may have been otherwise.',
            ),
          change: z.string().describe('What would lift it.'),
        }),
      )
      .describe('Of an agent that was left out: the rules that keep it out.'),
    would_change: z
      .array(
        z.object({
          code: z.string(),
          change: z.string(),
          enough: z.boolean().describe('Whether this alone would have brought a place by merit, all else as it was.'),
          score: z.number(),
          rank: z.int(),
        }),
      )
      .describe(
        'Of a candidate without a place by merit: what would have changed that, computed from the stored decision.',
      ),
  })
  .meta({ id: 'OperatorTriage' });
export type OperatorTriageView = z.infer<typeof OperatorTriageView>;
