import { Injectable } from '@nestjs/common';
import { Ledger } from '../payouts/ledger.service.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { rows, type Tx, together } from '../platform/database/db.js';
import { lockById } from '../platform/database/entities.js';
import { Events, type NewEvent } from '../platform/events/events.js';
import { Worker } from '../platform/queue/worker.js';
import { Bid } from './bid.entity.js';
import { isOver, type Party, silence, stepFor, type TaskEvent } from './lifecycle.js';
import { notSelectedNews } from './operator-news.js';
import { Task } from './task.entity.js';

/** A moment more than a winner has, so that work that came in time can be committed. */
const SPARE_MS: Readonly<Partial<Record<string, number>>> = { DELIVERY_WINDOW_S: 5_000 };

export interface Move {
  readonly by?: Party;
  /** Shown on the task: why it ended, or why a delivery stands. */
  readonly reason?: string;
  /** When the clock takes over, where the status' own setting does not say it. */
  readonly closesAt?: Date;
  /** What else the buyer's event carries. */
  readonly data?: Record<string, unknown>;
  /** News that the move brings for others. */
  readonly news?: readonly NewEvent[];
}

/** Carries out the steps of the lifecycle table: status, money, event and job in the caller's one transaction. */
@Injectable()
export class Transitions {
  constructor(
    private readonly ledger: Ledger,
    private readonly events: Events,
    private readonly worker: Worker,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The task, locked until the transaction ends: whoever moves it looks at it first through this. */
  async lock(tx: Tx, taskId: string): Promise<Task | null> {
    return lockById(tx, Task, taskId);
  }

  /**
   * Sends an event to a locked task.
   *
   * @throws WrongStatus the table does not let this party send it now
   */
  async move(
    tx: Tx,
    task: Task,
    event: TaskEvent,
    { by = 'system', reason, closesAt, data = {}, news = [] }: Move = {},
  ): Promise<Task> {
    const step = stepFor(task.status, event, by);
    const from = task.status;
    const now = this.clock.now();
    if (step.money === 'refund') await this.ledger.refund(tx, task.id, task.buyerId);
    if (step.money === 'settle') await this.settle(tx, task);
    if (from === 'review' && (step.to === 'cancelled' || step.to === 'expired'))
      await this.tellPassedOver(tx, task, step.to);
    task.status = step.to;
    task.statusSince = now;
    task.reason = reason ?? null;
    task.endedFrom = isOver(step.to) ? from : null;
    this.windClock(task, now, closesAt);
    await together(
      this.write(tx, task),
      this.events.append(
        tx,
        {
          type: `task.${step.to}`,
          accountId: task.buyerId,
          taskId: task.id,
          data: { task_id: task.id, status: step.to, round: task.round, ...(reason ? { reason } : {}), ...data },
        },
        ...news,
      ),
      step.enqueue ? this.worker.sendHere(tx, step.enqueue, { taskId: task.id }) : null,
    );
    return task;
  }

  /** Only what a move changes. */
  private async write(tx: Tx, task: Task): Promise<void> {
    const { id, status, statusSince, reason, endedFrom, closesAt, remindAt, selectedBidId, revisionsUsed } = task;
    await rows(
      tx,
      `UPDATE tasks SET status = $2, status_since = $3, reason = $4, ended_from = $5, closes_at = $6, remind_at = $7,
         selected_bid_id = $8, revisions_used = $9 WHERE id = $1`,
      [id, status, statusSince, reason, endedFrom, closesAt, remindAt, selectedBidId, revisionsUsed],
    );
  }

  /** Sets when the clock moves a task on from where it is, and when its buyer is reminded. */
  windClock(task: Task, now: Date, closesAt?: Date): void {
    const clock = silence(task.status);
    task.closesAt =
      clock &&
      (closesAt ?? new Date(now.getTime() + this.config[clock.within] * 1_000 + (SPARE_MS[clock.within] ?? 0)));
    task.remindAt = clock?.reminders ? this.nextReminder(task, now) : null;
  }

  /** The next of the reminders of the window that the task is in, strictly after `now`. */
  nextReminder({ statusSince, closesAt }: Task, now: Date): Date | null {
    if (!closesAt) return null;
    const windowMs = closesAt.getTime() - statusSince.getTime();
    const times = this.config.noticeShares.map((share) => new Date(statusSince.getTime() + windowMs * share));
    return times.find((at) => at > now) ?? null;
  }

  private async settle(tx: Tx, task: Task): Promise<void> {
    const bid = await tx.findOneByOrFail(Bid, { taskId: task.id, selected: true });
    if (bid.price === null) throw new Error(`The selected bid ${bid.id} has no price.`);
    const { id: taskId, buyerId, feeBps } = task;
    await this.ledger.settle(tx, { taskId, buyerId, operatorId: bid.operatorId, price: bid.price, feeBps });
    const told = { task_id: taskId, bid_id: bid.id, agent_id: bid.agentId, price: bid.price };
    await this.events.append(
      tx,
      { type: 'bid.settled', accountId: bid.operatorId, taskId, data: { ...told, fee_bps: feeBps } },
      { type: 'task.settled', accountId: buyerId, taskId, data: { ...told, returned: task.budget - bid.price } },
    );
  }

  /** The gallery closed without a pick: the operators of what was shown hear so. */
  private async tellPassedOver(tx: Tx, { id: taskId, round }: Task, ended: 'cancelled' | 'expired'): Promise<void> {
    const presented = await tx.findBy(Bid, { taskId, round, presented: true });
    await this.events.append(tx, ...presented.map((bid) => notSelectedNews(bid, ended)));
  }
}
