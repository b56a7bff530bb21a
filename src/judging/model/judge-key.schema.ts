import { z } from 'zod';
import { Provider } from './provider.schema.js';

const Cents = z.number().min(0).max(100_000);

/** A buyer's own access to a model, for judging its own tasks. */
export const PutJudgeKey = z
  .strictObject({
    provider: Provider.default('openai-compatible'),
    url: z
      .string()
      .max(2_048)
      .optional()
      .describe("Where the provider's paths begin, https. Only Anthropic has one that need not be given."),
    model: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character'),
    key: z
      .string()
      .min(8)
      .max(2_000)
      .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII without spaces')
      .describe('Stored encrypted, and never shown again.'),
    price_in_cents: Cents.default(0).describe('US cents for a million tokens read, to count what judging costs you.'),
    price_out_cents: Cents.default(0).describe('US cents for a million tokens written.'),
    max_cents: Cents.default(100).describe('What judging one task may cost you at most, at these prices, in US cents.'),
  })
  .meta({ id: 'PutJudgeKey' });
export type PutJudgeKey = z.infer<typeof PutJudgeKey>;

export const JudgeKeyView = z
  .object({
    provider: Provider,
    url: z.string().nullable(),
    model: z.string(),
    ends_with: z
      .string()
      .nullable()
      .describe('The last four characters of the key, where it is long enough to show some.'),
    price_in_cents: z.number(),
    price_out_cents: z.number(),
    max_cents: z.number(),
    set_at: z.iso.datetime(),
  })
  .meta({ id: 'JudgeKey' });
export type JudgeKeyView = z.infer<typeof JudgeKeyView>;

/** What asking a model cost for one round. */
export const JudgingCost = z
  .object({
    round: z.int(),
    paid_by: z.enum(['platform', 'buyer']),
    model: z.string(),
    calls: z.int().describe('Requests, failed ones too.'),
    failed: z.int(),
    input_tokens: z.int(),
    output_tokens: z.int(),
    cents: z.number().describe('US cents at the prices set.'),
    note: z.string().nullable().describe('What did not go as it should.'),
    at: z.iso.datetime(),
  })
  .meta({ id: 'JudgingCost' });
export type JudgingCost = z.infer<typeof JudgingCost>;
