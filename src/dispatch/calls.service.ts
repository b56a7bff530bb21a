import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db, rows, type Tx, together } from '../platform/database/db.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Presence } from '../platform/queue/presence.js';
import { Worker } from '../platform/queue/worker.js';
import { Chores } from '../platform/schedule/chores.js';
import { type Slots, type Verdict, verdicts, verdictsOnNew } from './beginning.js';
import type { Attempt, NewCall } from './call.js';
import { acknowledge, releaseAcknowledged, type Seen } from './callbacks.queries.js';
import * as calls from './calls.queries.js';
import type { Exchanged } from './outcome.js';
import { isRetryable, nextAttemptAt } from './retry.js';
import * as slots from './slots.queries.js';

/** A worker that lost its life gives its slots back through its lock; this is for one that only lost its way. */
const LEASE_SPARE_MS = 30_000;
const DAY_MS = 86_400_000;

export type Beginning =
  | { readonly kind: 'go'; readonly attempt: Attempt }
  /** It was acknowledged before: the answer that came by callback is to be taken in, or is missing for good. */
  | { readonly kind: 'take' | 'overdue'; readonly attempt: Attempt }
  /** Nothing to do now: settled, made elsewhere, or waiting for a slot that will send the job again. */
  | { readonly kind: 'skip' }
  /** Our side was too late to start it. */
  | { readonly kind: 'over'; readonly problem: string };

