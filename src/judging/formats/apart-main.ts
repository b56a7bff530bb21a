/** The child process that reads what somebody else wrote with large parsers. Started by `apart.ts`, and ended by it. */
import { registerHooks } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ApartJob } from './apart.js';
import type { Validity } from './validity.js';

// From sources, where Node strips the types itself, the files beside this one end in `.ts`.
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      context.parentURL?.endsWith('.ts') && specifier.startsWith('.') ? specifier.replace(/\.js$/, '.ts') : specifier,
      context,
    ),
});

const CHECK_MS = 20;
const [, , memoryMb = '512'] = process.argv;

/**
 * Ends the process from a thread of its own when a job takes too much memory, as buffers count for no heap limit, or too much of a
 * processor. The clock would say more of what else the machine does.
 */
const GUARD = `
const { workerData: { state, limit, checkMs } } = require('node:worker_threads');
const spentMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
for (let seen = 0, since = 0;;) {
  const now = Atomics.load(state, 0);
  if (now !== seen) { seen = now; since = spentMs(); }
  const isBusy = now % 2 === 1;
  if (isBusy && (process.memoryUsage.rss() > limit || spentMs() - since > Atomics.load(state, 1)))
    process.kill(process.pid, 'SIGKILL');
  Atomics.wait(state, 0, now, isBusy ? checkMs : Infinity);
}`;
/** Odd while a job is being done, and another number for each; and how much of a processor the job may take, in ms. */
const state = new Int32Array(new SharedArrayBuffer(8));
const guard = new Worker(GUARD, {
  eval: true,
  env: {},
  workerData: {
    ...{ state, checkMs: CHECK_MS },
    limit: process.memoryUsage.rss() + Number(memoryMb) * 2 ** 20,
  },
});
guard.unref();

function turn(): void {
  Atomics.add(state, 0, 1);
  Atomics.notify(state, 0);
}

async function read(job: ApartJob): Promise<Validity> {
  const { JOBS } = await import('./jobs.js');
  return JOBS[job.kind](job as never);
}

process.on('message', ({ job, ms }: { job: ApartJob; ms: number }) => {
  const before = process.cpuUsage();
  Atomics.store(state, 1, ms);
  turn();
  read(job)
    .catch((error: unknown) => ({
      met: 'unknown' as const,
      evidence: `it could not be read: ${error instanceof Error ? error.message.slice(0, 160) : 'unknown error'}`,
      confidence: 0,
      details: {},
    }))
    .then((validity) => {
      turn();
      const { user, system } = process.cpuUsage(before);
      process.send?.({ validity, spentMs: (user + system) / 1_000 });
    }, process.exit);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
