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
const JOB_MS = 20_000;
const [, , memoryMb = '512'] = process.argv;

/**
 * Ends the process from a thread of its own when it takes too much memory: buffers count for no heap limit. It also
 * ends it when one job lasts for `JOB_MS`, so that a reader without its server does not spin on for ever.
 */
const GUARD = `
const { workerData: { state, limit, jobMs, checkMs } } = require('node:worker_threads');
for (let seen = 0, since = 0;;) {
  const now = Atomics.load(state, 0);
  if (now !== seen) { seen = now; since = Date.now(); }
  const isBusy = now % 2 === 1;
  if (isBusy && (process.memoryUsage.rss() > limit || Date.now() - since > jobMs)) process.kill(process.pid, 'SIGKILL');
  Atomics.wait(state, 0, now, isBusy ? checkMs : Infinity);
}`;
/** Odd while a job is being done, and another number for each. */
const state = new Int32Array(new SharedArrayBuffer(4));
const guard = new Worker(GUARD, {
  eval: true,
  env: {},
  workerData: {
    ...{ state, jobMs: JOB_MS, checkMs: CHECK_MS },
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

process.on('message', (job: ApartJob) => {
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
      process.send?.(validity);
    }, process.exit);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