/** An attempt that was made, and what came of it. */
export interface Made {
  readonly attempt: Attempt;
  readonly exchanged: Exchanged;
}

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

  /** What calls that are opened in this transaction may take at once: nothing where this process has no room to make them. */
  async freeSlots(tx: Tx, queue: string, agentIds: readonly string[]): Promise<Slots> {
    if (!this.worker.hasRoom(queue, agentIds.length)) return [];
    return slots.freeSlots(tx, agentIds, this.clock.now());
  }

  /**
   * Opens calls and sends their jobs. A second one with the same id fails on the primary key. Those for which there is a slot begin at
   * once, with their attempts' rows and in this process: `onGo` hears of them while they are on the way to the database.
   */
  async open(
    tx: Tx,
    opened: readonly NewCall[],
    free: Slots,
    onGo: (attempts: readonly Attempt[]) => void,
  ): Promise<void> {
    const now = this.clock.now();
    const found = verdictsOnNew(opened, free, { now, lateStartMs: this.lateStartMs, graceMs: this.graceMs });
    const byQueue = Map.groupBy(opened, ({ queue }) => queue);
    const isGoing = new Set(found.flatMap((verdict) => (verdict.kind === 'go' ? [verdict.call.call_id] : [])));
    await together(
      calls.insertCalls(tx, opened),
      this.start(tx, found, now, onGo),
      ...[...byQueue].map(([queue, ones]) => this.sendJobs(tx, queue, ones, isGoing)),
    );
  }

  private async sendJobs(
    tx: Tx,
    queue: string,
    opened: readonly NewCall[],
    isGoing: ReadonlySet<string>,
  ): Promise<void> {
    const jobs = opened.map(({ id }) => ({ callId: id }));
    const own = jobs.filter(({ callId }) => isGoing.has(callId));
    const others = jobs.filter(({ callId }) => !isGoing.has(callId));
    await together(
      own.length > 0 ? this.worker.sendOwn(tx, queue, own) : null,
      others.length > 0 ? this.jobs.sendAll(tx, queue, others) : null,
    );
  }

  async exists(tx: Tx, callId: string): Promise<boolean> {
    return (await rows(tx, 'SELECT 1 FROM calls WHERE id = $1', [callId])).length > 0;
  }

  /**
   * Locks the agents' slots and takes one for each call, with the attempt's row; or says why there is nothing to send. A call that is
   * not wanted any more is dropped. `onGo` hears of the attempts while their rows are on the way to the database.
   *
   * @returns a beginning for each call, in their order
   */
  async begin(
    tx: Tx,
    callIds: readonly string[],
    wantedOf: (tx: Tx, callIds: readonly string[]) => Promise<ReadonlySet<string>>,
    onGo: (attempts: readonly Attempt[]) => void,
  ): Promise<Beginning[]> {
    const now = this.clock.now();
    const looked = [slots.lockSlotsOf(tx, callIds), wantedOf(tx, callIds), calls.callStates(tx, callIds, now)] as const;
    const [, wanted, open] = await together(...looked);
    const lost = open.filter((call) => call.under_way_by === this.presence.id);
    if (lost.length > 0) {
      // Attempts of this very process that it no longer makes: their end could not be written, so what came of them is not known.
      for (const call of lost) await calls.loseAttempt(tx, call.call_id, call.attempts, now);
      return this.begin(tx, callIds, wantedOf, onGo);
    }
    const { lateStartMs, graceMs } = this;
    const found = verdicts(callIds, open, { wanted, now, lateStartMs, graceMs });
    await this.start(tx, found, now, onGo);
    const waiting = callIds.filter((_, i) => found[i]?.kind === 'wait');
    if (waiting.length > 0) await calls.waitForSlot(tx, waiting, now);
    for (const verdict of found) if (verdict.kind === 'drop') await this.drop(tx, verdict.call);
    return found.map(beginning);
  }

  private async start(
    tx: Tx,
    found: readonly Verdict[],
    now: Date,
    onGo: (attempts: readonly Attempt[]) => void,
  ): Promise<void> {
    const going = found.flatMap((verdict) => (verdict.kind === 'go' ? [verdict.call] : []));
    if (going.length === 0) return;
    onGo(going.map(calls.nextAttempt));
    const started = going.map((call) => ({ attempt: calls.nextAttempt(call), leaseUntil: this.leaseUntil(call) }));
    await calls.insertAttempts(tx, started, this.presence.id, now);
  }

  /** The agent has the call from here on; its slot stays taken, and a job looks when the deadline is over. */
  async acknowledge(tx: Tx, attempt: Attempt, seen: Seen): Promise<void> {
    if (!(await acknowledge(tx, attempt, seen, this.clock.now()))) return;
    const startAfter = new Date(attempt.deadlineAt.getTime() + this.graceMs);
    await this.jobs.send(tx, attempt.queue, { callId: attempt.callId }, { startAfter });
  }

  /** Ends an open call that nobody wants any more, and passes its slot on. */
  async release(tx: Tx, callId: string): Promise<void> {
    const [, [call]] = await together(
      slots.lockSlotsOf(tx, [callId]),
      calls.callStates(tx, [callId], this.clock.now()),
    );
    if (call) await this.drop(tx, call);
  }

  /**
   * Writes down what came of attempts, frees their slots and passes them on.
   *
   * @returns the calls that this settled: the first outcome committed counts. Others were settled before, or are tried again.
   */
  async finish(tx: Tx, made: readonly Made[]): Promise<ReadonlySet<string>> {
    const now = this.clock.now();
    const locked = slots.lockSlots(
      tx,
      made.map(({ attempt }) => attempt.agentId),
    );
    const retries = await this.retries(tx, locked, made, now);
    const finished = made.map((one) => ({ ...one, retryAt: retries.get(one.attempt.callId) ?? null }));
    const [, { settled, next }] = await together(locked, calls.finishAttempts(tx, finished, now));
    for (const { id, queue } of next) await this.jobs.send(tx, queue, { callId: id });
    for (const { attempt, retryAt } of finished) {
      if (retryAt) await this.jobs.send(tx, attempt.queue, { callId: attempt.callId }, { startAfter: retryAt });
    }
    return settled;
  }

  /** Ends an attempt that a fault of ours cut off, and passes its slot on; a later one decides the call. */
  async abandon(tx: Tx, { callId, attempt, agentId }: Attempt): Promise<void> {
    await slots.lockSlots(tx, [agentId]);
    await calls.loseAttempt(tx, callId, attempt, this.clock.now());
    await this.passSlotOn(tx, agentId);
  }

  /** Settles a call that our side started too late to be fair. @returns whether this settled it */
  async settleUnmade(tx: Tx, callId: string, problem: string): Promise<boolean> {
    const now = this.clock.now();
    const [, [call]] = await together(slots.lockSlotsOf(tx, [callId]), calls.callStates(tx, [callId], now));
    if (!call) return false;
    const settled = await calls.settleCall(tx, callId, 'not_called', problem, now);
    await this.passSlotOn(tx, call.agent_id);
    return settled;
  }

  /** Ends a call that nobody wants any more before it is made or answered, and passes on the slot that it was offered, or had. */
  private async drop(tx: Tx, call: calls.CallState): Promise<void> {
    const now = this.clock.now();
    await calls.settleCall(tx, call.call_id, 'dropped', null, now);
    if (call.under_way_by === calls.WITH_AGENT) await releaseAcknowledged(tx, call.call_id, now);
    await this.passSlotOn(tx, call.agent_id);
  }

  private get lateStartMs(): number {
    return this.config.CALL_LATE_START_S * 1_000;
  }

  private get graceMs(): number {
    return this.config.CALL_LATE_GRACE_S * 1_000;
  }

  private leaseUntil({ deadline_at: deadlineAt }: calls.CallState): Date {
    return new Date(deadlineAt.getTime() + this.graceMs + LEASE_SPARE_MS);
  }

  /** When those that failed in a way that allows it are tried again, by call. */
  private async retries(
    tx: Tx,
    locked: Promise<void>,
    made: readonly Made[],
    now: Date,
  ): Promise<ReadonlyMap<string, Date>> {
    const failed = made.filter(({ exchanged }) => isRetryable(exchanged.outcome));
    if (failed.length === 0) return new Map();
    const ids = failed.map(({ attempt }) => attempt.callId);
    const [, tries] = await together(locked, calls.countTries(tx, ids));
    const { CALL_MAX_ATTEMPTS: maxAttempts } = this.config;
    return new Map(
      failed.flatMap(({ attempt: { callId, deadlineAt }, exchanged: { outcome } }) => {
        const attempts = (tries.get(callId) ?? 0) + 1;
        const at = nextAttemptAt({ outcome, attempts, maxAttempts, now, deadlineAt });
        return at ? [[callId, at] as const] : [];
      }),
    );
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

function beginning(verdict: Verdict): Beginning {
  switch (verdict.kind) {
    case 'go':
      return { kind: 'go', attempt: calls.nextAttempt(verdict.call) };
    case 'take':
    case 'overdue':
      return { kind: verdict.kind, attempt: calls.lastAttempt(verdict.call) };
    case 'over':
      return verdict;
    default:
      return { kind: 'skip' };
  }
}
