import { Injectable } from '@nestjs/common';
import type { ObjectLiteral } from 'typeorm';
import { ModelJudging } from '../judging/model/model-judging.service.js';
import { Ledger } from '../payouts/ledger.service.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx, together } from '../platform/database/db.js';
import { entitiesWhere } from '../platform/database/entities.js';
import { Events } from '../platform/events/events.js';
import type { Actor } from '../platform/http/actor.js';
import { InvalidInput } from '../platform/http/errors.js';
import { Worker } from '../platform/queue/worker.js';
import { StoredAttachment } from './attachment.entity.js';
import { Bid } from './bid.entity.js';
import { lockOpenBids } from './bids.queries.js';
import { briefProblems, notYours } from './brief.js';
import { releasedNews } from './operator-news.js';
import { Task } from './task.entity.js';
import type { PostTask, TaskQuery } from './task.schema.js';
import { TaskNotFound } from './tasks.errors.js';
import { Transitions } from './transitions.js';

/** What a buyer does with a task besides picking and deciding on deliveries. */
@Injectable()
export class TasksService {
  constructor(
    private readonly db: Db,
    private readonly ledger: Ledger,
    private readonly events: Events,
    private readonly worker: Worker,
    private readonly transitions: Transitions,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly models: ModelJudging,
  ) {}

  /**
   * Posts a task: its whole budget is held, and triage begins. The platform fee is fixed here.
   *
   * @throws InvalidInput        the brief does not fit its task type, or an attachment is not the buyer's
   * @throws ModelJudgeNotSet    a model is to judge, and there is none
   * @throws InsufficientCredits the buyer has less than the budget
   */
  async post(tx: Tx, actor: Actor, input: PostTask): Promise<Task> {
    const problems = briefProblems(input, this.config);
    if (problems.length > 0) throw new InvalidInput(problems);
    await this.models.checkWish(tx, actor.accountId, input.judge ?? null);
    const now = this.clock.now();
    const task = tx.create(Task, {
      id: newId(),
      buyerId: actor.accountId,
      title: input.title,
      description: input.description,
      category: input.category,
      taskType: input.task_type,
      requirements: input.requirements,
      qualityRules: input.quality_rules,
      metadata: input.metadata,
      sourcing: 'contest',
      verification: 'manual',
      judge: input.judge ?? null,
      tests: input.tests ?? null,
      experimentation: input.experimentation ?? null,
      budget: input.budget,
      feeBps: this.config.FEE_CONTEST_BPS,
      status: 'open',
      reason: null,
      selectedBidId: null,
      endedFrom: null,
      round: 1,
      maxRevisions: input.max_revisions ?? this.config.MAX_REVISIONS,
      revisionsUsed: 0,
      createdAt: now,
      statusSince: now,
    });
    this.transitions.windClock(task, now);
    const data = { task_id: task.id, status: 'open', title: task.title, budget: task.budget };
    await together(
      // Not `save`, which would look first whether it is there; and TypeORM's type of a part knows no free JSON.
      tx.insert<ObjectLiteral>(Task, task),
      this.ledger.hold(tx, { taskId: task.id, buyerId: actor.accountId, budget: input.budget }),
      this.events.append(tx, { type: 'task.open', accountId: actor.accountId, taskId: task.id, data }),
      this.worker.sendHere(tx, 'triage', { taskId: task.id }),
    );
    await this.attach(tx, task, input.attachments);
    return task;
  }

  /**
   * Takes a task back before work has begun: the whole budget returns. In `review` it counts as an abandoned round.
   *
   * @throws TaskNotFound no such task, or another account's
   * @throws WrongStatus  work has begun, or the task is over
   */
  async cancel(tx: Tx, actor: Actor, taskId: string): Promise<Task> {
    await lockOpenBids(tx, taskId);
    const task = await this.lockOwned(tx, actor, taskId);
    await this.transitions.move(tx, task, 'cancel', { by: 'buyer' });
    const open = await tx.findBy(Bid, { taskId, status: 'called' });
    const ended = { status: 'cancelled', reason: 'the buyer cancelled the task' } as const;
    await tx.update(Bid, { taskId, status: 'called' }, ended);
    await this.events.append(tx, ...open.map((bid) => releasedNews(Object.assign(bid, ended))));
    return task;
  }

  /** @throws TaskNotFound no such task, or another account's */
  async get(actor: Actor, taskId: string): Promise<Task> {
    const where = 'WHERE e.id = $1 AND e.buyer_id = $2';
    const [task] = await entitiesWhere(this.db, Task, where, [taskId, actor.accountId]);
    if (!task) throw new TaskNotFound();
    return task;
  }

  /** @throws TaskNotFound no such task, or another account's */
  async lockOwned(tx: Tx, actor: Actor, taskId: string): Promise<Task> {
    const task = await this.transitions.lock(tx, taskId);
    if (task?.buyerId !== actor.accountId) throw new TaskNotFound();
    return task;
  }

  /** The buyer's own tasks, newest first; one more than `limit`, so that the page knows whether more follow. */
  async list(actor: Actor, { status, limit }: TaskQuery, after: readonly [string, string] | null): Promise<Task[]> {
    const query = this.db.dataSource.manager
      .createQueryBuilder(Task, 't')
      .where('t.buyerId = :buyer', { buyer: actor.accountId })
      .orderBy('t.createdAt', 'DESC')
      .addOrderBy('t.id', 'DESC')
      .take(limit + 1);
    if (status) query.andWhere('t.status = :status', { status });
    if (after) query.andWhere('(t.created_at, t.id) < (:at, :id)', { at: after[0], id: after[1] });
    return query.getMany();
  }

  private async attach(tx: Tx, task: Task, ids: readonly string[]): Promise<void> {
    for (const [position, id] of [...new Set(ids)].entries()) {
      const own = await tx.findOneBy(StoredAttachment, { id, accountId: task.buyerId });
      if (!own) throw new InvalidInput([notYours(position)]);
      await rows(tx, 'INSERT INTO task_attachments (task_id, attachment_id, position) VALUES ($1, $2, $3)', [
        task.id,
        id,
        position,
      ]);
    }
  }
}
