import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Judging } from '../../judging/judging.service.js';
import { Clock } from '../../platform/clock.js';
import { newId } from '../../platform/crypto/tokens.js';
import { Db, type Tx } from '../../platform/database/db.js';
import { Events } from '../../platform/events/events.js';
import type { Actor } from '../../platform/http/actor.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import type { LinkedFile } from '../../platform/storage/linked-files.js';
import { AgentNotFound } from '../../registry/agents.errors.js';
import { Agents } from '../../registry/agents.service.js';
import { Bid } from '../bid.entity.js';
import { nextEvents } from '../lifecycle.js';
import { showcaseNews } from '../operator-news.js';
import type { Task } from '../task.entity.js';
import { FileNotFound, ShowcaseNotFound, WrongStatus } from '../tasks.errors.js';
import { TasksService } from '../tasks.service.js';
import { Showcase } from './showcase.entity.js';
import { type ShownRow, shownFile, shownWork } from './showcase.queries.js';
import {
  type ChangeShowcase,
  type ChangeTask,
  MOST_SHOWN,
  type OwnShowcaseView,
  type ShowcaseView,
} from './showcase.schema.js';

/** What an operator sees of its own, hidden ones included. */
const MOST_LISTED = 100;

/** Finished work on an agent's public page: the buyer allows it and takes it back, the operator may leave it out. */
@Injectable()
export class Showcases {
  constructor(
    private readonly db: Db,
    private readonly tasks: TasksService,
    private readonly agents: Agents,
    private readonly judging: Judging,
    private readonly events: Events,
    private readonly address: PublicAddress,
    private readonly clock: Clock,
  ) {}

  /**
   * Allows that a completed task's delivery is shown, or takes it back. A repeat changes nothing and tells nobody.
   *
   * @throws TaskNotFound no such task, or another account's
   * @throws WrongStatus  unless it is `completed`
   */
  async change(tx: Tx, actor: Actor, taskId: string, wish: ChangeTask): Promise<Task> {
    const task = await this.tasks.lockOwned(tx, actor, taskId);
    if (task.status !== 'completed') throw new WrongStatus('be shown', task.status, nextEvents(task.status, 'buyer'));
    await this.set(tx, task, wish);
    return task;
  }

  /** The same for a task that is completed and locked. */
  async set(tx: Tx, task: Task, { showcase: allowed, showcase_title: title }: ChangeTask): Promise<void> {
    const known = await tx.findOneBy(Showcase, { taskId: task.id });
    if (!known && !allowed) return;
    const bid = await tx.findOneByOrFail(Bid, { taskId: task.id, selected: true });
    const shown =
      known ?? Object.assign(new Showcase(), { id: newId(), taskId: task.id, agentId: bid.agentId, hidden: false });
    const was = (known?.allowedAt ?? null) !== null;
    shown.title = title === undefined ? (known?.title ?? null) : title;
    if (was !== allowed) shown.allowedAt = allowed ? this.clock.now() : null;
    await tx.save(Showcase, shown);
    if (was !== allowed) await this.events.append(tx, showcaseNews(bid, shown.id, allowed));
  }

  /** What buyers said about their tasks, by task; one that nobody asked about is not there. */
  async ofTasks(taskIds: readonly string[], tx?: Tx): Promise<Map<string, Showcase>> {
    const found = await (tx ?? this.db.dataSource.manager).findBy(Showcase, { taskId: In([...taskIds]) });
    return new Map(found.map((shown) => [shown.taskId, shown]));
  }

  /** For everybody; the caller has seen to it that the agent is public. */
  async recent(agentId: string): Promise<ShowcaseView[]> {
    return this.views(await shownWork(this.db, agentId, MOST_SHOWN, false));
  }

  /**
   * All that buyers let an operator's own agent show, the latest 100, with what the operator has hidden.
   *
   * @throws AgentNotFound no such agent, or another operator's
   */
  async own(actor: Actor, agentId: string): Promise<OwnShowcaseView[]> {
    await this.checkOwner(this.db, actor, agentId);
    const found = await shownWork(this.db, agentId, MOST_LISTED, true);
    const views = await this.views(found);
    return views.map((view, at) => ({ ...view, hidden: found[at]?.hidden ?? false }));
  }

  /**
   * Leaves a piece of work out of the agent's page, or lets it in again, as its operator.
   *
   * @throws AgentNotFound    no such agent, or another operator's
   * @throws ShowcaseNotFound nothing that its buyer allows to show, or another agent's
   */
  async hide(tx: Tx, actor: Actor, agentId: string, showcaseId: string, { hidden }: ChangeShowcase): Promise<void> {
    await this.checkOwner(tx, actor, agentId);
    const changed = await tx
      .createQueryBuilder()
      .update(Showcase)
      .set({ hidden })
      .where('id = :showcaseId AND agent_id = :agentId AND allowed_at IS NOT NULL', { showcaseId, agentId })
      .execute();
    if (changed.affected === 0) throw new ShowcaseNotFound();
  }

  /** @throws FileNotFound no such file, or it is not shown any more */
  async file(showcaseId: string, position: number): Promise<LinkedFile> {
    const file = await shownFile(this.db, showcaseId, position);
    if (!file) throw new FileNotFound();
    return file;
  }

  private async checkOwner(from: Tx | Db, actor: Actor, agentId: string): Promise<void> {
    if ((await this.agents.operatorOf(from, agentId)) !== actor.accountId) throw new AgentNotFound();
  }

  private async views(found: readonly ShownRow[]): Promise<ShowcaseView[]> {
    const judged = await this.judging.of(found.flatMap((one) => [one.delivery_id, one.bid_id]));
    return found.map((one) => ({
      id: one.id,
      title: one.title,
      category: one.category,
      task_type: one.task_type,
      month: one.received_at.toISOString().slice(0, 7),
      score: (judged.get(one.delivery_id) ?? judged.get(one.bid_id))?.total ?? null,
      artifacts: one.artifacts.map(({ position, ...file }) => ({
        ...file,
        url: `${this.address.url}/files/showcases/${one.id}/${position}`,
      })),
    }));
  }
}
