import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Owner } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import type { Settled } from '../dispatch/outcome.js';
import { Clock } from '../platform/clock.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { bidOutcome } from './bid-outcome.js';
import { countDown, endOpenBids, settleBid } from './bids.queries.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { type Kept, Work } from './work.service.js';

const FAILURES: ReadonlySet<string> = new Set(['late', 'failed', 'invalid']);

interface Prepared {
  readonly bid: Bid;
  readonly task: Task;
  readonly kept: Kept | null;
}

/** Takes in the bids of a round and closes it: when all have answered, or at its deadline. */
@Injectable()
export class Bidding implements Owner<Prepared> {
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

  /** Reads what the bid is about and puts its files into storage: all that needs no lock. */
  async prepare(callId: string, settled: Settled): Promise<Prepared> {
    const manager = this.db.dataSource.manager;
    const aboutBid = async () => {
      const bid = await manager.findOneByOrFail(Bid, { callId });
      return { bid, task: await manager.findOneByOrFail(Task, { id: bid.taskId }) };
    };
    const [about, kept] = await Promise.all([
      aboutBid(),
      settled.kind === 'answered' ? this.work.keep(settled.answer.artifacts) : null,
    ]);
    return { ...about, kept };
  }

  /** Writes the bid down, tells the buyer, and closes the round if it was the last one out. */
  async commit(tx: Tx, _callId: string, settled: Settled, { bid, task, kept }: Prepared): Promise<void> {
    const now = this.clock.now();
    const answer = settled.kind === 'answered' ? settled.answer : null;
    Object.assign(bid, bidOutcome(settled, kept, { budget: task.budget, minPrice: bid.minPrice }), {
      receivedAt: now,
      tookMs: now.getTime() - bid.calledAt.getTime(),
      summary: answer?.summary ?? null,
      message: answer?.message ?? null,
      usage: answer?.usage ?? null,
    });
    if (!(await settleBid(tx, bid))) return;
    if (kept?.ok && bid.status === 'received') await this.work.record(tx, { bidId: bid.id }, kept.artifacts);
    await this.tellBuyer(tx, task, [bid]);
    await this.noteFailures(tx, task, [bid]);
    // Last, because the other bids of the round wait for this row from here to the commit.
    if ((await countDown(tx, bid)) > 0) return;
    const locked = await this.transitions.lock(tx, task.id);
    if (locked?.status === 'prototyping') await this.closeRound(tx, locked);
  }

  /** The window is over: who has not answered is late, unless it was us who never called. Called for a task that is locked. */
  async closeAtDeadline(tx: Tx, task: Task): Promise<void> {
    const ended = await endOpenBids(tx, task.id, task.round, this.clock.now());
    const bids = await tx.findBy(Bid, { id: In(ended) });
    await this.tellBuyer(tx, task, bids);
    await this.noteFailures(tx, task, bids);
    await this.closeRound(tx, task);
  }

  private async closeRound(tx: Tx, task: Task): Promise<void> {
    await rows(tx, 'UPDATE rounds SET closed_at = $3 WHERE task_id = $1 AND number = $2', [
      task.id,
      task.round,
      this.clock.now(),
    ]);
    await this.transitions.move(tx, task, 'close');
  }

  /** Agent, time and status: no artifact is shown before the gallery opens. */
  private async tellBuyer(tx: Tx, task: Task, bids: readonly Bid[]): Promise<void> {
    const news = bids.map(({ id, agentId, agentName, status, round, tookMs }) => ({
      type: `bid.${status}`,
      accountId: task.buyerId,
      taskId: task.id,
      data: { task_id: task.id, bid_id: id, agent_id: agentId, agent_name: agentName, status, round, took_ms: tookMs },
    }));
    await this.events.append(tx, ...news);
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
