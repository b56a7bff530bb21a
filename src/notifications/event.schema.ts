import { z } from 'zod';

const Where = z
  .string()
  .max(50)
  .optional()
  .describe(
    'Where to go on from: the id of the last event you have, or `meta.next_cursor`. `latest`: only what comes from now on. Without it: from the oldest event still kept.',
  );

export const EventsQuery = z.strictObject({
  after: Where,
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('How many to return at most. Not for a stream.'),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(30)
    .default(0)
    .describe('How long to wait for the first event if there is none yet, in s. Not for a stream.'),
});
export type EventsQuery = z.infer<typeof EventsQuery>;

export const EventView = z
  .object({
    id: z.string().describe('Grows with every event; the cursor to go on from.'),
    type: z.string().describe('What happened, such as `bid.received`.'),
    task_id: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Event' });
export type EventView = z.infer<typeof EventView>;
