import type { PastWork, ProgressNote } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import type { Ended, Owner } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import type { SharedRequest } from '../dispatch/execute-request.js';
import type { Settled } from '../dispatch/outcome.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { Delivery } from './delivery.entity.js';
import { DELIVERY_JUDGING_QUEUE } from './delivery-judging.job.js';
import { DELIVERY_TESTS_QUEUE } from './delivery-tests.service.js';
import { deliveryRequest } from './execute-request.js';
import { deliveryNews, deliveryWantedNews } from './operator-news.js';
import { whyNoDelivery } from './said-to-buyer.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { type Kept, Work } from './work.service.js';

export const DELIVERY_QUEUE = 'delivery';

/** Asks the winner for the finished work, and for each revision of it. */
@Injectable()
export class Deliveries implements Owner<null, Kept | null> {
  /** Handles a `delivery` job: the next attempt of the winner's call. */
  readonly call: (callId: string) => Promise<void>;

  constructor(
    private readonly db: Db,
    private readonly dispatch: Dispatch,
    private readonly transitions: Transitions,
    private readonly work: Work,
    private readonly triage: Triage,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly events: Events,
  ) {
    this.call = dispatch.attemptsFor(DELIVERY_QUEUE, this);
  }

  /** Writes down that a delivery is wanted, in the transaction that decides so; the `deliver` job goes on from there. */
  async want(tx: Tx, task: Task, bid: Bid, notes: string | null): Promise<Delivery> {
    const delivery = Object.assign(new Delivery(), {
      id: newId(),
      taskId: task.id,
      bidId: bid.id,
      number: task.revisionsUsed + 1,
      callId: newId(),
      status: 'pending',
      notes,
      requestedAt: this.clock.now(),
    });
    await tx.insert(Delivery, delivery);
    await this.events.append(tx, deliveryWantedNews(bid, delivery, this.deadlineOf(task)));
    return delivery;
  }

  /** Handles a `deliver` job: opens the call of the delivery that is wanted. A repeat finds it open and does nothing. */
  async request(taskId: string): Promise<void> {
    const manager = this.db.dataSource.manager;
    const task = await manager.findOneBy(Task, { id: taskId });
    const delivery = await manager.findOneBy(Delivery, { taskId, status: 'pending' });
    if (!task || !delivery) return;
    const bid = await manager.findOneByOrFail(Bid, { id: delivery.bidId });
    const deadlineAt = this.deadlineOf(task);
    if (await this.db.transaction((tx) => this.dispatch.exists(tx, delivery.callId))) return;
    const request = await this.dispatch.store(await this.requestBody(task, bid, delivery, deadlineAt));
    await this.db.transaction(async (tx) => {
      await this.transitions.lock(tx, taskId);
      if (!(await tx.existsBy(Delivery, { id: delivery.id, status: 'pending' }))) return;
      if (await this.dispatch.exists(tx, delivery.callId)) return;
      const call = {
        id: delivery.callId,
        agentId: bid.agentId,
        taskId,
        phase: 'delivery',
        queue: DELIVERY_QUEUE,
        request,
      } as const;
      await this.dispatch.open(tx, [{ ...call, dueAt: this.clock.now(), deadlineAt }]);
    });
  }

  async wanted(tx: Tx, callIds: readonly string[]): Promise<ReadonlySet<string>> {
    const sql = `SELECT call_id FROM deliveries WHERE call_id = ANY($1::uuid[]) AND status = 'pending'`;
    const open = await rows<{ call_id: string }>(tx, sql, [callIds]);
    return new Set(open.map((delivery) => delivery.call_id));
  }

  async whyUnwanted(tx: Tx, callId: string): Promise<string> {
    const delivery = await tx.findOneBy(Delivery, { callId });
    return delivery?.reason ?? 'the delivery is not waited for any more';
  }

  async progress(tx: Tx, callId: string, { message, percent }: ProgressNote): Promise<void> {
    const { id, taskId, bidId, number } = await tx.findOneByOrFail(Delivery, { callId });
    const { buyerId } = await tx.findOneByOrFail(Task, { id: taskId });
    const { agentId } = await tx.findOneByOrFail(Bid, { id: bidId });
    const about = { task_id: taskId, bid_id: bidId, agent_id: agentId, delivery_id: id, number };
    const data = { ...about, message, percent: percent ?? null };
    await this.events.append(tx, { type: 'delivery.progress', accountId: buyerId, taskId, data });
  }

  async about(callIds: readonly string[]): Promise<null[]> {
    return callIds.map(() => null);
  }

  async prepare(_about: null, settled: Settled): Promise<Kept | null> {
    return settled.kind === 'answered' ? this.work.keep(settled.answer.artifacts) : null;
  }

  async commit(tx: Tx, ended: readonly Ended<Kept | null>[]): Promise<void> {
    for (const one of await this.byTask(tx, ended)) await this.commitOne(tx, one);
  }

