import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db, rows, type Tx, together } from '../platform/database/db.js';
import { entitiesWhere } from '../platform/database/entities.js';
import type { Decision } from '../triage/decision.js';
import { Triage } from '../triage/triage.service.js';
import { firstLook } from './hedge-rule.js';
import { type CallTimes, calledEvent, type Invitation, Invitations } from './invitations.service.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { triageRequest } from './triage-request.js';

/** Opens a round: triage, the decision's record, one call a bidder. */
@Injectable()
export class Rounds {
  constructor(
    private readonly db: Db,
    private readonly triage: Triage,
    private readonly invitations: Invitations,
    private readonly transitions: Transitions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Handles a `triage` job. A repeat goes on from where the first one stopped; once bidders are invited it does nothing. */
  async open(taskId: string): Promise<void> {
    const seed = randomBytes(16).toString('hex');
    const calledAt = this.clock.now();
    const times = { calledAt, deadlineAt: new Date(calledAt.getTime() + this.config.PROTOTYPE_WINDOW_S * 1_000) };
    const [[task], attachments] = await Promise.all([
      entitiesWhere(this.db, Task, 'WHERE e.id = $1', [taskId]),
      this.invitations.attachments(taskId, times.deadlineAt),
    ]);
    if (task?.status !== 'open' && task?.status !== 'matching') return;
    // Side by side, since what a task asks for stays as it was posted, and whom to call makes no difference to what is sent.
    const deciding = Promise.all([
      this.triage.decide(triageRequest(task, this.config, seed)),
      this.invitations.request(task, times.deadlineAt, attachments),
    ]);
    if ((await takesLonger(deciding, MOMENT_MS)) && !(await this.beginMatching(taskId))) return;
    const [decision, request] = await deciding;
    if (decision.chosen.length === 0) return this.expire(taskId, decision);
    const invitations = this.invitations.to(task, decision.chosen, { ...times, request });
    await this.db.transaction((tx) => this.invite(tx, taskId, decision, invitations, times));
  }

  /** Says that it is being matched, before that is over. @returns whether there is a round to open */
  private async beginMatching(taskId: string): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const task = await this.transitions.lock(tx, taskId);
      if (task?.status === 'open') await this.transitions.move(tx, task, 'match');
      return task?.status === 'matching';
    });
  }

  private async expire(taskId: string, decision: Decision): Promise<void> {
    await this.db.transaction(async (tx) => {
      const task = await this.transitions.lock(tx, taskId);
      if (task?.status === 'open') await this.transitions.move(tx, task, 'match');
      if (task?.status !== 'matching') return;
      await this.triage.keep(tx, decision);
      await this.transitions.move(tx, task, 'expire', { reason: 'nobody_eligible' });
    });
  }

  private async invite(
    tx: Tx,
    taskId: string,
    decision: Decision,
    invitations: readonly Invitation[],
    times: CallTimes,
  ): Promise<void> {
    const [slots, task] = await together(
      this.invitations.freeSlots(tx, invitations),
      this.transitions.lock(tx, taskId),
    );
    if (task?.status !== 'open' && task?.status !== 'matching') return;
    const called = invitations.map(({ bid }) => ({ bid_id: bid.id, agent_id: bid.agentId, agent_name: bid.agentName }));
    const { deadlineAt } = times;
    await together(
      // A move has changed the task when it returns, and asked for what it writes: so the two go out one after the other.
      task.status === 'open' ? this.transitions.move(tx, task, 'match') : null,
      insertRound(tx, task, decision, times),
      this.invitations.open(tx, invitations, slots),
      this.transitions.move(tx, task, 'invite', {
        // A moment longer than the bidders have, so that an answer in time can be committed.
        closesAt: new Date(deadlineAt.getTime() + COMMIT_SPARE_MS),
        data: { deadline_at: deadlineAt.toISOString(), called },
        news: invitations.map(({ bid }) => calledEvent(bid, deadlineAt)),
      }),
      // Last, since it locks the standing of the chosen agents until the commit.
      this.triage.keep(tx, decision),
    );
  }
}

const COMMIT_SPARE_MS = 1_000;
/** Whom to call is mostly known in a moment: then a task is matched and its bidders are invited in one transaction. */
const MOMENT_MS = 30;

async function takesLonger(work: Promise<unknown>, ms: number): Promise<boolean> {
  const isOver = new AbortController();
  const first = await Promise.race([
    work.then(() => false),
    delay(ms, true, { signal: isOver.signal }).catch(() => true),
  ]);
  isOver.abort();
  return first;
}

/** With the rules of its decision, so that nobody who commits a bid has to read the decision for them. */
async function insertRound(
  tx: Tx,
  { id, round }: Task,
  decision: Decision,
  { calledAt: startedAt, deadlineAt }: CallTimes,
): Promise<void> {
  const { stopAfter = null, stopScore = null, hedge = false } = decision.request.rules ?? {};
  const hedgeAt = hedge ? firstLook(decision, { startedAt, deadlineAt }) : null;
  await rows(
    tx,
    `INSERT INTO rounds (task_id, number, decision_id, started_at, deadline_at, outstanding, stop_after, stop_score, hedge_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, round, decision.id, startedAt, deadlineAt, decision.chosen.length, stopAfter, stopScore, hedgeAt],
  );
}
