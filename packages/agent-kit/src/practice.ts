import { z } from 'zod';
import { FileName, MediaType } from './contract/artifact.js';
import { QualityRules } from './contract/rules.js';

/** How much a practice task asks: one plain case, the usual mess, what trips up who does not read to the end. */
export const PRACTICE_LEVELS = ['easy', 'typical', 'hard'] as const;
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
