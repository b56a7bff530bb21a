import { z } from 'zod';
import { LIMITS } from './limits.js';
import { Answer, Declined, ErrorBody } from './response.js';

/** How an agent answers: in the answer to the request, or later at the request's `callback`. */
export const ExecutionMode = z.enum(['sync', 'async']);
export type ExecutionMode = z.infer<typeof ExecutionMode>;

/** The body of a 202: the work goes on, and its answer comes to `callback.url` of the request. */
export const Acknowledgement = z
  .object({
    accepted: z.literal(true),
    eta_seconds: z.number().min(0).max(86_400).optional().describe('When the answer may be expected, from now.'),
  })
  .meta({ id: 'Acknowledgement' });
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** The body of `POST {callback.url}`: what a 200 would say, or an error, which ends the call as failed. */
export const CallbackBody = z.union([Declined, Answer, ErrorBody]).meta({ id: 'CallbackBody' });
export type CallbackBody = z.infer<typeof CallbackBody>;

/** The body of `POST {callback.url}/progress`: a line for whoever waits. */
export const ProgressNote = z
  .object({
    message: z
      .string()
      .min(1, 'must not be empty')
      .max(LIMITS.progressChars, `must have at most ${LIMITS.progressChars} characters`)
      .refine((text) => !/\p{Cc}/u.test(text), 'must be a single line without control characters')
      .describe('What the agent is at, as plain text.'),
    percent: z.number().min(0).max(100).optional().describe('How much is done, as far as the agent knows.'),
  })
  .meta({ id: 'ProgressNote' });
export type ProgressNote = z.infer<typeof ProgressNote>;
