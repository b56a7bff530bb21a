import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Counter } from 'prom-client';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Metrics } from '../platform/metrics.js';
import { Storage } from '../platform/storage/storage.js';
import { Attempts } from './attempts.js';
import type { NewCall, Owner, StoredRequest } from './call.js';
import { Caller } from './caller.js';
import { Calls } from './calls.service.js';
import type { SharedRequest } from './execute-request.js';
import { traceHead } from './trace-head.js';

/**
 * One honest call: signed, inside its window, never more at a time than the agent allows, repeated only where the contract
 * allows it. It knows nothing of tasks: whoever opens calls has its own job make the attempts, and uses the outcome.
 */
@Injectable()
export class Dispatch {
  private readonly notCalled: Counter;
  private readonly limit: LimitFunction;
  /** Calls whose attempt this process makes right now. */
  private readonly making = new Set<string>();

  constructor(
    private readonly db: Db,
    private readonly calls: Calls,
    private readonly caller: Caller,
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

  /** Opens calls and sends their jobs, in the caller's transaction. */
  async open(tx: Tx, ...calls: readonly NewCall[]): Promise<void> {
    await this.calls.open(tx, calls);
  }

  async exists(tx: Tx, callId: string): Promise<boolean> {
    return this.calls.exists(tx, callId);
  }

  /**
   * How an owner's jobs make the next attempt of a call, if one is due; its end is handed to the owner in the transaction that commits
   * it. Running it again is harmless: an attempt under way is left alone, a settled call is over.
   */
  attemptsFor<A, P>(owner: Owner<A, P>): (callId: string) => Promise<void> {
    const attempts = new Attempts(this.db, this.calls, this.caller, owner);
    return (callId) =>
      // The permit comes before the attempt: what waits here has not begun, so no deadline of an agent's runs against it.
      this.limit(async () => {
        if (this.making.has(callId)) return;
        this.making.add(callId);
        try {
          if ((await attempts.next(callId)) === 'not_made') this.notCalled.inc();
        } finally {
          this.making.delete(callId);
        }
      });
  }
}
