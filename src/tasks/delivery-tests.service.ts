import { Injectable } from '@nestjs/common';
import { BuyerTests } from '../judging/tests/buyer-tests.service.js';
import { Db, rows } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Delivery } from './delivery.entity.js';
import { Task } from './task.entity.js';
import { Work } from './work.service.js';

export const DELIVERY_TESTS_QUEUE = 'delivery-tests';

/** Runs the buyer's tests on a delivery and tells the buyer; what to do about it is the buyer's. */
@Injectable()
export class DeliveryTests {
  constructor(
    private readonly db: Db,
    private readonly tests: BuyerTests,
    private readonly work: Work,
    private readonly events: Events,
  ) {}

  /** Handles a `delivery-tests` job. A repeat runs them again, and only the first to commit counts. */
  async run(deliveryId: string): Promise<void> {
    const manager = this.db.dataSource.manager;
    const delivery = await manager.findOneBy(Delivery, { id: deliveryId, status: 'delivered' });
    if (!delivery || delivery.tested) return;
    const task = await manager.findOneByOrFail(Task, { id: delivery.taskId });
    if (!task.tests) return;
    const tested = await this.tests.run(task.tests, await this.work.readDelivery(deliveryId));
    const { verdict, passed, failed } = tested;
    await this.db.transaction(async (tx) => {
      const sql = 'UPDATE deliveries SET tested = $2 WHERE id = $1 AND tested IS NULL RETURNING id';
      if ((await rows(tx, sql, [deliveryId, JSON.stringify(tested)])).length === 0) return;
      const data = { task_id: task.id, delivery_id: deliveryId, number: delivery.number, verdict, passed, failed };
      await this.events.append(tx, { type: 'delivery.tested', accountId: task.buyerId, taskId: task.id, data });
    });
  }
}
