import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { notesOf } from '../../dispatch/callbacks.queries.js';
import { Db } from '../../platform/database/db.js';
import type { Actor } from '../../platform/http/actor.js';
import { decodeCursor, Page } from '../../platform/http/pagination.js';
import { agentIdOf } from '../../registry/agent-id.js';
import { AgentNotFound } from '../../registry/agents.errors.js';
import { Agents } from '../../registry/agents.service.js';
import { attemptsOf, callOf, callsOf } from './agent-calls.queries.js';
import { callDetail, callView } from './agent-calls.view.js';
import { CallNotFound } from './insight.errors.js';
import type { AgentCallDetail, AgentCallView, ListCalls } from './insight.schema.js';

const Position = z.tuple([z.iso.datetime(), z.uuid()]);

/** The calls of an operator's own agents, with their traces. */
@Injectable()
export class AgentCalls {
  constructor(
    private readonly db: Db,
    private readonly agents: Agents,
  ) {}

  /** The latest first, as long as traces are kept. @throws AgentNotFound, BadRequest BAD_CURSOR */
  async page(actor: Actor, id: string, { task, outcome, cursor, limit }: ListCalls): Promise<Page<AgentCallView>> {
    const agentId = await this.own(actor, id);
    const before = decodeCursor(cursor, Position);
    const found = await callsOf(this.db, agentId, { task, outcome, before, limit: limit + 1 });
    return Page.of(found, limit, (row) => [row.position, row.id], callView);
  }

  /** @throws AgentNotFound, CallNotFound */
  async one(actor: Actor, id: string, callId: string): Promise<AgentCallDetail> {
    const call = await callOf(this.db, await this.own(actor, id), callId);
    if (!call) throw new CallNotFound();
    return callDetail(call, await attemptsOf(this.db, callId), await notesOf(this.db, callId));
  }

  /** @throws AgentNotFound no such agent, or another operator's */
  async own(actor: Actor, id: string): Promise<string> {
    const agentId = agentIdOf(id);
    if ((await this.agents.operatorOf(this.db, agentId)) !== actor.accountId) throw new AgentNotFound();
    return agentId;
  }
}
