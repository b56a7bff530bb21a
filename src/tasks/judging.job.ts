import { Injectable } from '@nestjs/common';
import { Judging } from '../judging/judging.service.js';
import { Votes } from '../judging/panel/votes.service.js';
import { Db, type Tx, together } from '../platform/database/db.js';
import { entitiesWhere } from '../platform/database/entities.js';
import { type StandingChange, Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { modelNotesOf } from './bids.queries.js';
import { type JudgedRound, Judges } from './judges.service.js';
import { type JudgedBid, type Page, Presenting } from './presenting.service.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';

/** Judges a closed round and opens its gallery. */
@Injectable()
export class RoundJudging {
  constructor(
    private readonly db: Db,
    private readonly judging: Judging,
    private readonly transitions: Transitions,
    private readonly judges: Judges,
    private readonly votes: Votes,
    private readonly triage: Triage,
    private readonly presenting: Presenting,
  ) {}

  /** Handles a `judge` job. A repeat judges again, and only the first to commit counts. */
  async judge(taskId: string): Promise<void> {
    const [[task], received] = await Promise.all([
      entitiesWhere(this.db, Task, 'WHERE e.id = $1', [taskId]),
      entitiesWhere(this.db, Bid, `WHERE e.task_id = $1 AND e.status = 'received'`, [taskId]),
    ]);
    if (task?.status !== 'judging') return;
    const bids = received.filter(({ round }) => round === task.round);
    const notes = modelNotesOf(
      this.db,
      bids.map(({ agentId }) => agentId),
    );
    const [round, noted] = await Promise.all([this.judges.judge(task, bids, notes), notes]);
    const page = this.presenting.page(round.judged, noted);
    await this.db.transaction((tx) => this.present(tx, taskId, round, page));
  }

  private async present(tx: Tx, taskId: string, { judged, votes }: JudgedRound, page: Page): Promise<void> {
    const task = await this.transitions.lock(tx, taskId);
    if (task?.status !== 'judging') return;
    const presented = page.placed.filter(({ position }) => position !== null).length;
    const reason = judged.length > 0 ? 'no_bid_good_enough' : 'no_valid_bid';
    const news = this.presenting.news(judged, page);
    await together(
      this.judging.record(
        tx,
        ...judged.map(({ bid, judgement }) => ({ subject: bid.id, phase: 'prototype' as const, judgement })),
      ),
      this.votes.record(tx, votes),
      this.presenting.keep(tx, task, page),
      presented > 0
        ? this.transitions.move(tx, task, 'present', { data: { presented }, news })
        : this.transitions.move(tx, task, 'expire', { reason, news }),
      // Last: everybody locks balances, which is how the money of a task that expires begins to move, before standings.
      this.triage.record(
        tx,
        judged.map((one) => standingOf(task, one)),
      ),
    );
  }
}

function standingOf({ category, taskType }: Task, { bid, judgement }: JudgedBid): StandingChange {
  const { agentId, agentVersion, tookMs } = bid;
  return {
    ...{ agentId, agentVersion, category, taskType, happened: 'judged', tookMs: tookMs ?? 0 },
    score: (judgement.total.low + judgement.total.high) / 2,
    rubricVersion: judgement.rubric.version,
  };
}
