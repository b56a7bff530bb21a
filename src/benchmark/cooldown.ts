import type { Config } from '../platform/config.js';
import type { RunReason, RunStatus } from './benchmark.schema.js';

export interface Cooldowns {
  /** Seconds to wait after the first failure, the second and so on; the last holds for all that follow. */
  readonly stepsS: readonly number[];
  /** Seconds to wait after a run that says nothing of the agent's work. */
  readonly shortS: number;
}

export function cooldownsOf({ BENCHMARK_COOLDOWNS_S, BENCHMARK_SHORT_WAIT_S }: Config): Cooldowns {
  return { stepsS: BENCHMARK_COOLDOWNS_S.split(',').map(Number), shortS: BENCHMARK_SHORT_WAIT_S };
}

export interface Ending {
  readonly status: RunStatus;
  readonly reason: RunReason | null;
  readonly finishedAt: Date;
}

/** What a run's end does to the next one. */
export interface Wait {
  /** Failed runs in a row, this one included. */
  readonly failures: number;
  /** When the next run may start; null: at once. */
  readonly until: Date | null;
}

/**
 * How long the agent waits after this run. Failures in a row cost more and more; our own faults cost nothing and don't count, and
 * an endpoint that was never reached, or an agent that was changed while it was tested, waits a short while and doesn't count
 * either. Of an undecided run nothing would be learned sooner than after one step.
 *
 * @param before failed runs in a row before this one
 */
export function waitAfter({ status, reason, finishedAt }: Ending, before: number, { stepsS, shortS }: Cooldowns): Wait {
  const later = (seconds: number) => (seconds > 0 ? new Date(finishedAt.getTime() + seconds * 1_000) : null);
  const step = (nth: number) => stepsS[Math.min(nth, stepsS.length) - 1] ?? 0;
  switch (status) {
    case 'running':
      return { failures: before, until: null };
    case 'passed':
      return { failures: 0, until: null };
    case 'undecided':
      return { failures: 0, until: later(step(1)) };
    case 'failed':
      if (reason === 'our_fault') return { failures: before, until: null };
      if (reason === 'unreachable' || reason === 'agent_changed') return { failures: before, until: later(shortS) };
      return { failures: before + 1, until: later(step(before + 1)) };
  }
}

/** Why the next run has to wait, in words; null where it has not. */
export function whyWait({ status, reason }: Omit<Ending, 'finishedAt'>, { failures, until }: Wait): string | null {
  if (!until) return null;
  if (reason === 'unreachable') return 'no call of the last run reached the agent';
  if (reason === 'agent_changed') return 'the agent was changed while it was tested';
  if (status === 'undecided') return 'too little of the last run could be decided without a model';
  return failures === 1 ? 'the last run failed' : `${failures} runs in a row failed`;
}
