import { Injectable } from '@nestjs/common';
import type { Judgement } from '../judging/judgement.schema.js';
import { Judging } from '../judging/judging.service.js';
import { ModelJudging } from '../judging/model/model-judging.service.js';
import { BuyerTests } from '../judging/tests/buyer-tests.service.js';
import type { Vote } from '../judging/vote.js';
import { type CategorizedTaskType, taskType } from '../registry/taxonomy.js';
import type { Bid } from './bid.entity.js';
import type { JudgedBid } from './presenting.service.js';
import type { Task } from './task.entity.js';
import { Work } from './work.service.js';

export interface JudgedRound {
  readonly judged: readonly JudgedBid[];
  /** What models said, one by one. */
  readonly votes: readonly Vote[];
}

/** Has a round's bids judged: by rules, and where it is wished by a model as well. */
@Injectable()
export class Judges {
  constructor(
    private readonly judging: Judging,
    private readonly models: ModelJudging,
    private readonly work: Work,
    private readonly tests: BuyerTests,
  ) {}

  /**
   * It takes a while and no locks: call it outside of a transaction.
   *
   * @param notes what agents say of the model they run, by agent; read meanwhile
   */
  async judge(task: Task, bids: readonly Bid[], notes: Promise<ReadonlyMap<string, string>>): Promise<JudgedRound> {
    const type = typeOf(task);
    const ruled = await this.byRules(task, type, bids);
    if (!this.models.isWished(task.judge)) return { judged: ruled, votes: [] };
    const noted = await notes;
    const heard = await this.models.judge({
      ...{
        taskId: task.id,
        round: task.round,
        buyerId: task.buyerId,
        wish: task.judge,
        brief: briefOf(task),
        taskType: type,
      },
      works: ruled.map(({ bid, artifacts, judgement }) => ({
        ...{ subject: bid.id, artifacts, judgement },
        model: bid.usage?.model ?? noted.get(bid.agentId) ?? null,
      })),
    });
    if (!heard) return { judged: ruled, votes: [] };
    const judged = ruled.map((one) => ({
      ...one,
      judgement: heard.judgements.get(one.bid.id) ?? one.judgement,
      pairs: heard.pairs.get(one.bid.id) ?? 0,
    }));
    return { judged, votes: heard.votes };
  }

  /**
   * Judges finished work as its prototype is judged beside it: both by rules alone and by the same version of them, so that the two
   * scores can be compared.
   */
  async delivery(
    task: Task,
    bidId: string,
    deliveryId: string,
  ): Promise<{ promised: Judgement; delivered: Judgement }> {
    const [attachments, prototypes, work] = await Promise.all([
      this.work.attachmentBytes(task.id),
      this.work.read([bidId]),
      this.work.readDelivery(deliveryId),
    ]);
    const judged = { brief: briefOf(task), taskType: typeOf(task), qualityRules: task.qualityRules.rules, attachments };
    const [promised, delivered] = await Promise.all([
      this.judging.judge({ ...judged, artifacts: prototypes.get(bidId) ?? [] }),
      this.judging.judge({ ...judged, artifacts: work }),
    ]);
    return { promised, delivered };
  }

  private async byRules(task: Task, type: CategorizedTaskType, bids: readonly Bid[]): Promise<JudgedBid[]> {
    const [attachments, artifacts] = await Promise.all([
      this.work.attachmentBytes(task.id),
      this.work.read(bids.map(({ id }) => id)),
    ]);
    const answers = bids.map((bid) => ({ bid, artifacts: artifacts.get(bid.id) ?? [] }));
    const shared = { brief: briefOf(task), taskType: type, qualityRules: task.qualityRules.rules, attachments };
    // Side by side, since a judge also waits: for the threads that run strangers' patterns.
    return Promise.all(
      answers.map(async ({ bid, artifacts: own }, i) => {
        const others = answers.filter((_, other) => other !== i).map((answer) => answer.artifacts);
        const ruled = await this.judging.judge({ ...shared, artifacts: own, others });
        const judgement = task.tests ? await this.tests.judged(ruled, task.tests, own) : ruled;
        return { bid, artifacts: own, pairs: 0, judgement };
      }),
    );
  }
}

function typeOf({ taskType: slug }: Task): CategorizedTaskType {
  const type = taskType(slug);
  if (!type) throw new Error(`The task type ${slug} is gone from the taxonomy.`);
  return type;
}

function briefOf({ title, description, category, requirements }: Task) {
  return { title, description, category, requirements };
}
