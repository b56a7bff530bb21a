import { z } from 'zod';

const CHECK_STATUSES = ['waiting', 'running', 'passed', 'warned', 'failed', 'skipped'] as const;
const Count = z.int().min(0);

export const DoctorCheckView = z
  .object({
    key: z.string().describe('Stays the same when the words change.'),
    title: z.string().describe('What holds true of a good agent.'),
    status: z.enum(CHECK_STATUSES),
    seen: z.string().nullable().describe('What the agent did, or why the check was skipped.'),
    fix: z.string().nullable().describe('What to change, where it failed or warned.'),
    docs: z.string().describe('Where it is explained, in the documentation.'),
    took_ms: Count.nullable(),
  })
  .meta({ id: 'DoctorCheck' });
export type DoctorCheckView = z.infer<typeof DoctorCheckView>;

export const DoctorRunView = z
  .object({
    id: z.uuid(),
    agent_id: z.uuid(),
    status: z.enum(['running', 'finished', 'broken_off']).describe('broken_off: our fault; run it again.'),
    reason: z.string().nullable(),
    started_at: z.iso.datetime(),
    deadline_at: z.iso.datetime().describe('Checks that have not begun by then are skipped.'),
    finished_at: z.iso.datetime().nullable(),
    counts: z.object({ passed: Count, warned: Count, failed: Count, skipped: Count }),
    checks: z.array(DoctorCheckView).describe('All of them, in the order in which they are made.'),
  })
  .meta({ id: 'DoctorRun' });
export type DoctorRunView = z.infer<typeof DoctorRunView>;
