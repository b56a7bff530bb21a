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
import { AgentKeys } from './agent-keys.service.js';
import { AgentNotFound, AgentPaused, BadCapability, SlugNeeded, SlugTaken, TooManyAgents } from './agents.errors.js';
import { type Declared, declaredCapabilities } from './capabilities.js';
import { type AgentWithCapabilities, replaceCapabilities, withCapabilities } from './capabilities.queries.js';
import { type Consequence, consequences, snapshot } from './consequences.js';
import { endpointUrl } from './endpoint.js';
import { HealthHistory } from './health-history.service.js';
import { knownTaskTypes } from './known-task-types.js';
import { ProbeQueue } from './probe-queue.js';
import { AgentSecrets } from './secrets.service.js';
import type { Rotated } from './signing-secrets.service.js';
import { freeSlug, slugOf } from './slug.js';

const NOT_ASKED = { ok: null, tookMs: null, reason: null, health: 'unknown' } as const;

/** A new agent with its first signing secret, which is shown nowhere else. */
export type Registered = AgentWithCapabilities & { readonly secret: string };
/** A changed agent, and what the change brings with it. */
export type Updated = AgentWithCapabilities & { readonly consequences: readonly Consequence[] };

/** What operators do with their agents. Another operator's agent is not found. */
@Injectable()
export class Registration {
  constructor(
    private readonly egress: Egress,
    private readonly clock: Clock,
    private readonly secrets: AgentSecrets,
    private readonly probes: ProbeQueue,
    private readonly keys: AgentKeys,
    private readonly history: HealthHistory,
  ) {}

  /**
   * Registers an agent: a draft, which is probed at once and called by nobody before it has passed a benchmark.
   *
   * @returns the agent and its first signing secret, which is shown nowhere else
   * @throws BadUrl, BadEndpoint, BadCapability, SlugNeeded, SlugTaken, TooManyAgents
   */
  async register(tx: Tx, actor: Actor, input: RegisterAgent): Promise<Registered> {
    await refuseTooMany(tx, actor.accountId);
    return this.add(tx, actor.accountId, input);
  }

  /**
   * Registers an agent that nobody answers for yet: it is asked to prove its endpoint, and nothing more happens to it.
   *
   * @throws BadUrl, BadEndpoint, BadCapability, SlugNeeded, SlugTaken
   */
  async registerUnclaimed(tx: Tx, input: RegisterAgent): Promise<Registered> {
    return this.add(tx, null, input);
  }

  private async add(tx: Tx, operatorId: string | null, input: RegisterAgent): Promise<Registered> {
    const declared = known(input.capabilities);
    const slug = input.slug ?? slugFrom(input.name);
    const now = this.clock.now();
    const agent = tx.create(Agent, {
      id: newId(),
      operatorId,
      name: input.name,
      slug,
      description: input.description,
      endpointUrl: endpointUrl(input.endpoint_url, this.egress),
      executionMode: input.execution_mode,
      maxConcurrency: input.max_concurrency,
      minPrice: input.min_price,
      modelNotes: input.model_notes,
      visibility: 'draft',
      pausedAt: null,
      active: false,
      version: 1,
      ...movedTo(now),
      healthCheckedAt: null,
      createdAt: now,
      updatedAt: now,
    });
    await insertWithSlug(tx, agent);
    await replaceCapabilities(tx, agent.id, declared);
    const secret = await this.secrets.issue(tx, agent.id);
    await this.probes.send(tx, agent.id);
    return { ...(await one(tx, agent)), secret };
  }

