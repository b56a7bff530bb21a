import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { NewCall } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import { prototypeRequest } from '../dispatch/execute-request.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import type { Chosen, Decision } from '../triage/decision.js';
import { Triage } from '../triage/triage.service.js';
import { Bid } from './bid.entity.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';
import { Work } from './work.service.js';

export const PROTOTYPE_QUEUE = 'prototype';

interface Invitation {
  readonly bid: Bid;
  readonly call: NewCall;
}

/** Opens a round: triage, the decision's record, one call a bidder. */
@Injectable()
export class Rounds {
  constructor(
    private readonly db: Db,
    private readonly triage: Triage,
    private readonly dispatch: Dispatch,
    private readonly transitions: Transitions,
    private readonly work: Work,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Handles a `triage` job. A repeat goes on from where the first one stopped; once bidders are invited it does nothing. */
  async open(taskId: string): Promise<void> {
    const task = await this.db.transaction((tx) => this.beginMatching(tx, taskId));
    if (!task) return;
    const decision = await this.triage.decide({
      taskId,
      round: task.round,
      buyerId: task.buyerId,
      category: task.category,
      taskType: task.taskType,
      budget: task.budget,
      places: this.config.POOL_SIZE,
      experimentation: this.config.EXPERIMENTATION,
      seed: randomBytes(16).toString('hex'),
    });
    if (decision.chosen.length === 0) return this.expire(taskId, decision);
    const startedAt = this.clock.now();
    const deadlineAt = new Date(startedAt.getTime() + this.config.PROTOTYPE_WINDOW_S * 1_000);
    const invitations = await this.invitations(task, decision.chosen, startedAt, deadlineAt);
    await this.db.transaction((tx) => this.invite(tx, taskId, decision, invitations, startedAt, deadlineAt));
  }

  private async beginMatching(tx: Tx, taskId: string): Promise<Task | null> {
    const task = await this.transitions.lock(tx, taskId);
    if (task?.status === 'open') return this.transitions.move(tx, task, 'match');
    return task?.status === 'matching' ? task : null;
  }

  private async expire(taskId: string, decision: Decision): Promise<void> {
    await this.db.transaction(async (tx) => {
      const task = await this.transitions.lock(tx, taskId);
      if (task?.status !== 'matching') return;
      await this.triage.keep(tx, decision);
      await this.transitions.move(tx, task, 'expire', { reason: 'nobody_eligible' });
    });
  }

  /** Each bidder's request, stored before the transaction that opens its call. The deadline is the same for all. */
  private async invitations(
    task: Task,
    chosen: readonly Chosen[],
    startedAt: Date,
    deadlineAt: Date,
  ): Promise<Invitation[]> {
    const attachments = await this.work.attachmentLinks(task.id, deadlineAt);
    return Promise.all(
      chosen.map(async (agent) => {
        const callId = newId();
        const request = await this.dispatch.store(prototypeRequest(task, { callId, deadlineAt, attachments }));
        const call: NewCall = {
          id: callId,
          agentId: agent.agentId,
          taskId: task.id,
          phase: 'prototype',
          queue: PROTOTYPE_QUEUE,
          request,
          dueAt: startedAt,
          deadlineAt,
        };
        return { call, bid: newBid(task, agent, callId, startedAt) };
      }),
    );
  }

  private async invite(
    tx: Tx,
    taskId: string,
    decision: Decision,
    invitations: Invitation[],
    startedAt: Date,
    deadlineAt: Date,
  ): Promise<void> {
    const task = await this.transitions.lock(tx, taskId);
    if (task?.status !== 'matching') return;
    await rows(
      tx,
      'INSERT INTO rounds (task_id, number, decision_id, started_at, deadline_at, outstanding) VALUES ($1, $2, $3, $4, $5, $6)',
      [taskId, task.round, decision.id, startedAt, deadlineAt, invitations.length],
    );
    await tx.insert(
      Bid,
      invitations.map(({ bid }) => bid),
    );
    await this.dispatch.open(tx, ...invitations.map(({ call }) => call));
    const called = invitations.map(({ bid }) => ({ bid_id: bid.id, agent_id: bid.agentId, agent_name: bid.agentName }));
    await this.transitions.move(tx, task, 'invite', {
      // A moment longer than the bidders have, so that an answer in time can be committed.
      closesAt: new Date(deadlineAt.getTime() + COMMIT_SPARE_MS),
      data: { deadline_at: deadlineAt.toISOString(), called },
    });
    const toOperators = invitations.map(({ bid }) => ({
      type: 'bid.called',
      accountId: bid.operatorId,
      taskId,
      data: { task_id: taskId, bid_id: bid.id, agent_id: bid.agentId, deadline_at: deadlineAt.toISOString() },
    }));
    await this.events.append(tx, ...toOperators);
    // Last, since it locks the standing of the chosen agents until the commit.
    await this.triage.keep(tx, decision);
  }
}

const COMMIT_SPARE_MS = 1_000;

function newBid(task: Task, agent: Chosen, callId: string, calledAt: Date): Bid {
  return Object.assign(new Bid(), {
    id: newId(),
    taskId: task.id,
    round: task.round,
    agentId: agent.agentId,
    agentName: agent.name,
    agentVersion: agent.version,
    operatorId: agent.operatorId,
    minPrice: agent.minPrice,
    callId,
    status: 'called',
    calledAt,
    presented: false,
    selected: false,
  });
}
