import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { RuleJudge } from '../judging/rule-judge.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { taskType } from '../registry/taxonomy.js';
import { Bid } from './bid.entity.js';
import { Bidding } from './bidding.service.js';
import { lockOpenBids } from './bids.queries.js';
import { isEnough } from './stop-rule.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { Work } from './work.service.js';

/** Ends a round early when enough good bids are in. Only for rounds that were decided with the rule; others send no job. */
@Injectable()
export class EarlyStop implements OnModuleDestroy {
  /** By rules alone: it takes milliseconds and asks nobody. The real judgement comes when the round is closed. */
  private readonly judge = new RuleJudge();

  constructor(
    private readonly db: Db,
    private readonly work: Work,
    private readonly bidding: Bidding,
    private readonly transitions: Transitions,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.judge.close();
  }

  /** Handles a `quick-look` job: looks at one bid, then at whether its round has enough. A repeat finds what is there. */
  async look(bidId: string): Promise<void> {
    const manager = this.db.dataSource.manager;
    const bid = await manager.findOneBy(Bid, { id: bidId });
    const task = bid && (await manager.findOneBy(Task, { id: bid.taskId }));
    if (!bid || task?.status !== 'prototyping' || bid.status !== 'received' || bid.round !== task.round) return;
    if (bid.quickLow === null) {
      const low = await this.sureOf(task, bid);
      await this.db.query('UPDATE bids SET quick_low = $2 WHERE id = $1 AND quick_low IS NULL', [bid.id, low]);
    }
    await this.db.transaction((tx) => this.stopIfEnough(tx, bid));
  }

  private async sureOf(task: Task, { id }: Bid): Promise<number> {
    const type = taskType(task.taskType);
    if (!type) return 0;
    const [attachments, artifacts] = await Promise.all([this.work.attachmentBytes(task.id), this.work.read([id])]);
    const { title, description, category, requirements, qualityRules } = task;
    const { total } = await this.judge.judge({
      brief: { title, description, category, requirements },
      taskType: type,
      qualityRules: qualityRules.rules,
      attachments,
      artifacts: artifacts.get(id) ?? [],
    });
    return total.low;
  }

  private async stopIfEnough(tx: Tx, { taskId, round }: Bid): Promise<void> {
    await lockOpenBids(tx, taskId);
    const [rules] = await rows<{ stopAfter: number | null; stopScore: number }>(
      tx,
      `SELECT stop_after AS "stopAfter", stop_score AS "stopScore" FROM rounds
       WHERE task_id = $1 AND number = $2 AND closed_at IS NULL FOR UPDATE`,
      [taskId, round],
    );
    if (!rules) return;
    const received = await rows<{ low: number | null }>(
      tx,
      `SELECT quick_low AS low FROM bids WHERE task_id = $1 AND round = $2 AND status = 'received'`,
      [taskId, round],
    );
    if (
      !isEnough(
        received.map(({ low }) => low),
        rules,
      )
    )
      return;
    const task = await this.transitions.lock(tx, taskId);
    if (task?.status === 'prototyping') await this.bidding.closeEarly(tx, task);
  }
}
