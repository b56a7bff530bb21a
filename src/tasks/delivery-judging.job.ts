import { Injectable } from '@nestjs/common';
import { Judging } from '../judging/judging.service.js';
import { Clock } from '../platform/clock.js';
import { Db, rows } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { Delivery } from './delivery.entity.js';
import { Judges } from './judges.service.js';
import { keptShare } from './kept.js';
import { Task } from './task.entity.js';

export const DELIVERY_JUDGING_QUEUE = 'delivery-judging';

/** Judges finished work: for the buyer to see, and for triage to learn who delivers what its prototype promised. */
@Injectable()
export class DeliveryJudging {
  constructor(
    private readonly db: Db,
    private readonly judges: Judges,
    private readonly judging: Judging,
    private readonly triage: Triage,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Handles a `delivery-judging` job. A repeat judges again, and only the first to commit counts. */
  async judge(deliveryId: string): Promise<void> {
    const manager = this.db.dataSource.manager;
    const delivery = await manager.findOneBy(Delivery, { id: deliveryId, status: 'delivered' });
    if (!delivery || delivery.judgedAt) return;
    const [task, bid] = await Promise.all([
      manager.findOneByOrFail(Task, { id: delivery.taskId }),
      manager.findOneByOrFail(Bid, { id: delivery.bidId }),
    ]);
    const { promised, delivered } = await this.judges.delivery(task, bid.id, deliveryId);
    const share = keptShare(promised.total, delivered.total);
    await this.db.transaction(async (tx) => {
      const sql = 'UPDATE deliveries SET kept = $2, judged_at = $3 WHERE id = $1 AND judged_at IS NULL RETURNING id';
      if ((await rows(tx, sql, [deliveryId, share, this.clock.now()])).length === 0) return;
      await this.judging.record(tx, { subject: deliveryId, phase: 'delivery', judgement: delivered });
      const ids = { task_id: task.id, bid_id: bid.id, agent_id: bid.agentId, delivery_id: deliveryId };
      const data = { ...ids, number: delivery.number, score: delivered.total };
      for (const accountId of [task.buyerId, bid.operatorId])
        await this.events.append(tx, { type: 'delivery.judged', accountId, taskId: task.id, data });
      if (share === null) return;
      const about = { agentId: bid.agentId, category: task.category, taskType: task.taskType };
      await this.triage.record(tx, [{ ...about, happened: 'kept', share }]);
    });
  }
}
