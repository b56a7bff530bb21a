import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Judging } from '../judging/judging.service.js';
import { Db } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { AgentNotFound } from '../registry/agents.errors.js';
import { Agents } from '../registry/agents.service.js';
import { StoredArtifact } from './artifact.entity.js';
import { Bid } from './bid.entity.js';
import { bidView, progressView } from './bid.view.js';
import { Delivery } from './delivery.entity.js';
import { Links } from './links.js';
import type { Task } from './task.entity.js';
import type { BidView, DeliveryView, GalleryView } from './task.schema.js';
import { deliveryView } from './task.view.js';
import { TasksService } from './tasks.service.js';

const OPENED: readonly Task['status'][] = ['review', 'in_progress', 'delivered', 'revision', 'completed', 'refunded'];

/** What buyers see of bids and deliveries, and operators of their own bids. */
@Injectable()
export class Gallery {
  constructor(
    private readonly db: Db,
    private readonly tasks: TasksService,
    private readonly judging: Judging,
    private readonly agents: Agents,
    private readonly links: Links,
  ) {}

  /**
   * Before review: who was called and who has answered. From review on: the presented bids with their work, best first.
   *
   * @throws TaskNotFound no such task, or another account's
   */
  async of(actor: Actor, taskId: string): Promise<GalleryView> {
    const task = await this.tasks.get(actor, taskId);
    const [bids, [round]] = await Promise.all([
      this.db.dataSource.manager.find(Bid, {
        where: { taskId, round: task.round },
        order: { calledAt: 'ASC', id: 'ASC' },
      }),
      this.db.query<{ deadline_at: Date }>('SELECT deadline_at FROM rounds WHERE task_id = $1 AND number = $2', [
        taskId,
        task.round,
      ]),
    ]);
    return {
      task_id: taskId,
      status: task.status,
      round: task.round,
      deadline_at: round?.deadline_at.toISOString() ?? null,
      closes_at: task.closesAt?.toISOString() ?? null,
      called: bids.length,
      answered: bids.filter(({ status }) => status !== 'called').length,
      bids: isOpened(task) ? await this.presented(bids) : bids.map(progressView),
    };
  }

  /** @throws TaskNotFound no such task, or another account's */
  async deliveries(actor: Actor, taskId: string): Promise<DeliveryView[]> {
    await this.tasks.get(actor, taskId);
    const deliveries = await this.db.dataSource.manager.find(Delivery, { where: { taskId }, order: { number: 'ASC' } });
    const artifacts = await this.artifacts({ deliveryId: In(deliveries.map(({ id }) => id)) });
    return deliveries.map((delivery) =>
      deliveryView(
        delivery,
        artifacts.filter((artifact) => artifact.deliveryId === delivery.id),
        this.links,
      ),
    );
  }

  /**
   * The bids of an operator's own agent, newest first: each with its work and its judgement, presented or not.
   *
   * @throws AgentNotFound no such agent, or another operator's
   */
  async bidsOf(
    actor: Actor,
    agentId: string,
    limit: number,
    after: readonly [string, string] | null,
  ): Promise<BidView[]> {
    if ((await this.agents.operatorOf(this.db, agentId)) !== actor.accountId) throw new AgentNotFound();
    const query = this.db.dataSource.manager
      .createQueryBuilder(Bid, 'b')
      .where('b.agentId = :agentId AND b.operatorId = :operator', { agentId, operator: actor.accountId })
      .orderBy('b.calledAt', 'DESC')
      .addOrderBy('b.id', 'DESC')
      .take(limit);
    if (after) query.andWhere('(b.called_at, b.id) < (:at, :id)', { at: after[0], id: after[1] });
    return this.views(await query.getMany());
  }

  private async presented(bids: readonly Bid[]): Promise<BidView[]> {
    const shown = bids.filter((bid) => bid.presented).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    return this.views(shown);
  }

  private async views(bids: readonly Bid[]): Promise<BidView[]> {
    const ids = bids.map(({ id }) => id);
    const [judgements, artifacts] = await Promise.all([this.judging.of(ids), this.artifacts({ bidId: In(ids) })]);
    return bids.map((bid) =>
      bidView(
        bid,
        judgements.get(bid.id),
        artifacts.filter((artifact) => artifact.bidId === bid.id),
        this.links,
      ),
    );
  }

  private async artifacts(
    where: { bidId: ReturnType<typeof In<string>> } | { deliveryId: ReturnType<typeof In<string>> },
  ) {
    return this.db.dataSource.manager.find(StoredArtifact, { where, order: { position: 'ASC' } });
  }
}

/** A gallery once open stays open, unless the task ended before anybody was presented. */
function isOpened({ status, endedFrom }: Task): boolean {
  return OPENED.includes(status) || endedFrom === 'review';
}
