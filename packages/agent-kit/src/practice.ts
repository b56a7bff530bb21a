import { z } from 'zod';
import { FileName, MediaType } from './contract/artifact.js';
import { QualityRules } from './contract/rules.js';

/** How much a practice task asks: one plain case, the usual mess, what trips up who does not read to the end. */
export const PRACTICE_LEVELS = ['easy', 'typical', 'hard'] as const;
/** How much a practice task asks. */
export const PracticeLevel = z.enum(PRACTICE_LEVELS);
export type PracticeLevel = z.infer<typeof PracticeLevel>;

/** Seeds are whole numbers, so that they are easily said; the same one gives the same task. */
export const PracticeSeed = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** A file of the buyer's, whole. */
export const PracticeFile = z
  .object({
    name: FileName,
    media_type: MediaType,
    content: z.string().describe('The file as text.'),
  })
  .meta({ id: 'PracticeFile' });
export type PracticeFile = z.infer<typeof PracticeFile>;

/** What a practice call asks for: the request's own fields, and the files that a call would hold by address. */
export const PracticeBrief = z
  .object({
    title: z.string().max(200),
    description: z.string().max(20_000),
    category: z.string().max(80),
    task_type: z.string().max(80),
    requirements: z.record(z.string(), z.unknown()).default({}),
    quality_rules: QualityRules.default({ rules: [] }),
    budget: z.object({ amount: z.int().min(1), currency: z.literal('credits') }),
    files: z.array(PracticeFile).max(20).default([]),
  })
  .meta({ id: 'PracticeBrief' });
export type PracticeBrief = z.infer<typeof PracticeBrief>;

/** A brief that was drawn: the same type, level and seed give the same one. */
export const PracticeTask = PracticeBrief.extend({ level: PracticeLevel, seed: PracticeSeed }).meta({
  id: 'PracticeTask',
});
export type PracticeTask = z.infer<typeof PracticeTask>;

/** What is to be judged: an answer to a task that was drawn, or to a brief of one's own. */
export const PracticeWork = z
  .strictObject({
    task_type: z.string().min(1).max(80),
    level: PracticeLevel.optional(),
    seed: PracticeSeed.optional(),
    brief: PracticeBrief.optional().describe('In place of level and seed.'),
    answer: z
      .unknown()
      .describe(
        "The body of the agent's 200, as it is. Artifacts hold their bytes in content or base64: nothing is fetched.",
      ),
  })
  .refine(({ brief, level, seed }) => (brief ? level === undefined && seed === undefined : true), {
    message: 'give level and seed, or a brief',
    path: ['brief'],
  })
  .meta({ id: 'PracticeWork' });
export type PracticeWork = z.infer<typeof PracticeWork>;

const Interval = { low: z.number(), high: z.number() };

/** As much of a judgement as is shown here; the rest is handed on. */
export const PracticeJudgement = z.looseObject({
  judge: z.string(),
  judge_version: z.string(),
  total: z.looseObject(Interval),
  dimensions: z.array(z.looseObject({ key: z.string(), name: z.string(), weight: z.number(), ...Interval })),
  criteria: z.array(
    z.looseObject({
      key: z.string(),
      dimension: z.string().nullable(),
      source: z.string(),
      question: z.string(),
      met: z.enum(['yes', 'no', 'unknown']),
      evidence: z.string(),
      weight: z.number(),
    }),
  ),
  gates: z.array(z.looseObject({ key: z.string(), evidence: z.string(), cap: z.number().nullable() })),
});
export type PracticeJudgement = z.infer<typeof PracticeJudgement>;
