import type { ProgressNote } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Ended, Owner } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import type { Settled } from '../dispatch/outcome.js';
import { Clock } from '../platform/clock.js';
import { Db, rows, type Tx, together } from '../platform/database/db.js';
import { entitiesWhere } from '../platform/database/entities.js';
import { Events, type NewEvent } from '../platform/events/events.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { bidOutcome } from './bid-outcome.js';
import {
  countDown,
  endOpenBids,
  lockAnswered,
  openBidsOf,
  type RoundCount,
  releaseOpenBids,
  settleBids,
} from './bids.queries.js';
import { type EarlyJudged, EarlyJudging } from './early-judging.service.js';
import { PROTOTYPE_QUEUE } from './invitations.service.js';
import { bidNews, releasedNews } from './operator-news.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { type Kept, Work } from './work.service.js';

export const QUICK_LOOK_QUEUE = 'quick-look';
const FAILURES: ReadonlySet<string> = new Set(['late', 'failed', 'invalid']);

interface About {
  readonly bid: Bid;
  readonly task: Task;
}

interface Prepared extends About {
  readonly kept: Kept | null;
  readonly early: EarlyJudged | null;
}

/** Takes in the bids of a round and closes it: when all have answered, or at its deadline. */
@Injectable()
export class Bidding implements Owner<About, Prepared> {
  /** Handles a `prototype` job: the next attempt of a bidder's call. */
  readonly call: (callId: string) => Promise<void>;

  constructor(
    private readonly db: Db,
    dispatch: Dispatch,
    private readonly transitions: Transitions,
    private readonly work: Work,
    private readonly triage: Triage,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly early: EarlyJudging,
  ) {
    this.call = dispatch.attemptsFor(PROTOTYPE_QUEUE, this);
  }

  /** A bid whose round is over, or whose task was cancelled, waits for nothing. */
  async wanted(tx: Tx, callIds: readonly string[]): Promise<ReadonlySet<string>> {
    return openBidsOf(tx, callIds);
  }

  async whyUnwanted(tx: Tx, callId: string): Promise<string> {
    const bid = await tx.findOneBy(Bid, { callId });
    return bid?.reason ?? 'the round is over';
  }

  /** The buyer reads along; of the work itself nothing is shown before review. */
  async progress(tx: Tx, callId: string, { message, percent }: ProgressNote): Promise<void> {
    const bid = await tx.findOneByOrFail(Bid, { callId });
    const { buyerId } = await tx.findOneByOrFail(Task, { id: bid.taskId });
    const said = { round: bid.round, message, percent: percent ?? null };
    const about = { task_id: bid.taskId, bid_id: bid.id, agent_id: bid.agentId, agent_name: bid.agentName };
    await this.events.append(tx, {
      type: 'bid.progress',
      accountId: buyerId,
      taskId: bid.taskId,
      data: { ...about, ...said },
    });
  }

  /** The bids and their tasks: of both only what stays as it is until the bid is settled may be used. */
  async about(callIds: readonly string[]): Promise<About[]> {
    const bids = await entitiesWhere(this.db, Bid, 'WHERE e.call_id = ANY($1::uuid[])', [callIds]);
    const taskIds = new Set(bids.map(({ taskId }) => taskId));
    const tasks = await entitiesWhere(this.db, Task, 'WHERE e.id = ANY($1::uuid[])', [[...taskIds]]);
    const byCall = new Map(bids.map((bid) => [bid.callId, bid]));
    const byId = new Map(tasks.map((task) => [task.id, task]));
    return callIds.map((callId) => {
      const bid = byCall.get(callId);
      const task = byId.get(bid?.taskId ?? '');
      if (!bid || !task) throw new Error(`The call ${callId} has no bid.`);
      return { bid, task };
    });
  }

  /** Puts the bid's files into storage, and has them judged meanwhile. */
  async prepare(about: About, settled: Settled): Promise<Prepared> {
    if (settled.kind !== 'answered') return { ...about, kept: null, early: null };
    let early: EarlyJudged | null = null;
    const kept = await this.work.keep(settled.answer.artifacts, (artifacts) => {
      early = this.early.begin(about.task, artifacts);
    });
    return { ...about, kept, early };
  }

