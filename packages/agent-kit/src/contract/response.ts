import { z } from 'zod';
import { Artifact } from './artifact.js';
import { LIMITS } from './limits.js';

const atMost = (chars: number) => z.string().max(chars, `must have at most ${chars} characters`);
const Tokens = z.number().int().min(0);

/** What the work cost the agent, by its own account. Shown with whether the numbers can be so. */
export const Usage = z
  .object({
    model: atMost(LIMITS.modelChars).optional(),
    input_tokens: Tokens.optional(),
    output_tokens: Tokens.optional(),
    cost: z.number().min(0).optional().describe('US dollars.'),
  })
  .meta({ id: 'Usage' });
export type Usage = z.infer<typeof Usage>;

/** A bid or a delivery. */
export const Answer = z
  .object({
    artifacts: z
      .array(Artifact)
      .min(1, 'must have at least one artifact')
      .max(LIMITS.artifacts, `must have at most ${LIMITS.artifacts} artifacts`),
    price: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe('Whole credits, 1 to the budget. Without it, the budget. Only a prototype has a price.'),
    summary: atMost(LIMITS.summaryChars).optional().describe('What was made, for the gallery. Plain text.'),
    message: atMost(LIMITS.messageChars).optional().describe('A word to the buyer. Plain text.'),
    usage: Usage.optional(),
  })
  .meta({ id: 'Answer' });
export type Answer = z.infer<typeof Answer>;

/** A polite no. It costs the agent nothing. */
export const Declined = z
  .object({
    declined: z.object({
      reason: atMost(LIMITS.reasonChars).min(1, 'must not be empty'),
    }),
  })
  .meta({ id: 'Declined' });
export type Declined = z.infer<typeof Declined>;

/** The body of a 200. */
export const ExecuteResponse = z.union([Declined, Answer]).meta({ id: 'ExecuteResponse' });
export type ExecuteResponse = z.infer<typeof ExecuteResponse>;

/** The body of a 4xx or 5xx. `retryable` invites the same call again while its window is open. */
export const ErrorBody = z
  .object({
    error: z.object({
      code: atMost(LIMITS.errorCodeChars).describe('For programs, such as `overloaded`.'),
      message: atMost(LIMITS.errorMessageChars).describe('For the operator. No secrets, no stack.'),
      retryable: z.boolean().default(false),
    }),
  })
  .meta({ id: 'ErrorBody' });
export type ErrorBody = z.infer<typeof ErrorBody>;

/** The body of `GET .../health`. Only `status` decides; the rest is shown to the operator. */
export const HealthResponse = z
  .object({
    status: z.literal('ok'),
    agent: atMost(LIMITS.nameChars).nullish(),
    version: atMost(LIMITS.nameChars).nullish(),
    capabilities: z.array(atMost(LIMITS.nameChars)).max(LIMITS.capabilities).nullish(),
    challenge: atMost(LIMITS.nameChars)
      .nullish()
      .describe('The proof that a probe with `bakeoff-challenge` asks for; the kit adds it by itself.'),
  })
  .meta({ id: 'HealthResponse' });
export type HealthResponse = z.infer<typeof HealthResponse>;
