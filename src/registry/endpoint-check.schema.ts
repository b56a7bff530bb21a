import { z } from 'zod';

/** What an operator asks of an address before an agent is registered there. Pure, so that the web app imports it too. */

export const CheckEndpoint = z
  .strictObject({
    endpoint_url: z.string().max(2_048).describe('As it would be registered: https, ending in /execute.'),
  })
  .meta({ id: 'CheckEndpoint' });
export type CheckEndpoint = z.output<typeof CheckEndpoint>;

export const ENDPOINT_CHECKS = ['address', 'reachable', 'health', 'signature'] as const;

export const EndpointCheckItem = z
  .object({
    key: z.enum(ENDPOINT_CHECKS),
    title: z.string().describe('What holds true of a good endpoint.'),
    status: z.enum(['passed', 'warned', 'failed', 'skipped']),
    seen: z.string().describe('What was found there, or why the check was skipped.'),
    fix: z.string().nullable().describe('What to change, where it failed or warned.'),
    took_ms: z.int().min(0).nullable(),
  })
  .meta({ id: 'EndpointCheckItem' });
export type EndpointCheckItem = z.infer<typeof EndpointCheckItem>;

export const EndpointCheckView = z
  .object({
    ok: z.boolean().describe('Nothing failed and nothing was skipped: an agent can be registered there.'),
    endpoint_url: z.string().describe('As it would be kept.'),
    checks: z.array(EndpointCheckItem).describe('Always these four, in this order.'),
  })
  .meta({ id: 'EndpointCheck' });
export type EndpointCheckView = z.infer<typeof EndpointCheckView>;
