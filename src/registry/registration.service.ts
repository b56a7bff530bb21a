import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { newId } from '../platform/crypto/tokens.js';
import { rows, type Tx } from '../platform/database/db.js';
import { Egress } from '../platform/egress/egress.js';
import type { Actor } from '../platform/http/actor.js';
import { Agent } from './agent.entity.js';
import {
  AgentSlug,
  MAX_AGENTS_PER_OPERATOR,
  type RegisterAgent,
  type RotateSecret,
  type UpdateAgent,
} from './agent.schema.js';
import { agentIdOf } from './agent-id.js';
import { AgentNotFound, AgentPaused, BadCapability, SlugNeeded, SlugTaken, TooManyAgents } from './agents.errors.js';
import { type Declared, declaredCapabilities } from './capabilities.js';
import { type AgentWithCapabilities, replaceCapabilities, withCapabilities } from './capabilities.queries.js';
import { endpointUrl } from './endpoint.js';
import { knownTaskTypes } from './known-task-types.js';
import { ProbeQueue } from './probe-queue.js';
import { AgentSecrets, type Rotated } from './secrets.service.js';
import { freeSlug, slugOf } from './slug.js';

/** What operators do with their agents. Another operator's agent is not found. */
@Injectable()
export class Registration {
  constructor(
    private readonly egress: Egress,
    private readonly clock: Clock,
    private readonly secrets: AgentSecrets,
    private readonly probes: ProbeQueue,
  ) {}

  /**
   * Registers an agent: a draft, which is probed at once and called by nobody before it has passed a benchmark.
   *
   * @returns the agent and its first signing secret, which is shown nowhere else
   * @throws BadUrl, BadEndpoint, BadCapability, SlugNeeded, SlugTaken, TooManyAgents
   */
  async register(tx: Tx, actor: Actor, input: RegisterAgent): Promise<AgentWithCapabilities & { secret: string }> {
    const declared = known(input.capabilities);
    const slug = input.slug ?? slugFrom(input.name);
    const now = this.clock.now();
    const agent = tx.create(Agent, {
      id: newId(),
      operatorId: actor.accountId,
      name: input.name,
      slug,
      description: input.description,
      endpointUrl: endpointUrl(input.endpoint_url, this.egress),
      maxConcurrency: input.max_concurrency,
      minPrice: input.min_price,
      modelNotes: input.model_notes,
      visibility: 'draft',
      pausedAt: null,
      active: false,
      version: 1,
      reportedVersion: null,
      ...unprobed(now),
      healthCheckedAt: null,
      createdAt: now,
      updatedAt: now,
    });
    await refuseTooMany(tx, actor.accountId);
    await insertWithSlug(tx, agent);
    await replaceCapabilities(tx, agent.id, declared);
    const secret = await this.secrets.issue(tx, agent.id);
    await this.probes.send(tx, agent.id);
    return { ...(await one(tx, agent)), secret };
  }

  /**
   * Changes what is named. Another endpoint, other model notes or capabilities make a new version; another endpoint counts
   * as not probed yet, and is probed at once.
   *
   * @throws AgentNotFound, BadUrl, BadEndpoint, BadCapability
   */
  async update(tx: Tx, actor: Actor, agentId: string, changes: UpdateAgent): Promise<AgentWithCapabilities> {
    const agent = await lockOwn(tx, actor, agentId);
    const url = changes.endpoint_url === undefined ? agent.endpointUrl : endpointUrl(changes.endpoint_url, this.egress);
    const declared = changes.capabilities && known(changes.capabilities);
    const moved = url !== agent.endpointUrl;
    const otherModel = changes.model_notes !== undefined && changes.model_notes !== agent.modelNotes;
    const otherCapabilities = declared ? await replaceCapabilities(tx, agent.id, declared) : false;
    const now = this.clock.now();
    Object.assign(agent, {
      name: changes.name ?? agent.name,
      description: changes.description ?? agent.description,
      maxConcurrency: changes.max_concurrency ?? agent.maxConcurrency,
      minPrice: changes.min_price ?? agent.minPrice,
      modelNotes: changes.model_notes ?? agent.modelNotes,
      endpointUrl: url,
      version: agent.version + (moved || otherModel || otherCapabilities ? 1 : 0),
      updatedAt: now,
      ...(moved ? { ...unprobed(now), reportedVersion: null } : {}),
    } satisfies Partial<Agent>);
    await tx.save(agent);
    if (moved && !agent.pausedAt) await this.probes.send(tx, agent.id);
    return one(tx, agent);
  }

