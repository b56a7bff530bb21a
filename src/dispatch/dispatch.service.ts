import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Counter } from 'prom-client';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Metrics } from '../platform/metrics.js';
import { Storage } from '../platform/storage/storage.js';
import type { Attempt, NewCall, Owner, StoredRequest } from './call.js';
import { Caller, type Packed } from './caller.js';
import { Calls } from './calls.service.js';
import type { SharedRequest } from './execute-request.js';
import { traceHead } from './trace-head.js';

/**
 * One honest call: signed, inside its window, never more at a time than the agent allows, repeated only where the contract
 * allows it. It knows nothing of tasks: whoever opens a call runs `attempt` in its own job and uses the outcome.
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
   * Makes the next attempt of a call, if one is due, and hands the call's end to its owner in the transaction that commits it.
   * Running it again is harmless: an attempt under way is left alone, a settled call is over.
   */
  async attempt<A, P>(callId: string, owner: Owner<A, P>): Promise<void> {
    // The permit comes before the attempt: what waits here has not begun, so no deadline of an agent's runs against it.
    await this.limit(async () => {
      if (this.making.has(callId)) return;
      this.making.add(callId);
      try {
        await this.next(callId, owner);
      } finally {
        this.making.delete(callId);
      }
    });
  }

  private async next<A, P>(callId: string, owner: Owner<A, P>): Promise<void> {
    const isWanted = (tx: Tx) => owner.wanted(tx, callId);
    let packing: Promise<Packed> | null = null;
    const beginning = await this.db.transaction((tx) =>
      this.calls.begin(tx, callId, isWanted, (attempt) => {
        packing = handled(this.caller.pack(attempt));
      }),
    );
    if (beginning.kind === 'over') return this.neverMade(callId, beginning.problem, owner);
    if (beginning.kind === 'skip') return;
    try {
      await this.make(beginning.attempt, packing ?? this.caller.pack(beginning.attempt), owner);
    } catch (err) {
      // A fault of ours: the attempt is nobody's result, and the job that runs again makes another.
      await this.db.transaction((tx) => this.calls.abandon(tx, beginning.attempt));
      throw err;
    }
  }

  private async make<A, P>(attempt: Attempt, packed: Promise<Packed>, owner: Owner<A, P>): Promise<void> {
    const { callId } = attempt;
    const reading = handled(owner.about(callId));
    const came = await this.caller.send(attempt, await packed);
    const about = await reading;
    const [exchanged, prepared] = await Promise.all([this.caller.keep(came), owner.prepare(about, came.outcome)]);
    await this.db.transaction(async (tx) => {
      const settled = await this.calls.finish(tx, attempt, exchanged);
      if (settled) await owner.commit(tx, callId, settled, prepared);
    });
  }

  private async neverMade<A, P>(callId: string, problem: string, owner: Owner<A, P>): Promise<void> {
    const settled = { kind: 'not_called', problem } as const;
    const prepared = await owner.prepare(await owner.about(callId), settled);
    await this.db.transaction(async (tx) => {
      if (await this.calls.settleUnmade(tx, callId, problem)) await owner.commit(tx, callId, settled, prepared);
    });
    this.notCalled.inc();
  }
}

/** A promise that is waited for later: failing before that is no unhandled rejection. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
