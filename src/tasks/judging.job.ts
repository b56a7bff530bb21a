import { Injectable } from '@nestjs/common';
import type { Judgement } from '../judging/judgement.schema.js';
import { Judging } from '../judging/judging.service.js';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { taskType } from '../registry/taxonomy.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { type Ranked, ranking } from './ranking.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { Work } from './work.service.js';

interface JudgedBid {
  readonly bid: Bid;
  readonly judgement: Judgement;
}

/** Judges a closed round and opens its gallery. */
@Injectable()
export class RoundJudging {
  constructor(
    private readonly db: Db,
    private readonly judging: Judging,
    private readonly transitions: Transitions,
    private readonly work: Work,
    private readonly triage: Triage,
    private readonly events: Events,
    private readonly config: Config,
  ) {}

  /** Handles a `judge` job. A repeat judges again, and only the first to commit counts. */
  async judge(taskId: string): Promise<void> {
    const task = await this.db.dataSource.manager.findOneBy(Task, { id: taskId });
    if (task?.status !== 'judging') return;
    const bids = await this.db.dataSource.manager.findBy(Bid, { taskId, round: task.round, status: 'received' });
    const judged = await this.judgeAll(task, bids);
    await this.db.transaction((tx) => this.present(tx, taskId, judged));
  }

  private async judgeAll(task: Task, bids: readonly Bid[]): Promise<JudgedBid[]> {
    const type = taskType(task.taskType);
    if (!type) throw new Error(`The task type ${task.taskType} is gone from the taxonomy.`);
    const attachments = await this.work.attachmentBytes(task.id);
    const answers = await Promise.all(bids.map(async (bid) => ({ bid, artifacts: await this.work.read(bid.id) })));
    const judged: JudgedBid[] = [];
    for (const [i, { bid, artifacts }] of answers.entries()) {
      const judgement = await this.judging.judge({
        brief: {
          title: task.title,
          description: task.description,
          category: task.category,
          requirements: task.requirements,
        },
        taskType: type,
        qualityRules: task.qualityRules.rules,
        artifacts,
        attachments,
        others: answers.filter((_, other) => other !== i).map((answer) => answer.artifacts),
      });
      judged.push({ bid, judgement });
    }
    return judged;
  }

  private async present(tx: Tx, taskId: string, judged: readonly JudgedBid[]): Promise<void> {
    const task = await this.transitions.lock(tx, taskId);
    if (task?.status !== 'judging') return;
    const ranked = ranking(judged.map(asJudged), this.config.PRESENTED_MAX, this.config.PRESENTED_MIN_SCORE);
    for (const { bid, judgement } of judged) {
      await this.judging.record(tx, { subject: bid.id, phase: 'prototype', judgement });
      await this.place(tx, bid, judgement, ranked);
    }
    await this.triage.record(
      tx,
      judged.map(({ bid, judgement }) => ({
        agentId: bid.agentId,
        category: task.category,
        taskType: task.taskType,
        happened: 'judged' as const,
        score: (judgement.total.low + judgement.total.high) / 2,
        tookMs: bid.tookMs ?? 0,
      })),
    );
    const presented = ranked.filter((bid) => bid.presented).length;
    if (presented > 0) await this.transitions.move(tx, task, 'present', { data: { presented } });
    else await this.transitions.move(tx, task, 'expire', { reason: judged.length > 0 ? 'no_bid_good_enough' : 'no_valid_bid' });
  }

  private async place(tx: Tx, bid: Bid, judgement: Judgement, ranked: readonly Ranked[]): Promise<void> {
    const place = ranked.find(({ bidId }) => bidId === bid.id);
    await tx.update(Bid, { id: bid.id }, { rank: place?.rank ?? null, presented: place?.presented ?? false });
    await this.events.append(tx, {
      type: 'bid.judged',
      accountId: bid.operatorId,
      taskId: bid.taskId,
      data: {
        task_id: bid.taskId,
        bid_id: bid.id,
        agent_id: bid.agentId,
        score: judgement.total,
        rank: place?.rank ?? null,
        presented: place?.presented ?? false,
      },
    });
  }
}

function asJudged({ bid, judgement }: JudgedBid) {
  const { low, high } = judgement.total;
  return { bidId: bid.id, low, high, price: bid.price ?? 0, receivedAt: bid.receivedAt ?? bid.calledAt };
}
