import { Injectable } from '@nestjs/common';
import type { Judgement } from '../judging/judgement.schema.js';
import { Judging } from '../judging/judging.service.js';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { taskType } from '../registry/taxonomy.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { placeBids } from './bids.queries.js';
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
    const [attachments, artifacts] = await Promise.all([
      this.work.attachmentBytes(task.id),
      this.work.read(bids.map(({ id }) => id)),
    ]);
    const answers = bids.map((bid) => ({ bid, artifacts: artifacts.get(bid.id) ?? [] }));
    const { title, description, category, requirements } = task;
    const shared = {
      brief: { title, description, category, requirements },
      taskType: type,
      qualityRules: task.qualityRules.rules,
      attachments,
    };
    // Side by side, since a judge also waits: for the threads that run strangers' patterns.
    return Promise.all(
      answers.map(async ({ bid, artifacts: own }, i) => {
        const others = answers.filter((_, other) => other !== i).map((answer) => answer.artifacts);
        return { bid, judgement: await this.judging.judge({ ...shared, artifacts: own, others }) };
      }),
    );
  }

  private async present(tx: Tx, taskId: string, judged: readonly JudgedBid[]): Promise<void> {
    const task = await this.transitions.lock(tx, taskId);
    if (task?.status !== 'judging') return;
    const ranked = ranking(judged.map(asJudged), this.config.PRESENTED_MAX, this.config.PRESENTED_MIN_SCORE);
    await this.judging.record(
      tx,
      ...judged.map(({ bid, judgement }) => ({ subject: bid.id, phase: 'prototype' as const, judgement })),
    );
    await placeBids(tx, ranked);
    await this.tellOperators(tx, judged, ranked);
    const presented = ranked.filter((bid) => bid.presented).length;
    if (presented > 0) await this.transitions.move(tx, task, 'present', { data: { presented } });
    else
      await this.transitions.move(tx, task, 'expire', {
        reason: judged.length > 0 ? 'no_bid_good_enough' : 'no_valid_bid',
      });
    // After the money: everybody locks balances before standings.
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
  }

  private async tellOperators(tx: Tx, judged: readonly JudgedBid[], ranked: readonly Ranked[]): Promise<void> {
    const places = new Map(ranked.map((place) => [place.bidId, place]));
    const news = judged.map(({ bid: { id, taskId, agentId, operatorId }, judgement }) => {
      const { rank, presented } = places.get(id) ?? { rank: null, presented: false };
      const data = { task_id: taskId, bid_id: id, agent_id: agentId, score: judgement.total, rank, presented };
      return { type: 'bid.judged', accountId: operatorId, taskId, data };
    });
    await this.events.append(tx, ...news);
  }
}

function asJudged({ bid, judgement }: JudgedBid) {
  const { low, high } = judgement.total;
  return { bidId: bid.id, low, high, price: bid.price ?? 0, receivedAt: bid.receivedAt ?? bid.calledAt };
}
