import { Injectable } from '@nestjs/common';
import type { Judged } from '../judging/judge.js';
import type { Judgement } from '../judging/judgement.schema.js';
import { Judging } from '../judging/judging.service.js';
import { ModelJudging } from '../judging/model/model-judging.service.js';
import { BuyerTests } from '../judging/tests/buyer-tests.service.js';
import type { Vote } from '../judging/vote.js';
import { askedOf } from './asked.js';
import type { Bid } from './bid.entity.js';
import { EarlyJudging } from './early-judging.service.js';
import type { JudgedBid } from './presenting.service.js';
import type { Task } from './task.entity.js';
import { type ReadArtifact, Work } from './work.service.js';

export interface JudgedRound {
  readonly judged: readonly JudgedBid[];
  /** What models said, one by one. */
  readonly votes: readonly Vote[];
}

interface Answer {
  readonly bid: Bid;
  readonly artifacts: readonly ReadArtifact[];
  readonly judged: Judged;
}

/** Has a round's bids judged: by rules, and where it is wished by a model as well. */
@Injectable()
export class Judges {
  constructor(
    private readonly judging: Judging,
    private readonly models: ModelJudging,
    private readonly work: Work,
    private readonly tests: BuyerTests,
    private readonly early: EarlyJudging,
  ) {}

  /**
   * It takes a while and no locks: call it outside of a transaction.
   *
   * @param notes what agents say of the model they run, by agent; read meanwhile
   */
  async judge(task: Task, bids: readonly Bid[], notes: Promise<ReadonlyMap<string, string>>): Promise<JudgedRound> {
    const ruled = await this.byRules(task, bids);
    if (!this.models.isWished(task.judge)) return { judged: ruled, votes: [] };
    const noted = await notes;
    const { brief, taskType } = askedOf(task);
    const heard = await this.models.judge({
      ...{ taskId: task.id, round: task.round, buyerId: task.buyerId, wish: task.judge },
      ...{ brief, taskType },
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
    const judged = { ...askedOf(task), attachments };
    const [promised, delivered] = await Promise.all([
      this.judging.judge({ ...judged, artifacts: prototypes.get(bidId) ?? [] }),
      this.judging.judge({ ...judged, artifacts: work }),
    ]);
    return { promised, delivered };
  }

  private async byRules(task: Task, bids: readonly Bid[]): Promise<JudgedBid[]> {
    const answers = await this.answers(task, bids);
    return Promise.all(
      answers.map(async ({ bid, artifacts, judged }, i) => {
        const others = answers.filter((_, other) => other !== i).map((answer) => answer.artifacts);
        const ruled = judged(others);
        const judgement = task.tests ? await this.tests.judged(ruled, task.tests, artifacts) : ruled;
        return { bid, artifacts, pairs: 0, judgement };
      }),
    );
  }

  /** Each judged by itself: most were, when they came. */
  private async answers(task: Task, bids: readonly Bid[]): Promise<Answer[]> {
    const early = bids.map(({ id }) => this.early.take(id));
    const left = bids.filter((_, i) => !early[i]);
    const [attachments, read] = left.length > 0 ? await this.fromStorage(task, left) : [[], new Map()];
    // Side by side, since a judge also waits: for the threads that run strangers' patterns.
    return Promise.all(
      bids.map(async (bid, i) => {
        const before = early[i];
        if (before) return { bid, artifacts: before.artifacts, judged: await before.judged() };
        const artifacts = read.get(bid.id) ?? [];
        return { bid, artifacts, judged: await this.judging.alone({ ...askedOf(task), attachments, artifacts }) };
      }),
    );
  }

  private fromStorage(task: Task, bids: readonly Bid[]) {
    return Promise.all([this.work.attachmentBytes(task.id), this.work.read(bids.map(({ id }) => id))]);
  }
}
