import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Owner } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import type { Settled } from '../dispatch/outcome.js';
import { Clock } from '../platform/clock.js';
import { Db, rows, type Tx, together } from '../platform/database/db.js';
import { Events, type NewEvent } from '../platform/events/events.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { bidOutcome } from './bid-outcome.js';
import { countDown, endOpenBids, releaseOpenBids, settleBid } from './bids.queries.js';
import { bidNews, releasedNews } from './operator-news.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { type Kept, Work } from './work.service.js';

export const QUICK_LOOK_QUEUE = 'quick-look';
const FAILURES: ReadonlySet<string> = new Set(['late', 'failed', 'invalid']);

interface About {
  readonly bid: Bid;
  readonly task: Task;
}

interface Prepared extends About {
  readonly kept: Kept | null;
}

/** Takes in the bids of a round and closes it: when all have answered, or at its deadline. */
@Injectable()
export class Bidding implements Owner<About, Prepared> {
  constructor(
    private readonly db: Db,
    private readonly dispatch: Dispatch,
    private readonly transitions: Transitions,
    private readonly work: Work,
    private readonly triage: Triage,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /** Handles a `prototype` job: the next attempt of a bidder's call. */
  async call(callId: string): Promise<void> {
    await this.dispatch.attempt(callId, this);
  }

  /** A bid whose round is over, or whose task was cancelled, waits for nothing. */
  async wanted(tx: Tx, callId: string): Promise<boolean> {
    const [open] = await rows(tx, `SELECT 1 FROM bids WHERE call_id = $1 AND status = 'called'`, [callId]);
    return open !== undefined;
  }

  /** The bid and its task: of both only what stays as it is until the bid is settled may be used. */
  async about(callId: string): Promise<About> {
    const manager = this.db.dataSource.manager;
    const bid = await manager.findOneByOrFail(Bid, { callId });
    return { bid, task: await manager.findOneByOrFail(Task, { id: bid.taskId }) };
  }

  /** Puts the bid's files into storage. */
  async prepare(about: About, settled: Settled): Promise<Prepared> {
    return { ...about, kept: settled.kind === 'answered' ? await this.work.keep(settled.answer.artifacts) : null };
  }

  /** Writes the bid down, tells the buyer, and closes the round if it was the last one out. */
  async commit(tx: Tx, _callId: string, settled: Settled, { bid, task, kept }: Prepared): Promise<void> {
    const now = this.clock.now();
    const answer = settled.kind === 'answered' ? settled.answer : null;
    const limits = { budget: task.budget, minPrice: bid.minPrice };
    Object.assign(bid, bidOutcome(settled, kept, limits, bid.extra), {
      receivedAt: now,
      tookMs: now.getTime() - bid.calledAt.getTime(),
      summary: answer?.summary ?? null,
      message: answer?.message ?? null,
      usage: answer?.usage ?? null,
    });
    if (!(await settleBid(tx, bid))) return;
    const isReceived = kept?.ok && bid.status === 'received';
    const [, , , { left, canStop }] = await together(
      isReceived ? this.work.record(tx, { bidId: bid.id }, kept.artifacts) : null,
      this.tell(tx, task, [bid], bidNews),
      this.noteFailures(tx, task, [bid]),
      // Last, because the other bids of the round wait for this row from here to the commit.
      countDown(tx, bid),
    );
    if (left > 0) {
      if (canStop && bid.status === 'received') await this.jobs.send(tx, QUICK_LOOK_QUEUE, { bidId: bid.id });
      return;
    }
    const locked = await this.transitions.lock(tx, task.id);
    if (locked?.status === 'prototyping') await this.closeRound(tx, locked, 'all_answered');
  }

  /** The window is over: who has not answered is late, unless it was us who never called. Called for a task that is locked. */
  async closeAtDeadline(tx: Tx, task: Task): Promise<void> {
    const ended = await endOpenBids(tx, task.id, task.round, this.clock.now());
    const bids = await tx.findBy(Bid, { id: In(ended) });
    await this.tell(tx, task, bids, bidNews);
    await this.noteFailures(tx, task, bids);
    await this.closeRound(tx, task, 'deadline');
  }

  /** Enough good bids are in: who has not answered is thanked, and it costs nothing. Called for a task that is locked. */
  async closeEarly(tx: Tx, task: Task): Promise<void> {
    const released = await releaseOpenBids(tx, task.id, task.round, this.clock.now());
    const bids = await tx.findBy(Bid, { id: In(released) });
    await this.tell(tx, task, bids, releasedNews);
    await this.closeRound(tx, task, 'enough');
  }

  private async closeRound(tx: Tx, task: Task, by: 'all_answered' | 'enough' | 'deadline'): Promise<void> {
    await rows(
      tx,
      'UPDATE rounds SET closed_at = $3, closed_by = $4, hedge_at = NULL WHERE task_id = $1 AND number = $2',
      [task.id, task.round, this.clock.now(), by],
    );
    await this.transitions.move(tx, task, 'close', { data: { closed_by: by } });
  }

  /** The buyer learns agent, time and status: no artifact is shown before the gallery opens. Operators learn of their own. */
  private async tell(tx: Tx, task: Task, bids: readonly Bid[], forOperator: (bid: Bid) => NewEvent): Promise<void> {
    const news = bids.map(({ id, agentId, agentName, status, round, tookMs }) => ({
      type: `bid.${status}`,
      accountId: task.buyerId,
      taskId: task.id,
      data: { task_id: task.id, bid_id: id, agent_id: agentId, agent_name: agentName, status, round, took_ms: tookMs },
    }));
    await this.events.append(tx, ...news, ...bids.map(forOperator));
  }

  /** Only what an agent did is on its record: never what our side did not do. */
  private async noteFailures(tx: Tx, { category, taskType }: Task, bids: readonly Bid[]): Promise<void> {
    const failed = bids.filter(({ status }) => FAILURES.has(status));
    if (failed.length === 0) return;
    const changes = failed.map(({ agentId, status, calledAt, receivedAt }) => {
      const about = { agentId, category, taskType };
      if (status !== 'late') return { ...about, happened: 'failed' as const };
      const waitedMs = (receivedAt ?? this.clock.now()).getTime() - calledAt.getTime();
      return { ...about, happened: 'late' as const, waitedMs };
    });
    await this.triage.record(tx, changes);
  }
}
