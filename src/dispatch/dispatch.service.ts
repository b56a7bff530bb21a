import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Counter } from 'prom-client';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Metrics } from '../platform/metrics.js';
import { Storage } from '../platform/storage/storage.js';
import { Attempts } from './attempts.js';
import type { Slots } from './beginning.js';
import type { NewCall, Owner, StoredRequest } from './call.js';
import { Caller } from './caller.js';
import { Calls } from './calls.service.js';
import type { SharedRequest } from './execute-request.js';
import { LaterAnswers } from './later-answers.js';
import { Owners } from './owners.js';
import { traceHead } from './trace-head.js';

/**
 * One honest call: signed, inside its window, never more at a time than the agent allows, repeated only where the contract
 * allows it. It knows nothing of tasks: whoever opens calls has its own job make the attempts, and uses the outcome.
 */
@Injectable()
export class Dispatch {
  private readonly notCalled: Counter;
  private readonly limit: LimitFunction;
  private readonly byQueue = new Map<string, Pick<Attempts<unknown, unknown>, 'beginWith'>>();
  /** Calls whose attempt this process makes right now, and whether a job came for them meanwhile. */
  private readonly making = new Map<string, { again: boolean }>();

  constructor(
    private readonly db: Db,
    private readonly calls: Calls,
    private readonly caller: Caller,
    private readonly later: LaterAnswers,
    private readonly owners: Owners,
    private readonly storage: Storage,
    config: Config,
    metrics: Metrics,
  ) {
    this.limit = pLimit(config.CALLS_PER_PROCESS);
    this.notCalled = metrics.counter({
      name: 'bakeoff_calls_not_made_total',
      help: 'Calls that our side started too late',
    });
  }

  /** Stores what calls are to send; do so before the transaction that opens them. */
  async store(request: SharedRequest): Promise<StoredRequest> {
    const body = Buffer.from(JSON.stringify(request));
    const { hash, size } = await this.storage.put(body);
    return { hash, size, head: traceHead(body) };
  }

  /**
   * Slots of these agents that calls may take as they are opened, locked until the transaction ends. It saves a round a transaction and its
   * jobs a fetch; agents that somebody else looks at now, and calls that would have to wait for a permit, are left to their jobs.
   */
  async freeSlots(tx: Tx, queue: string, agentIds: readonly string[]): Promise<Slots> {
    const { activeCount, pendingCount, concurrency } = this.limit;
    if (activeCount + pendingCount + agentIds.length > concurrency) return [];
    return this.calls.freeSlots(tx, queue, agentIds);
  }

  /** Opens calls and sends their jobs, in the caller's transaction. Those with a slot begin with it. */
  async open(tx: Tx, calls: readonly NewCall[], slots: Slots = []): Promise<void> {
    await this.calls.open(tx, calls, slots, (begun) => {
      for (const [queue, attempts] of Map.groupBy(begun, (attempt) => attempt.queue))
        this.byQueue.get(queue)?.beginWith(tx, attempts);
    });
  }

  async exists(tx: Tx, callId: string): Promise<boolean> {
    return this.calls.exists(tx, callId);
  }

  /**
   * How an owner's jobs make the next attempt of a call, if one is due, or take in what came by callback; its end is handed to the
   * owner in the transaction that commits it. Running it again is harmless: an attempt under way is left alone, a settled call is over.
   */
  attemptsFor<A, P>(queue: string, owner: Owner<A, P>): (callId: string) => Promise<void> {
    this.owners.add(queue, owner);
    const attempts = new Attempts(this.db, this.calls, this.caller, this.later, owner);
    this.byQueue.set(queue, attempts);
    // The permit comes before the attempt: what waits here has not begun, so no deadline of an agent's runs against it.
    return (callId) => this.limit(() => this.alone(callId, () => attempts.next(callId)));
  }

  /** One at a time for a call: a job that comes meanwhile may bring a callback, so it is looked at once more after this. */
  private async alone(callId: string, next: () => Promise<'not_made' | 'done'>): Promise<void> {
    const busy = this.making.get(callId);
    if (busy) {
      busy.again = true;
      return;
    }
    const mine = { again: false };
    this.making.set(callId, mine);
    try {
      do {
        mine.again = false;
        if ((await next()) === 'not_made') this.notCalled.inc();
      } while (mine.again);
    } finally {
      this.making.delete(callId);
    }
  }
}
