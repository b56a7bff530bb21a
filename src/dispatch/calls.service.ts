import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db, rows, type Tx, together } from '../platform/database/db.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Presence } from '../platform/queue/presence.js';
import { Worker } from '../platform/queue/worker.js';
import { Chores } from '../platform/schedule/chores.js';
import type { Attempt, NewCall } from './call.js';
import * as calls from './calls.queries.js';
import type { Exchanged, Outcome, Settled } from './outcome.js';
import { isRetryable, nextAttemptAt } from './retry.js';

/** A worker that lost its life gives its slots back through its lock; this is for one that only lost its way. */
const LEASE_SPARE_MS = 30_000;
const DAY_MS = 86_400_000;

export type Beginning =
  | { readonly kind: 'go'; readonly attempt: Attempt }
  /** Nothing to do now: settled, made elsewhere, or waiting for a slot that will send the job again. */
  | { readonly kind: 'skip' }
  /** Our side was too late to start it. */
  | { readonly kind: 'over'; readonly problem: string };

/**
 * The books of dispatch: which call is open, which attempt runs, who holds an agent's slots. An agent's limit holds over all
 * processes, because each attempt takes its slot under a lock on the agent's one row.
 */
@Injectable()
export class Calls implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly presence: Presence,
    private readonly worker: Worker,
    private readonly chores: Chores,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.worker.onTakeOver((tx, deadWorkerId) => this.takeOver(tx, deadWorkerId));
    this.chores.every(5, 'waiting-calls', () => this.wakeWaiting());
    this.chores.every(3_600, 'forget-traces', (now) => this.forgetTraces(now));
  }

  /** Opens calls and sends their jobs. A second one with the same id fails on the primary key. */
  async open(tx: Tx, opened: readonly NewCall[]): Promise<void> {
    await calls.insertCalls(tx, opened);
    for (const queue of new Set(opened.map((call) => call.queue))) {
      const jobs = opened.filter((call) => call.queue === queue).map(({ id }) => ({ callId: id }));
      await this.jobs.sendAll(tx, queue, jobs);
    }
  }

  async exists(tx: Tx, callId: string): Promise<boolean> {
    return (await rows(tx, 'SELECT 1 FROM calls WHERE id = $1', [callId])).length > 0;
  }

  /**
   * Locks the agent's slots and takes one, with the attempt's row; or says why there is nothing to send. A call that is not
   * wanted any more is dropped. `onGo` hears of the attempt while its row is on the way to the database.
   */
  async begin(
    tx: Tx,
    callId: string,
    isWanted: (tx: Tx) => Promise<boolean>,
    onGo: (attempt: Attempt) => void,
  ): Promise<Beginning> {
    const now = this.clock.now();
    const looked = [calls.lockSlotsOf(tx, callId), isWanted(tx), calls.callState(tx, callId, now)] as const;
    const [agentId, wanted, call] = await together(...looked);
    if (!agentId || !call || call.outcome !== null) return { kind: 'skip' };
    if (!wanted) return this.drop(tx, callId, agentId);
    if (call.under_way_by === this.presence.id) {
      // An attempt of this very process that it no longer makes: its end could not be written, so what came of it is not known.
      await calls.loseAttempt(tx, callId, call.attempts, now);
      return this.begin(tx, callId, isWanted, onGo);
    }
    if (call.under_way_by !== null) return { kind: 'skip' };
    const problem = this.tooLate(call, now);
    if (problem) return { kind: 'over', problem };
    if (call.running >= call.max_concurrency) {
      await calls.waitForSlot(tx, callId, now);
      return { kind: 'skip' };
    }
    const attempt = calls.nextAttempt(call);
    onGo(attempt);
    await calls.insertAttempt(tx, attempt, this.presence.id, now, this.leaseUntil(call));
    return { kind: 'go', attempt };
  }

  /**
   * Writes down what came of an attempt, frees its slot and passes it on.
   *
   * @returns the outcome if this settled the call: the first one committed counts. Null when it was settled before, or is tried again.
   */
  async finish(tx: Tx, attempt: Attempt, exchanged: Exchanged): Promise<Settled | null> {
    const now = this.clock.now();
    const { callId, agentId, queue } = attempt;
    const locked = calls.lockSlots(tx, agentId);
    const retryAt = isRetryable(exchanged.outcome)
      ? await this.retryAt(tx, locked, attempt, exchanged.outcome, now)
      : null;
    const [, { settled, next }] = await together(locked, calls.finishAttempt(tx, attempt, exchanged, now, retryAt));
    if (next) await this.jobs.send(tx, next.queue, { callId: next.id });
    if (retryAt) await this.jobs.send(tx, queue, { callId }, { startAfter: retryAt });
    return settled ? exchanged.outcome : null;
  }

  /** Ends an attempt that a fault of ours cut off, and passes its slot on; a later one decides the call. */
  async abandon(tx: Tx, { callId, attempt, agentId }: Attempt): Promise<void> {
    await calls.lockSlots(tx, agentId);
    await calls.loseAttempt(tx, callId, attempt, this.clock.now());
    await this.passSlotOn(tx, agentId);
  }

  /** Settles a call that our side started too late to be fair. @returns whether this settled it */
  async settleUnmade(tx: Tx, callId: string, problem: string): Promise<boolean> {
    const agentId = await calls.lockSlotsOf(tx, callId);
    if (!agentId) return false;
    const settled = await calls.settleCall(tx, callId, 'not_called', problem, this.clock.now());
    await this.passSlotOn(tx, agentId);
    return settled;
  }

  /** Ends a call that nobody wants any more before it is made, and passes on the slot that it was offered. */
  private async drop(tx: Tx, callId: string, agentId: string): Promise<Beginning> {
    await calls.settleCall(tx, callId, 'dropped', null, this.clock.now());
    await this.passSlotOn(tx, agentId);
    return { kind: 'skip' };
  }

  private leaseUntil({ deadline_at: deadlineAt }: calls.CallState): Date {
    return new Date(deadlineAt.getTime() + this.config.CALL_LATE_GRACE_S * 1_000 + LEASE_SPARE_MS);
  }

  /** Whether starting now would be unfair to the agent: its window is over, or our side slept. */
  private tooLate(
    { attempts, phase, due_at: dueAt, deadline_at: deadlineAt }: calls.CallState,
    now: Date,
  ): string | null {
    if (now >= deadlineAt) return 'its window closed before it could be called';
    const lateMs = now.getTime() - dueAt.getTime();
    // A winner has no rivals to be unequal to: its delivery is late at its deadline alone.
    const isLate = phase === 'prototype' && attempts === 0 && lateMs > this.config.CALL_LATE_START_S * 1_000;
    return isLate ? `our side was ${Math.round(lateMs / 1_000)} s late` : null;
  }

  private async retryAt(
    tx: Tx,
    locked: Promise<void>,
    { callId, deadlineAt }: Attempt,
    outcome: Outcome,
    now: Date,
  ): Promise<Date | null> {
    const [, tries] = await together(locked, calls.countTries(tx, callId));
    return nextAttemptAt({ outcome, attempts: tries + 1, maxAttempts: this.config.CALL_MAX_ATTEMPTS, now, deadlineAt });
  }

  private async passSlotOn(tx: Tx, agentId: string): Promise<void> {
    const next = await calls.nextWaiting(tx, agentId, this.clock.now());
    if (next) await this.jobs.send(tx, next.queue, { callId: next.id });
  }

  private async takeOver(tx: Tx, deadWorkerId: string): Promise<void> {
    const orphans = await calls.orphanAttempts(tx, deadWorkerId, this.clock.now());
    for (const { agent_id: agentId } of orphans) await this.passSlotOn(tx, agentId);
  }

  /** Traces have had their time; the bodies that only they named are swept with the next files. */
  private async forgetTraces(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.TRACE_DAYS * DAY_MS);
    await this.db.transaction((tx) => calls.deleteSettledBefore(tx, before));
  }

  private async wakeWaiting(): Promise<void> {
    await this.db.transaction(async (tx) => {
      for (const { agent_id: agentId } of await calls.idleWithWaiting(tx, this.clock.now()))
        await this.passSlotOn(tx, agentId);
    });
  }
}
