import { Injectable } from '@nestjs/common';
import type { Owner } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import type { Settled } from '../dispatch/outcome.js';
import { In } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { bidOutcome } from './bid-outcome.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { type Kept, Work } from './work.service.js';

const FAILURES: ReadonlySet<string> = new Set(['late', 'failed', 'invalid']);

/** Takes in the bids of a round and closes it: when all have answered, or at its deadline. */
@Injectable()
export class Bidding implements Owner<Kept | null> {
  constructor(
    private readonly db: Db,
    private readonly dispatch: Dispatch,
    private readonly transitions: Transitions,
    private readonly work: Work,
    private readonly triage: Triage,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Handles a `prototype` job: the next attempt of a bidder's call. */
  async call(callId: string): Promise<void> {
    await this.dispatch.attempt(callId, this);
  }

  /** A bid whose round is over, or whose task was cancelled, waits for nothing. */
  async wanted(callId: string): Promise<boolean> {
    const [open] = await this.db.query(`SELECT 1 FROM bids WHERE call_id = $1 AND status = 'called'`, [callId]);
    return open !== undefined;
  }

  async prepare(settled: Settled): Promise<Kept | null> {
    return settled.kind === 'answered' ? this.work.keep(settled.answer.artifacts) : null;
  }

  /** Writes the bid down, tells the buyer, and closes the round if it was the last. Bids of one round do so one after the other. */
  async commit(tx: Tx, callId: string, settled: Settled, kept: Kept | null): Promise<void> {
    const found = await tx.findOneByOrFail(Bid, { callId });
    const task = await this.transitions.lock(tx, found.taskId);
    const bid = await tx.findOneByOrFail(Bid, { callId });
    const isOpen = task?.status === 'prototyping' && bid.status === 'called';
    if (!isOpen) return;
    const now = this.clock.now();
    const outcome = bidOutcome(settled, kept, { budget: task.budget, minPrice: bid.minPrice });
    Object.assign(bid, outcome, { receivedAt: now, tookMs: now.getTime() - bid.calledAt.getTime() });
    if (settled.kind === 'answered') {
      bid.summary = settled.answer.summary ?? null;
      bid.message = settled.answer.message ?? null;
      bid.usage = settled.answer.usage ?? null;
    }
    await tx.save(Bid, bid);
    if (kept?.ok && outcome.status === 'received') await this.work.record(tx, { bidId: bid.id }, kept.artifacts);
    await this.tellBuyer(tx, task, bid);
    await this.noteFailures(tx, task, [bid]);
    if ((await this.stillOut(tx, task)) === 0) await this.closeRound(tx, task);
  }

  /** The window is over: who has not answered is late, unless it was us who never called. Called for a task that is locked. */
  async closeAtDeadline(tx: Tx, task: Task): Promise<void> {
    const late = await rows<{ call_id: string }>(
      tx,
      `UPDATE bids b SET received_at = $3, reason = 'no answer before the deadline', status = CASE WHEN EXISTS (
           SELECT FROM call_attempts t WHERE t.call_id = b.call_id AND t.outcome IS DISTINCT FROM 'unknown') THEN 'late' ELSE 'not_called' END
       WHERE task_id = $1 AND round = $2 AND status = 'called' RETURNING call_id`,
      [task.id, task.round, this.clock.now()],
    );
    const bids = await tx.findBy(Bid, { callId: In(late.map(({ call_id: callId }) => callId)) });
    for (const bid of bids) await this.tellBuyer(tx, task, bid);
    await this.noteFailures(tx, task, bids);
    await this.closeRound(tx, task);
  }

  private async closeRound(tx: Tx, task: Task): Promise<void> {
    await rows(tx, 'UPDATE rounds SET closed_at = $3 WHERE task_id = $1 AND number = $2', [task.id, task.round, this.clock.now()]);
    await this.transitions.move(tx, task, 'close');
  }

  private async stillOut(tx: Tx, { id, round }: Task): Promise<number> {
    const [row] = await rows<{ out: number }>(
      tx,
      `SELECT count(*)::int AS out FROM bids WHERE task_id = $1 AND round = $2 AND status = 'called'`,
      [id, round],
    );
    return row?.out ?? 0;
  }

  /** Agent, time and status: no artifact is shown before the gallery opens. */
  private async tellBuyer(tx: Tx, task: Task, bid: Bid): Promise<void> {
    await this.events.append(tx, {
      type: `bid.${bid.status}`,
      accountId: task.buyerId,
      taskId: task.id,
      data: {
        task_id: task.id,
        bid_id: bid.id,
        agent_id: bid.agentId,
        agent_name: bid.agentName,
        status: bid.status,
        round: bid.round,
        took_ms: bid.tookMs,
      },
    });
  }

  /** Only what an agent did is on its record: never what our side did not do. */
  private async noteFailures(tx: Tx, { category, taskType }: Task, bids: readonly Bid[]): Promise<void> {
    const failed = bids.filter(({ status }) => FAILURES.has(status));
    if (failed.length === 0) return;
    const changes = failed.map(({ agentId, status }) => {
      const happened = status === 'late' ? ('late' as const) : ('failed' as const);
      return { agentId, category, taskType, happened };
    });
    await this.triage.record(tx, changes);
  }
}