  /**
   * Changes what is named. Another endpoint or execution mode, other model notes or capabilities make a new version; another endpoint must
   * prove itself as the first one did, and is asked at once.
   *
   * @throws AgentNotFound, BadUrl, BadEndpoint, BadCapability
   */
  async update(tx: Tx, actor: Actor, agentId: string, changes: UpdateAgent): Promise<Updated> {
    const agent = await lockOwn(tx, actor, agentId);
    const before = snapshot(await one(tx, agent));
    const url = changes.endpoint_url === undefined ? agent.endpointUrl : endpointUrl(changes.endpoint_url, this.egress);
    const declared = changes.capabilities && known(changes.capabilities);
    const moved = url !== agent.endpointUrl;
    const otherModel = changes.model_notes !== undefined && changes.model_notes !== agent.modelNotes;
    const otherMode = changes.execution_mode !== undefined && changes.execution_mode !== agent.executionMode;
    const otherCapabilities = declared ? await replaceCapabilities(tx, agent.id, declared) : false;
    const now = this.clock.now();
    Object.assign(agent, {
      name: changes.name ?? agent.name,
      description: changes.description ?? agent.description,
      executionMode: changes.execution_mode ?? agent.executionMode,
      maxConcurrency: changes.max_concurrency ?? agent.maxConcurrency,
      minPrice: changes.min_price ?? agent.minPrice,
      modelNotes: changes.model_notes ?? agent.modelNotes,
      endpointUrl: url,
      version: agent.version + (moved || otherMode || otherModel || otherCapabilities ? 1 : 0),
      updatedAt: now,
      ...(moved ? movedTo(now) : {}),
    } satisfies Partial<Agent>);
    await tx.save(agent);
    if (moved) await this.history.note(tx, agent.id, NOT_ASKED);
    if (moved && !agent.pausedAt) await this.probes.send(tx, agent.id);
    const after = await one(tx, agent);
    return { ...after, consequences: consequences(before, snapshot(after)) };
  }

  /** What `update` would answer, with the same refusals: the change is made and taken back. */
  async previewUpdate(tx: Tx, actor: Actor, agentId: string, changes: UpdateAgent): Promise<Updated> {
    await rows(tx, 'SAVEPOINT update_preview', []);
    try {
      return await this.update(tx, actor, agentId, changes);
    } finally {
      await rows(tx, 'ROLLBACK TO SAVEPOINT update_preview', []);
    }
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
      await this.history.note(tx, agent.id, { ...NOT_ASKED, health: agent.health });
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
    await this.probeNow(tx, agent);
    return one(tx, agent);
  }

  /**
   * The same, and an endpoint that has not proven itself is asked again and again for a while.
   *
   * @throws AgentNotFound, AgentPaused
   */
  async verifyEndpoint(tx: Tx, actor: Actor, agentId: string): Promise<AgentWithCapabilities> {
    const agent = await lockOwn(tx, actor, agentId);
    agent.proofFailures = 0;
    await this.probeNow(tx, agent);
    return one(tx, agent);
  }

  /** A new key for the agent's own program, shown this once; the old one ends. @throws AgentNotFound */
  async newAgentKey(tx: Tx, actor: Actor, agentId: string): Promise<string> {
    const agent = await lockOwn(tx, actor, agentId);
    return this.keys.issue(tx, agent.id);
  }

  /** For whoever holds the agent's row. @throws AgentPaused */
  async probeNow(tx: Tx, agent: Agent): Promise<void> {
    if (agent.pausedAt) throw new AgentPaused();
    const now = this.clock.now();
    const isRunning = isBeingProbed(agent, now);
    if (!isRunning) agent.nextProbeAt = now;
    await tx.save(agent);
    if (!isRunning) await this.probes.send(tx, agent.id);
  }
}

/** A probe that has not come back in time counts as lost. */
function isBeingProbed({ probeId, nextProbeAt }: Agent, now: Date): boolean {
  return probeId !== null && nextProbeAt !== null && nextProbeAt > now;
}

/** Nothing is known of its health, and a probe is due. A probe that runs already is of no use any more. */
function unprobed(now: Date) {
  return { health: 'unknown', healthFailures: 0, healthReason: null, probeId: null, nextProbeAt: now } as const;
}

/** Nothing is known of an endpoint that was just named, and it has proven nothing. */
function movedTo(now: Date) {
  return {
    ...unprobed(now),
    endpointVerifiedAt: null,
    proof: null,
    proofFailures: 0,
    reportedVersion: null,
    reportedAgent: null,
    reportedCapabilities: null,
  } as const;
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
export async function lockOwn(tx: Tx, { accountId }: Actor, agentId: string): Promise<Agent> {
  const where = { id: agentIdOf(agentId), operatorId: accountId };
  const agent = await tx.findOne(Agent, { where, lock: { mode: 'pessimistic_write' } });
  if (!agent) throw new AgentNotFound();
  return agent;
}

/** Agents of one operator are registered one after the other, so that the count holds. */
export async function refuseTooMany(tx: Tx, operatorId: string): Promise<void> {
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

export async function one(tx: Tx, agent: Agent): Promise<AgentWithCapabilities> {
  const [found] = await withCapabilities(tx, [agent]);
  return found ?? { agent, capabilities: [] };
}