  /** In the order in which everybody locks tasks. */
  private async byTask(tx: Tx, ended: readonly Ended<Kept | null>[]): Promise<Ended<Kept | null>[]> {
    const sql = 'SELECT call_id FROM deliveries WHERE call_id = ANY($1::uuid[]) ORDER BY task_id, id';
    const sorted = await rows<{ call_id: string }>(tx, sql, [ended.map(({ callId }) => callId)]);
    return sorted.flatMap((delivery) => ended.filter(({ callId }) => callId === delivery.call_id));
  }

  private async commitOne(tx: Tx, { callId, settled, prepared: kept }: Ended<Kept | null>): Promise<void> {
    const { taskId } = await tx.findOneByOrFail(Delivery, { callId });
    const task = await this.transitions.lock(tx, taskId);
    const delivery = await tx.findOneByOrFail(Delivery, { callId });
    if (!task || delivery.status !== 'pending') return;
    if (settled.kind !== 'answered' || !kept?.ok) return this.failed(tx, task, delivery, whyNoDelivery(settled));
    const { summary, message, usage } = settled.answer;
    Object.assign(delivery, { status: 'delivered', receivedAt: this.clock.now() });
    Object.assign(delivery, { summary: summary ?? null, message: message ?? null, usage: usage ?? null });
    await tx.save(Delivery, delivery);
    await this.work.record(tx, [{ owner: { deliveryId: delivery.id }, artifacts: kept.artifacts }]);
    await this.jobs.send(tx, DELIVERY_JUDGING_QUEUE, { deliveryId: delivery.id });
    const bid = await tx.findOneByOrFail(Bid, { id: delivery.bidId });
    await this.events.append(tx, deliveryNews(bid, delivery));
    if (task.tests) await this.jobs.send(tx, DELIVERY_TESTS_QUEUE, { deliveryId: delivery.id });
    await this.transitions.move(tx, task, 'deliver', { data: { delivery_id: delivery.id, number: delivery.number } });
  }

  /** The window is over without work: the escrow returns, or the previous delivery stands. Called for a task that is locked. */
  async giveUp(tx: Tx, task: Task): Promise<void> {
    const delivery = await tx.findOneBy(Delivery, { taskId: task.id, status: 'pending' });
    if (delivery) await this.failed(tx, task, delivery, 'no work before the deadline');
    else
      await this.transitions.move(tx, task, task.status === 'revision' ? 'stand' : 'fail', {
        reason: 'no work before the deadline',
      });
  }

  private async failed(tx: Tx, task: Task, delivery: Delivery, problem: string): Promise<void> {
    Object.assign(delivery, { status: 'failed', reason: problem.slice(0, 1_000), receivedAt: this.clock.now() });
    await tx.save(Delivery, delivery);
    const bid = await tx.findOneByOrFail(Bid, { id: delivery.bidId });
    await this.events.append(tx, deliveryNews(bid, delivery));
    await this.transitions.move(tx, task, task.status === 'revision' ? 'stand' : 'fail', { reason: problem });
    // After the money: everybody locks balances before standings.
    if (await this.wasCalled(tx, delivery.callId)) {
      const { agentId } = bid;
      await this.triage.record(tx, [{ agentId, category: task.category, taskType: task.taskType, happened: 'failed' }]);
    }
  }

  /** The window began when the buyer decided, however late its job runs. */
  private deadlineOf({ statusSince }: Task): Date {
    return new Date(statusSince.getTime() + this.config.DELIVERY_WINDOW_S * 1_000);
  }

  /** Whether anything reached the agent, so that a failure is its own. */
  private async wasCalled(tx: Tx, callId: string): Promise<boolean> {
    const sql = `SELECT 1 FROM call_attempts WHERE call_id = $1 AND outcome IS DISTINCT FROM 'unknown' LIMIT 1`;
    return (await rows(tx, sql, [callId])).length > 0;
  }

  private async requestBody(task: Task, bid: Bid, delivery: Delivery, deadlineAt: Date): Promise<SharedRequest> {
    const attachments = await this.work.attachmentLinks(task.id, deadlineAt);
    const prototype = { ...(await this.past(bid, { bidId: bid.id }, deadlineAt)), price: bid.price ?? task.budget };
    const facts = { deadlineAt, attachments };
    if (delivery.notes === null) return deliveryRequest(task, facts, { prototype });
    const last = await this.db.dataSource.manager.findOneOrFail(Delivery, {
      where: { taskId: task.id, status: 'delivered' },
      order: { number: 'DESC' },
    });
    const previous = await this.past(last, { deliveryId: last.id }, deadlineAt);
    const revision = { number: delivery.number - 1, notes: delivery.notes, previous };
    return deliveryRequest(task, facts, { prototype, revision });
  }

  private async past(
    work: Bid | Delivery,
    owner: { bidId: string } | { deliveryId: string },
    deadlineAt: Date,
  ): Promise<PastWork> {
    return {
      summary: work.summary ?? '',
      message: work.message ?? '',
      artifacts: await this.work.asSent(owner, deadlineAt),
    };
  }
}