  /** Writes the bids down, tells the buyers, and closes the rounds of which they were the last ones out. */
  async commit(tx: Tx, ended: readonly Ended<Prepared>[]): Promise<void> {
    const now = this.clock.now();
    for (const { settled, prepared } of ended) takeIn(prepared, settled, now);
    const settled = await settleBids(
      tx,
      ended.map(({ prepared }) => prepared.bid),
    );
    if (settled.length === 0) return;
    const came = ended.flatMap(({ prepared }) => (settled.includes(prepared.bid) ? [prepared] : []));
    const works = came.flatMap(({ bid, kept }) =>
      kept?.ok && bid.status === 'received' ? [{ owner: { bidId: bid.id }, artifacts: kept.artifacts }] : [],
    );
    for (const { bid, early } of came) if (early && bid.status === 'received') this.early.hold(tx, bid, early);
    const taskIds = [...new Set(settled.map(({ taskId }) => taskId))];
    const [, , , rounds, over] = await together(
      works.length > 0 ? this.work.record(tx, works) : null,
      this.tell(tx, came, bidNews),
      this.noteFailures(tx, came),
      // Last, because the other bids of the rounds wait for these rows from here to the commit.
      countDown(tx, settled),
      lockAnswered(tx, taskIds),
    );
    await this.lookQuickly(tx, settled, rounds);
    for (const task of over) if (task.status === 'prototyping') await this.closeRound(tx, task, 'all_answered');
  }

  /** Has the bids of rounds looked at that enough good ones may end. */
  private async lookQuickly(tx: Tx, bids: readonly Bid[], rounds: readonly RoundCount[]): Promise<void> {
    const open = new Set(rounds.filter(({ left, canStop }) => left > 0 && canStop).map(({ taskId }) => taskId));
    const looked = bids.filter(({ taskId, status }) => open.has(taskId) && status === 'received');
    for (const { id } of looked) await this.jobs.send(tx, QUICK_LOOK_QUEUE, { bidId: id });
  }

  /** The window is over: who has not answered is late, unless it was us who never called. Called for a task that is locked. */
  async closeAtDeadline(tx: Tx, task: Task): Promise<void> {
    const ended = await endOpenBids(tx, task.id, task.round, this.clock.now());
    const bids = await tx.findBy(Bid, { id: In(ended) });
    const ends = bids.map((bid) => ({ bid, task }));
    await this.tell(tx, ends, bidNews);
    await this.noteFailures(tx, ends);
    await this.closeRound(tx, task, 'deadline');
  }

  /** Enough good bids are in: who has not answered is thanked, and it costs nothing. Called for a task that is locked. */
  async closeEarly(tx: Tx, task: Task): Promise<void> {
    const released = await releaseOpenBids(tx, task.id, task.round, this.clock.now());
    const bids = await tx.findBy(Bid, { id: In(released) });
    const ends = bids.map((bid) => ({ bid, task }));
    await this.tell(tx, ends, releasedNews);
    await this.closeRound(tx, task, 'enough');
  }

  private async closeRound(tx: Tx, task: Task, by: 'all_answered' | 'enough' | 'deadline'): Promise<void> {
    await together(
      rows(tx, 'UPDATE rounds SET closed_at = $3, closed_by = $4, hedge_at = NULL WHERE task_id = $1 AND number = $2', [
        task.id,
        task.round,
        this.clock.now(),
        by,
      ]),
      this.transitions.move(tx, task, 'close', { data: { closed_by: by } }),
    );
  }

  /** The buyer learns agent, time and status: no artifact is shown before the gallery opens. Operators learn of their own. */
  private async tell(tx: Tx, ends: readonly About[], forOperator: (bid: Bid) => NewEvent): Promise<void> {
    await this.events.append(tx, ...ends.map(buyerNews), ...ends.map(({ bid }) => forOperator(bid)));
  }

  /** Only what an agent did is on its record: never what our side did not do. */
  private async noteFailures(tx: Tx, ends: readonly About[]): Promise<void> {
    const failed = ends.filter(({ bid }) => FAILURES.has(bid.status));
    if (failed.length === 0) return;
    const changes = failed.map(({ bid, task: { category, taskType } }) => {
      const { agentId, status, calledAt, receivedAt } = bid;
      const about = { agentId, category, taskType };
      if (status !== 'late') return { ...about, happened: 'failed' as const };
      const waitedMs = (receivedAt ?? this.clock.now()).getTime() - calledAt.getTime();
      return { ...about, happened: 'late' as const, waitedMs };
    });
    await this.triage.record(tx, changes);
  }
}

/** Notes on a bid what its call brought. */
function takeIn({ bid, task, kept }: Prepared, settled: Settled, now: Date): void {
  const answer = settled.kind === 'answered' ? settled.answer : null;
  const limits = { budget: task.budget, minPrice: bid.minPrice };
  Object.assign(bid, bidOutcome(settled, kept, limits, bid.extra), {
    receivedAt: now,
    tookMs: now.getTime() - bid.calledAt.getTime(),
    summary: answer?.summary ?? null,
    message: answer?.message ?? null,
    usage: answer?.usage ?? null,
  });
}

function buyerNews({ bid: { id, agentId, agentName, status, round, tookMs }, task }: About) {
  const data = { task_id: task.id, bid_id: id, agent_id: agentId, agent_name: agentName, status, round };
  return { type: `bid.${status}`, accountId: task.buyerId, taskId: task.id, data: { ...data, took_ms: tookMs } };
}
