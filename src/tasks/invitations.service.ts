import { Injectable } from '@nestjs/common';
import type { Slots } from '../dispatch/beginning.js';
import type { NewCall, StoredRequest } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import { type CallFacts, prototypeRequest } from '../dispatch/execute-request.js';
import { newId } from '../platform/crypto/tokens.js';
import { type Tx, together } from '../platform/database/db.js';
import { Bid } from './bid.entity.js';
import { insertBids } from './bids.queries.js';
import type { Task } from './task.entity.js';
import { Work } from './work.service.js';

export const PROTOTYPE_QUEUE = 'prototype';

/** An agent that is asked for a prototype, as it is now. */
export interface Bidder {
  readonly agentId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly version: number;
  readonly beta: boolean;
  /** Whole credits. */
  readonly minPrice: number;
}

export interface Invitation {
  readonly bid: Bid;
  readonly call: NewCall;
}

/** When a bidder is called, and when the round ends: the same moment for all. */
export interface CallTimes {
  readonly calledAt: Date;
  readonly deadlineAt: Date;
}

/** Makes bids and calls out of agents. */
@Injectable()
export class Invitations {
  constructor(
    private readonly dispatch: Dispatch,
    private readonly work: Work,
  ) {}

  /** What bidders of a round may fetch, by links that live as long as it does. */
  attachments(taskId: string, deadlineAt: Date): Promise<CallFacts['attachments']> {
    return this.work.attachmentLinks(taskId, deadlineAt);
  }

  /** Stores what all bidders of a round are sent: before the transaction that opens their calls. */
  request(task: Task, deadlineAt: Date, attachments: CallFacts['attachments']): Promise<StoredRequest> {
    return this.dispatch.store(prototypeRequest(task, { deadlineAt, attachments }));
  }

  /** A bid and a call for each bidder. */
  to(
    task: Task,
    bidders: readonly Bidder[],
    { calledAt, deadlineAt, request }: CallTimes & { readonly request: StoredRequest },
    extra = false,
  ): Invitation[] {
    return bidders.map((agent) => {
      const callId = newId();
      const call: NewCall = {
        id: callId,
        agentId: agent.agentId,
        taskId: task.id,
        phase: 'prototype',
        queue: PROTOTYPE_QUEUE,
        request,
        dueAt: calledAt,
        deadlineAt,
      };
      return { call, bid: newBid(task, agent, { callId, calledAt, extra }) };
    });
  }

  /** Slots that the calls of a round may take as they are opened: asked for before `open`, which waits for nobody then. */
  async freeSlots(tx: Tx, invitations: readonly Invitation[]): Promise<Slots> {
    const agentIds = invitations.map(({ call }) => call.agentId);
    return this.dispatch.freeSlots(tx, PROTOTYPE_QUEUE, agentIds);
  }

  /** Writes bids and calls down and sends the calls' jobs. */
  async open(tx: Tx, invitations: readonly Invitation[], slots?: Slots): Promise<void> {
    await together(
      insertBids(
        tx,
        invitations.map(({ bid }) => bid),
      ),
      this.dispatch.open(
        tx,
        invitations.map(({ call }) => call),
        slots,
      ),
    );
  }
}

/** For the operator of a bid's agent. */
export function calledEvent({ id, taskId, agentId, operatorId, extra }: Bid, deadlineAt: Date) {
  const data = { task_id: taskId, bid_id: id, agent_id: agentId, deadline_at: deadlineAt.toISOString(), extra };
  return { type: 'bid.called', accountId: operatorId, taskId, data };
}

function newBid(task: Task, agent: Bidder, of: { callId: string; calledAt: Date; extra: boolean }): Bid {
  return Object.assign(new Bid(), {
    id: newId(),
    taskId: task.id,
    round: task.round,
    agentId: agent.agentId,
    agentName: agent.name,
    agentVersion: agent.version,
    agentNew: agent.beta,
    operatorId: agent.operatorId,
    minPrice: agent.minPrice,
    ...of,
    status: 'called',
    presented: false,
    selected: false,
  });
}
