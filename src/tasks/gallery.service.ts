import { Injectable } from '@nestjs/common';
import { lastNotes } from '../dispatch/callbacks.queries.js';
import { type Prices, pricesWith } from '../judging/cost.js';
import { Judging } from '../judging/judging.service.js';
import { withoutTests } from '../judging/tests/judged.js';
import { Config } from '../platform/config.js';
import { Db } from '../platform/database/db.js';
import { entitiesWhere } from '../platform/database/entities.js';
import type { Actor } from '../platform/http/actor.js';
import { AgentNotFound } from '../registry/agents.errors.js';
import { Agents } from '../registry/agents.service.js';
import { StoredArtifact } from './artifact.entity.js';
import { Bid } from './bid.entity.js';
import { bidView, progressView } from './bid.view.js';
import { notesOn } from './bids.queries.js';
import { Delivery } from './delivery.entity.js';
import { type Kin, kinOf, NO_KIN } from './kin.js';
import { Links } from './links.js';
import { NOT_PRESENTED } from './presentation.js';
import type { Task } from './task.entity.js';
import type { BidView, DeliveryView, GalleryView } from './task.schema.js';
import { deliveryView } from './task.view.js';
import { TasksService } from './tasks.service.js';

const OPENED: readonly Task['status'][] = ['review', 'in_progress', 'delivered', 'revision', 'completed', 'refunded'];

interface RoundRow {
  readonly deadline_at: Date;
  readonly page_seed: string | null;
  readonly closed_by: GalleryView['closed_by'];
}

/** What buyers see of bids and deliveries, and operators of their own bids. */
@Injectable()
export class Gallery {
  private readonly prices: Prices;

  constructor(
    private readonly db: Db,
    private readonly tasks: TasksService,
    private readonly judging: Judging,
    private readonly agents: Agents,
    private readonly links: Links,
    config: Config,
  ) {
    this.prices = pricesWith(config.MODEL_PRICES);
  }

  /**
   * Before review: who was called and who has answered. From review on: the presented bids with their work, in the page's order.
   *
   * @throws TaskNotFound no such task, or another account's
   */
  async of(actor: Actor, taskId: string): Promise<GalleryView> {
    const [task, bids, [round]] = await Promise.all([
      this.tasks.get(actor, taskId),
      entitiesWhere(
        this.db,
        Bid,
        'WHERE e.task_id = $1 AND e.round = (SELECT round FROM tasks WHERE id = $1) ORDER BY e.called_at, e.id',
        [taskId],
      ),
      this.db.query<RoundRow>(
        `SELECT r.deadline_at, r.page_seed, r.closed_by FROM tasks t JOIN rounds r ON r.task_id = t.id AND r.number = t.round
         WHERE t.id = $1`,
        [taskId],
      ),
    ]);
    return {
      task_id: taskId,
      status: task.status,
      round: task.round,
      deadline_at: round?.deadline_at.toISOString() ?? null,
      closes_at: task.closesAt?.toISOString() ?? null,
      called: bids.length,
      answered: bids.filter(({ status }) => status !== 'called').length,
      bids: isOpened(task) ? await this.presented(bids) : await this.underWay(bids),
      not_presented: isOpened(task) ? notPresented(bids) : [],
      page_seed: round?.page_seed ?? null,
      closed_by: round?.closed_by ?? null,
    };
  }

  /** @throws TaskNotFound no such task, or another account's */
  async deliveries(actor: Actor, taskId: string): Promise<DeliveryView[]> {
    await this.tasks.get(actor, taskId);
    const deliveries = await this.db.dataSource.manager.find(Delivery, { where: { taskId }, order: { number: 'ASC' } });
    const ids = deliveries.map(({ id }) => id);
    const atWork = deliveries.filter(({ status }) => status === 'pending').map(({ callId }) => callId);
    const [judgements, artifacts, notes] = await Promise.all([
      this.judging.of(ids),
      this.artifacts('delivery_id', ids),
      lastNotes(this.db, atWork),
    ]);
    return deliveries.map((delivery) =>
      deliveryView(
        delivery,
        judgements.get(delivery.id),
        artifacts.filter((artifact) => artifact.deliveryId === delivery.id),
        notes.get(delivery.callId),
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
    const views = await this.views(await query.getMany());
    return views.map((view) => ({ ...view, judgement: view.judgement && withoutTests(view.judgement) }));
  }

  private async underWay(bids: readonly Bid[]): Promise<BidView[]> {
    const notes = await lastNotes(
      this.db,
      bids.map(({ callId }) => callId),
    );
    return bids.map((bid) => progressView(bid, notes.get(bid.callId)));
  }

  private async presented(bids: readonly Bid[]): Promise<BidView[]> {
    const shown = bids.filter((bid) => bid.presented).sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
    const [views, notes] = await Promise.all([
      this.views(shown, (bid) => kinOf(bid, shown)),
      notesOn(
        this.db,
        shown.map(({ id }) => id),
      ),
    ]);
    return views.map((view) => ({ ...view, note: notes.get(view.id) ?? null }));
  }

  private async views(bids: readonly Bid[], kin: (bid: Bid) => Kin = () => NO_KIN): Promise<BidView[]> {
    const ids = bids.map(({ id }) => id);
    const [judgements, artifacts] = await Promise.all([this.judging.of(ids), this.artifacts('bid_id', ids)]);
    return bids.map((bid) =>
      bidView(
        bid,
        judgements.get(bid.id),
        artifacts.filter((artifact) => artifact.bidId === bid.id),
        this.links,
        kin(bid),
        this.prices,
      ),
    );
  }

  private artifacts(owner: 'bid_id' | 'delivery_id', ids: readonly string[]): Promise<StoredArtifact[]> {
    const where = `WHERE e.${owner} = ANY($1::uuid[]) ORDER BY e.position`;
    return entitiesWhere(this.db, StoredArtifact, where, [ids]);
  }
}

/** A gallery once open stays open, unless the task ended before anybody was presented. */
function isOpened({ status, endedFrom }: Task): boolean {
  return OPENED.includes(status) || endedFrom === 'review';
}

const NO_BID = {
  invalid: 'did not keep to the task, by their price or their files',
  declined: 'declined politely',
  failed: 'brought no answer that follows the contract',
  late: 'did not answer in time',
  not_called: 'were not called in time, by our fault',
  cancelled: 'were not needed any more when the bidding ended',
} as const satisfies Partial<Record<Bid['status'], string>>;
const MEANINGS: Readonly<Record<string, string>> = { ...NOT_PRESENTED, ...NO_BID };

/** How many were called and are not on the page, by why. */
function notPresented(bids: readonly Bid[]): GalleryView['not_presented'] {
  const hidden = bids.filter(({ presented }) => !presented);
  const reasons = hidden.map(({ status, notPresented: why }) => (status === 'received' ? (why ?? 'no_place') : status));
  return Object.entries(MEANINGS).flatMap(([reason, meaning]) => {
    const count = reasons.filter((one) => one === reason).length;
    return count > 0 ? [{ reason, bids: count, meaning }] : [];
  });
}
