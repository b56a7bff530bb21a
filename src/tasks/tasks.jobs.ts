import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { Worker } from '../platform/queue/worker.js';
import { Chores } from '../platform/schedule/chores.js';
import { FileReferences } from '../platform/storage/references.js';
import { Bidding, QUICK_LOOK_QUEUE } from './bidding.service.js';
import { Clockwork } from './clockwork.js';
import { DELIVERY_QUEUE, Deliveries } from './deliveries.service.js';
import { DELIVERY_JUDGING_QUEUE, DeliveryJudging } from './delivery-judging.job.js';
import { DELIVERY_TESTS_QUEUE, DeliveryTests } from './delivery-tests.service.js';
import { EarlyStop } from './early-stop.service.js';
import { Hedging } from './hedging.service.js';
import { PROTOTYPE_QUEUE } from './invitations.service.js';
import { RoundJudging } from './judging.job.js';
import { Retention } from './retention.js';
import { Rounds } from './rounds.service.js';

export const TASK_QUEUES = [
  'triage',
  PROTOTYPE_QUEUE,
  QUICK_LOOK_QUEUE,
  'judge',
  'deliver',
  DELIVERY_QUEUE,
  DELIVERY_TESTS_QUEUE,
  DELIVERY_JUDGING_QUEUE,
];

/** Which handler runs what, and what comes round with the clock. */
@Injectable()
export class TaskJobs implements OnModuleInit {
  constructor(
    private readonly worker: Worker,
    private readonly chores: Chores,
    private readonly files: FileReferences,
    private readonly config: Config,
    private readonly rounds: Rounds,
    private readonly bidding: Bidding,
    private readonly judging: RoundJudging,
    private readonly deliveries: Deliveries,
    private readonly clockwork: Clockwork,
    private readonly retention: Retention,
    private readonly earlyStop: EarlyStop,
    private readonly hedging: Hedging,
    private readonly deliveryTests: DeliveryTests,
    private readonly deliveryJudging: DeliveryJudging,
  ) {}

  onModuleInit(): void {
    this.worker.register('triage', 8, ({ taskId }) => this.rounds.open(String(taskId)));
    this.worker.register(PROTOTYPE_QUEUE, this.config.CALLS_PER_PROCESS, ({ callId }) =>
      this.bidding.call(String(callId)),
    );
    this.worker.register(QUICK_LOOK_QUEUE, 4, ({ bidId }) => this.earlyStop.look(String(bidId)));
    this.worker.register('judge', 4, ({ taskId }) => this.judging.judge(String(taskId)));
    this.worker.register('deliver', 8, ({ taskId }) => this.deliveries.request(String(taskId)));
    this.worker.register(DELIVERY_QUEUE, this.config.CALLS_PER_PROCESS, ({ callId }) =>
      this.deliveries.call(String(callId)),
    );
    this.worker.register(DELIVERY_TESTS_QUEUE, 2, ({ deliveryId }) => this.deliveryTests.run(String(deliveryId)));
    this.worker.register(DELIVERY_JUDGING_QUEUE, 2, ({ deliveryId }) => this.deliveryJudging.judge(String(deliveryId)));
    this.chores.every(1, 'overdue-tasks', (now) => this.clockwork.moveOverdue(now));
    this.chores.every(1, 'late-bidders', (now) => this.hedging.lookAfter(now));
    this.chores.every(10, 'reminders', (now) => this.clockwork.remind(now));
    this.chores.every(15, 'stalled-tasks', (now) => this.clockwork.pushStalled(now));
    this.chores.every(3_600, 'forget-bids-and-traces', (now) => this.retention.forget(now));
    this.files.add({ table: 'artifacts', column: 'hash' }, { table: 'attachments', column: 'hash' });
  }
}
