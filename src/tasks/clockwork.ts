import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { uuidFrom } from '../platform/crypto/tokens.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Bidding } from './bidding.service.js';
import { lockOpenBids } from './bids.queries.js';
import { Decisions } from './decisions.service.js';
import { Deliveries } from './deliveries.service.js';
import { silence } from './lifecycle.js';
import type { Task } from './task.entity.js';
import { Transitions } from './transitions.js';

const BATCH = 200;
/** A task whose next job should long have run. */
const STALLED_MS = 30_000;

/** Moves tasks on when everybody is silent, reminds buyers beforehand, and finds work that got stuck. */
@Injectable()
export class Clockwork {
  private readonly log = new Logger('clockwork');

  constructor(
    private readonly db: Db,
    private readonly transitions: Transitions,
    private readonly bidding: Bidding,
    private readonly deliveries: Deliveries,
    private readonly decisions: Decisions,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Everything whose time is over, each task in a transaction of its own. Another process may do the same: the lock decides. */
  async moveOverdue(now: Date): Promise<void> {
    for (const id of await this.ids('closes_at <= $1', now)) {
      const moved = this.db.transaction(async (tx) => {
        await lockOpenBids(tx, id);
        const task = await this.transitions.lock(tx, id);
        if (task?.closesAt && task.closesAt <= this.clock.now()) await this.silence(tx, task);
      });
      // One that fails keeps nobody else waiting; it is due again with the next tick.
      await moved.catch((err) => this.log.error({ err, task_id: id }, 'a task could not be moved on'));
    }
  }

  /** Tells buyers that a window is closing. */
  async remind(now: Date): Promise<void> {
    for (const id of await this.ids('remind_at <= $1', now)) {
      await this.db.transaction(async (tx) => {
        const task = await this.transitions.lock(tx, id);
        if (!task?.remindAt || task.remindAt > now) return;
        task.remindAt = this.transitions.nextReminder(task, now);
        await tx.save(task);
        const data = {
          task_id: id,
          status: task.status,
          closes_at: task.closesAt?.toISOString(),
          then: silence(task.status)?.then,
        };
        await this.events.append(tx, { type: 'task.reminder', accountId: task.buyerId, taskId: id, data });
      });
    }
  }

  /** Sends the job of a task again that should have moved on: its queue was lost, or its job gave up. The handlers look first. */
  async pushStalled(now: Date): Promise<void> {
    const stalled = await this.db.query<{ id: string; status: string; since: Date }>(
      `SELECT id, status, status_since AS since FROM tasks t
       WHERE status IN ('open', 'matching', 'judging', 'in_progress', 'revision') AND status_since < $1 AND NOT EXISTS (
         SELECT FROM deliveries d JOIN calls c ON c.id = d.call_id WHERE d.task_id = t.id AND d.status = 'pending')
       ORDER BY status_since LIMIT ${BATCH}`,
      [new Date(now.getTime() - STALLED_MS)],
    );
    const minute = Math.floor(now.getTime() / 60_000);
    for (const { id, status, since } of stalled) {
      const queue = QUEUE_OF[status] ?? 'triage';
      const job = uuidFrom('stalled', id, status, since.getTime(), minute);
      await this.db.transaction((tx) => this.jobs.send(tx, queue, { taskId: id }, { id: job }));
    }
  }

  private async silence(tx: Tx, task: Task): Promise<void> {
    const event = silence(task.status)?.then;
    switch (event) {
      case 'close':
        return this.bidding.closeAtDeadline(tx, task);
      case 'fail':
      case 'stand':
        return this.deliveries.giveUp(tx, task);
      case 'accept_silently':
        return this.decisions.acceptSilently(tx, task);
      case 'expire':
        await this.transitions.move(tx, task, 'expire', { reason: EXPIRED_BECAUSE[task.status] ?? 'too_late' });
    }
  }

  private async ids(where: string, now: Date): Promise<string[]> {
    const due = await this.db.query<{ id: string }>(`SELECT id FROM tasks WHERE ${where} ORDER BY id LIMIT ${BATCH}`, [
      now,
    ]);
    return due.map(({ id }) => id);
  }
}

const QUEUE_OF: Readonly<Record<string, string>> = { judging: 'judge', in_progress: 'deliver', revision: 'deliver' };

const EXPIRED_BECAUSE: Partial<Record<Task['status'], string>> = {
  open: 'not_matched_in_time',
  matching: 'not_matched_in_time',
  judging: 'not_judged_in_time',
  review: 'nothing_picked_in_time',
};
