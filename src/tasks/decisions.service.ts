import { Injectable } from '@nestjs/common';
import { Votes } from '../judging/panel/votes.service.js';
import type { Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import type { Actor } from '../platform/http/actor.js';
import { type StandingChange, Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { Deliveries } from './deliveries.service.js';
import { notSelectedNews } from './operator-news.js';
import type { ApproveDelivery } from './showcase/showcase.schema.js';
import { Showcases } from './showcase/showcases.service.js';
import type { Task } from './task.entity.js';
import { BidNotFound, NoRevisionsLeft } from './tasks.errors.js';
import { TasksService } from './tasks.service.js';
import { Transitions } from './transitions.js';

/** The buyer's three decisions: which bid, whether the delivery will do, what to change. */
@Injectable()
export class Decisions {
  constructor(
    private readonly tasks: TasksService,
    private readonly transitions: Transitions,
    private readonly deliveries: Deliveries,
    private readonly triage: Triage,
    private readonly votes: Votes,
    private readonly events: Events,
    private readonly showcases: Showcases,
  ) {}

  /**
   * Picks a presented bid; its agent is called for the finished work. A second pick is refused.
   *
   * @throws TaskNotFound no such task, or another account's
   * @throws BidNotFound  no presented bid of this round
   * @throws WrongStatus  unless it is in `review`
   */
  async select(tx: Tx, actor: Actor, taskId: string, bidId: string): Promise<Task> {
    const task = await this.tasks.lockOwned(tx, actor, taskId);
    const presented = await tx.findBy(Bid, { taskId, round: task.round, presented: true });
    const bid = presented.find(({ id }) => id === bidId);
    if (!bid && task.status === 'review') throw new BidNotFound();
    task.selectedBidId = bid?.id ?? null;
    await this.transitions.move(tx, task, 'select', { by: 'buyer', data: { bid_id: bidId } });
    if (!bid) throw new BidNotFound();
    bid.selected = true;
    await tx.update(Bid, { id: bid.id }, { selected: true });
    await this.deliveries.want(tx, task, bid, null);
    await this.triage.record(tx, standing(task, presented, bid));
    const passedOver = presented.filter(({ id }) => id !== bid.id);
    await this.votes.picked(
      tx,
      bid.id,
      passedOver.map(({ id }) => id),
    );
    const data = { task_id: taskId, bid_id: bid.id, agent_id: bid.agentId, price: bid.price };
    const selected = { type: 'bid.selected', accountId: bid.operatorId, taskId, data };
    await this.events.append(tx, selected, ...passedOver.map((other) => notSelectedNews(other, 'another_selected')));
    return task;
  }

  /**
   * Accepts the delivery: operator and platform are paid out of escrow, the rest returns, and the task is over.
   * Calling it again is refused, and the money has moved once. The agent shows the work only if the buyer says so.
   *
   * @throws TaskNotFound no such task, or another account's
   * @throws WrongStatus  unless it is `delivered`
   */
  async approve(tx: Tx, actor: Actor, taskId: string, wish: ApproveDelivery): Promise<Task> {
    const task = await this.tasks.lockOwned(tx, actor, taskId);
    await this.transitions.move(tx, task, 'approve', { by: 'buyer' });
    await this.noteDelivered(tx, task);
    await this.showcases.set(tx, task, wish);
    return task;
  }

  /** What silence does: the same as `approve`. Called for a task that is locked. */
  async acceptSilently(tx: Tx, task: Task): Promise<void> {
    await this.transitions.move(tx, task, 'accept_silently', { reason: 'nobody objected in time' });
    await this.noteDelivered(tx, task);
  }

  /**
   * Asks for changes: the agent is called again with the notes and its previous delivery.
   *
   * @throws TaskNotFound    no such task, or another account's
   * @throws WrongStatus     unless it is `delivered`
   * @throws NoRevisionsLeft all that the task allows are used
   */
  async revise(tx: Tx, actor: Actor, taskId: string, notes: string): Promise<Task> {
    const task = await this.tasks.lockOwned(tx, actor, taskId);
    if (task.status === 'delivered' && task.revisionsUsed >= task.maxRevisions)
      throw new NoRevisionsLeft(task.maxRevisions);
    task.revisionsUsed += 1;
    await this.transitions.move(tx, task, 'revise', { by: 'buyer', data: { number: task.revisionsUsed } });
    const bid = await tx.findOneByOrFail(Bid, { taskId, selected: true });
    await this.deliveries.want(tx, task, bid, notes);
    return task;
  }

  private async noteDelivered(tx: Tx, task: Task): Promise<void> {
    const { agentId } = await tx.findOneByOrFail(Bid, { taskId: task.id, selected: true });
    await this.triage.record(tx, [
      { agentId, category: task.category, taskType: task.taskType, happened: 'delivered' },
    ]);
    await this.triage.finished(tx, { agentId, taskId: task.id, text: `${task.title}. ${task.description}` });
  }
}

/** A bid counts as presented for the win rate only once the buyer has picked among them. */
function standing({ category, taskType }: Task, presented: readonly Bid[], picked: Bid): StandingChange[] {
  return [
    ...presented.map(({ agentId }) => ({ agentId, category, taskType, happened: 'presented' as const })),
    { agentId: picked.agentId, category, taskType, happened: 'picked' as const },
  ];
}
