import { z } from 'zod';

/** What a judge says of an answer, as it is stored and shown. Pure, so that the web app imports it too. */

export const Met = z.enum(['yes', 'no', 'unknown']);
export type Met = z.infer<typeof Met>;

/**
 * Where a criterion comes from: the task type, a quality rule, what the brief itself states, a test of the buyer's, or the known
 * answer of a benchmark.
 */
export const CriterionSource = z.enum(['rubric', 'rule', 'brief', 'tests', 'answer', 'gate']);
export type CriterionSource = z.infer<typeof CriterionSource>;

const Share = z.number().min(0).max(1);
const Points = z.number().min(0).max(100);

export const JudgedCriterion = z
  .object({
    key: z.string(),
    dimension: z.string().nullable().describe('Null for rules and gates, which stand outside of the rubric.'),
    source: CriterionSource,
    question: z.string(),
    met: Met,
    evidence: z.string().describe('What was seen, with numbers: "312 words; asked for 300 to 500".'),
    confidence: Share,
    weight: z
      .number()
      .min(0)
      .describe(
        "Of a rubric's criterion its weight among those of its dimension; of a rule the points that a miss takes off the total.",
      ),
  })
  .meta({ id: 'JudgedCriterion' });
export type JudgedCriterion = z.infer<typeof JudgedCriterion>;

export const JudgedDimension = z
  .object({ key: z.string(), name: z.string(), weight: Share, low: Points, high: Points })
  .meta({ id: 'JudgedDimension' });
export type JudgedDimension = z.infer<typeof JudgedDimension>;

/** Something that no score can make good: the total stays below `cap`. Without a cap it is only reported. */
export const Gate = z
  .object({ key: z.string(), evidence: z.string(), cap: Points.nullable() })
  .meta({ id: 'JudgementGate' });
export type Gate = z.infer<typeof Gate>;

export const Interval = z
  .object({ low: Points, high: Points })
  .describe('From "everything unknown is missed" to "everything unknown is met".');
export type Interval = z.infer<typeof Interval>;

export const Judgement = z
  .object({
    judge: z.string(),
    judge_version: z.string(),
    rubric: z.object({ task_type: z.string(), version: z.int().min(1) }),
    total: Interval,
    dimensions: z.array(JudgedDimension),
    criteria: z.array(JudgedCriterion),
    gates: z.array(Gate).describe('Only the gates that closed.'),
  })
  .meta({ id: 'Judgement' });
export type Judgement = z.infer<typeof Judgement>;
