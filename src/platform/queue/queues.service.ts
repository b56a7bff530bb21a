import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Db } from '../database/db.js';
import { Chores, HOUSEKEEPING_QUEUE } from '../schedule/chores.js';
import {
  type FailureRow,
  lastFailures,
  lastTicks,
  liveProcesses,
  queueCounts,
  type TickRow,
} from './queues.queries.js';
import type { QueuesView, QueueView, TickView } from './queues.schema.js';

/** What the queues hold and when the chores last ran, for whoever runs the server. */
@Injectable()
export class Queues {
  constructor(
    private readonly db: Db,
    private readonly chores: Chores,
    private readonly clock: Clock,
  ) {}

  async now(): Promise<QueuesView> {
    const [counts, failures, ticks, processes] = await Promise.all([
      queueCounts(this.db),
      lastFailures(this.db),
      lastTicks(this.db, HOUSEKEEPING_QUEUE),
      liveProcesses(this.db),
    ]);
    const failed = new Map(failures.map((failure) => [failure.queue, failure]));
    const ticked = new Map(ticks.map((tick) => [tick.chore, tick]));
    const now = this.clock.now();
    return {
      queues: counts.map((row): QueueView => ({ ...row, last_failure: failureView(failed.get(row.name)) })),
      ticks: this.chores.list().map((chore) => tickView(chore, ticked.get(chore.name), now)),
      processes: processes.map(({ started_at, ...rest }) => ({ ...rest, started_at: started_at.toISOString() })),
    };
  }
}

function failureView(failure: FailureRow | undefined): QueueView['last_failure'] {
  return failure ? { at: failure.at.toISOString(), reason: failure.reason, attempts: failure.attempts } : null;
}

const PERIODS_LATE = 3;
/** A second more or less, and a worker that has just started, are no delay. */
const SPARE_MS = 10_000;

function tickView({ name, everyS }: { name: string; everyS: number }, last: TickRow | undefined, now: Date): TickView {
  const late = last !== undefined && now.getTime() - last.at.getTime() > everyS * 1_000 * PERIODS_LATE + SPARE_MS;
  return { name, every_s: everyS, last_at: last?.at.toISOString() ?? null, took_ms: last?.took_ms ?? null, late };
}
