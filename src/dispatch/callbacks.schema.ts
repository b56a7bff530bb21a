import { z } from 'zod';

/** What a callback is answered: a repeat of the same bytes gets the very same. */
export const CallbackTaken = z
  .object({
    call_id: z.uuid(),
    received_at: z.iso.datetime().describe('When the first one came.'),
  })
  .meta({ id: 'CallbackTaken' });
export type CallbackTaken = z.infer<typeof CallbackTaken>;

export const ProgressTaken = z.object({ call_id: z.uuid() }).meta({ id: 'ProgressTaken' });
export type ProgressTaken = z.infer<typeof ProgressTaken>;
