import { z } from 'zod';

const Count = z.int().min(0);

const FailureView = z.object({
  at: z.iso.datetime().describe('When the attempt that failed began, or when the job was given up.'),
  reason: z.string().describe('What was thrown, shortened.'),
  attempts: Count.describe('How often that job had been tried by then.'),
});

export const QueueView = z
  .object({
    name: z.string(),
    queued: Count.describe('Due, and not taken yet.'),
    delayed: Count.describe('Not due yet.'),
    retry: Count.describe('Failed before; tried again soon.'),
    active: Count,
    failed: Count.describe('Out of attempts, in the last day or so.'),
    dead: Count.describe('Of this queue, in the queue `dead`, which nothing reads; kept for 14 days.'),
    done_last_hour: Count,
    oldest_waiting_s: Count.nullable().describe('How long the oldest job that is due has waited; null: none is.'),
    last_failure: FailureView.nullable().describe('Of the jobs that are still in `retry`, `failed` or `dead`.'),
  })
  .meta({ id: 'Queue' });
export type QueueView = z.infer<typeof QueueView>;

export const TickView = z
  .object({
    name: z.string().describe('The chore that comes round.'),
    every_s: Count,
    last_at: z.iso
      .datetime()
      .nullable()
      .describe('When it was last begun and finished; null where that is not known any more.'),
    took_ms: Count.nullable(),
    late: z.boolean().describe('It should have come round three times since then.'),
  })
  .meta({ id: 'Tick' });
export type TickView = z.infer<typeof TickView>;

export const ProcessView = z
  .object({
    id: z.uuid(),
    host: z.string(),
    pid: z.int(),
    started_at: z.iso.datetime(),
    jobs: Count.describe('Jobs that it has taken and not finished.'),
  })
  .meta({ id: 'Process' });
export type ProcessView = z.infer<typeof ProcessView>;

export const QueuesView = z
  .object({
    queues: z.array(QueueView),
    ticks: z.array(TickView).describe('By name.'),
    processes: z.array(ProcessView).describe('The servers of this installation, the oldest first.'),
  })
  .meta({ id: 'Queues' });
export type QueuesView = z.infer<typeof QueuesView>;