  /**
   * Makes a new signing secret; the old ones sign beside it for `overlap_hours` (by default the server's
   * SECRET_OVERLAP_HOURS), so that the agent can change over in its own time.
   *
   * @throws AgentNotFound, TooManySecrets
   */
  async rotateSecret(tx: Tx, actor: Actor, agentId: string, input: RotateSecret): Promise<Rotated> {
    const agent = await lockOwn(tx, actor, agentId);
    return this.secrets.rotate(tx, agent.id, input.overlap_hours);
  }

  /** From now on the agent is neither probed nor called for new tasks; running calls go on. A repeat changes nothing. */
  async pause(tx: Tx, actor: Actor, agentId: string): Promise<AgentWithCapabilities> {
    const agent = await lockOwn(tx, actor, agentId);
    if (!agent.pausedAt) {
      const now = this.clock.now();
      agent.pausedAt = now;
      agent.updatedAt = now;
      await tx.save(agent);
    }
    return one(tx, agent);
  }

  /** Ends a pause. What was known of the agent's health is old by now, so it is probed first. A repeat changes nothing. */
  async resume(tx: Tx, actor: Actor, agentId: string): Promise<AgentWithCapabilities> {
    const agent = await lockOwn(tx, actor, agentId);
    if (agent.pausedAt) {
      const now = this.clock.now();
      const { probeId, nextProbeAt } = isBeingProbed(agent, now) ? agent : unprobed(now);
      const changes = { pausedAt: null, updatedAt: now, ...unprobed(now), probeId, nextProbeAt };
      Object.assign(agent, changes satisfies Partial<Agent>);
      await tx.save(agent);
      await this.probes.send(tx, agent.id);
    }
    return one(tx, agent);
  }

  /**
   * Asks for a probe now, ahead of its time. Its result shows in the agent within seconds, and in `agent.health_changed`
   * when it changes anything. While a probe runs, that one is the answer.
   *
   * @throws AgentNotFound, AgentPaused
   */
  async requestProbe(tx: Tx, actor: Actor, agentId: string): Promise<AgentWithCapabilities> {
    const agent = await lockOwn(tx, actor, agentId);
    if (agent.pausedAt) throw new AgentPaused();
    const now = this.clock.now();
    if (!isBeingProbed(agent, now)) {
      agent.nextProbeAt = now;
      await tx.save(agent);
      await this.probes.send(tx, agent.id);
    }
    return one(tx, agent);
  }
}

/** A probe that has not come back in time counts as lost. */
function isBeingProbed({ probeId, nextProbeAt }: Agent, now: Date): boolean {
  return probeId !== null && nextProbeAt > now;
}

/** Nothing is known of its health, and a probe is due. A probe that runs already is of no use any more. */
function unprobed(now: Date) {
  return { health: 'unknown', healthFailures: 0, healthReason: null, probeId: null, nextProbeAt: now } as const;
}

/** @throws BadCapability */
function known(inputs: RegisterAgent['capabilities']): Declared[] {
  const declared = declaredCapabilities(inputs, knownTaskTypes());
  if (Array.isArray(declared)) return declared;
  throw new BadCapability(declared);
}

/** @throws SlugNeeded */
function slugFrom(name: string): string {
  const parsed = AgentSlug.safeParse(slugOf(name));
  if (!parsed.success) throw new SlugNeeded();
  return parsed.data;
}

/** @throws AgentNotFound no such agent, or another operator's */
async function lockOwn(tx: Tx, { accountId }: Actor, agentId: string): Promise<Agent> {
  const where = { id: agentIdOf(agentId), operatorId: accountId };
  const agent = await tx.findOne(Agent, { where, lock: { mode: 'pessimistic_write' } });
  if (!agent) throw new AgentNotFound();
  return agent;
}

/** Agents of one operator are registered one after the other, so that the count holds. */
async function refuseTooMany(tx: Tx, operatorId: string): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('agents of ' || $1, 0))`, [operatorId]);
  if ((await tx.countBy(Agent, { operatorId })) >= MAX_AGENTS_PER_OPERATOR) throw new TooManyAgents();
}

/** Of two that want one slug at once, the second waits for the first and is refused. @throws SlugTaken */
async function insertWithSlug(tx: Tx, agent: Agent): Promise<void> {
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(Agent)
    .values(agent)
    .orIgnore()
    .returning('id')
    .execute();
  if (inserted.raw.length > 0) return;
  const taken = await rows<{ slug: string }>(tx, `SELECT slug FROM agents WHERE slug LIKE $1 || '%' LIMIT 10000`, [
    agent.slug.slice(0, 50),
  ]);
  throw new SlugTaken(agent.slug, freeSlug(agent.slug, new Set(taken.map(({ slug }) => slug))));
}

async function one(tx: Tx, agent: Agent): Promise<AgentWithCapabilities> {
  const [found] = await withCapabilities(tx, [agent]);
  return found ?? { agent, capabilities: [] };
}
