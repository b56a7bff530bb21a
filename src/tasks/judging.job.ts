import { Injectable } from '@nestjs/common';
import { Judging } from '../judging/judging.service.js';
import { Votes } from '../judging/panel/votes.service.js';
import { Db, type Tx, together } from '../platform/database/db.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { modelNotesOf } from './bids.queries.js';
import { type JudgedRound, Judges } from './judges.service.js';
import { type Page, Presenting } from './presenting.service.js';
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
    const manager = this.db.dataSource.manager;
    const [task, received] = await Promise.all([
      manager.findOneBy(Task, { id: taskId }),
      manager.findBy(Bid, { taskId, status: 'received' }),
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
    await together(
      this.judging.record(
        tx,
        ...judged.map(({ bid, judgement }) => ({ subject: bid.id, phase: 'prototype' as const, judgement })),
      ),
      this.votes.record(tx, votes),
      this.presenting.keep(tx, task, judged, page),
      presented > 0
        ? this.transitions.move(tx, task, 'present', { data: { presented } })
        : this.transitions.move(tx, task, 'expire', { reason }),
    );
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
        agentVersion: bid.agentVersion,
        rubricVersion: judgement.rubric.version,
      })),
    );
  }
}
