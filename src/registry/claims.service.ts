import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newToken, tokenHash } from '../platform/crypto/tokens.js';
import { affected, Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import type { Actor } from '../platform/http/actor.js';
import { Agent, AgentClaim } from './agent.entity.js';
import type { RegisterAgent } from './agent.schema.js';
import { AgentKeys } from './agent-keys.service.js';
import {
  AgentNotFound,
  AgentWasClaimed,
  ClaimNotFound,
  SelfRegistrationClosed,
  TooManyProofsAsked,
  TooManyUnclaimed,
} from './agents.errors.js';
import type { AgentWithCapabilities } from './capabilities.queries.js';
import { FAILURES_BEFORE_UNCLAIMED_ASKS } from './proof.js';
import { one, type Registered, Registration, refuseTooMany } from './registration.service.js';

/** 160 bits: nobody guesses it. */
const CODE_BYTES = 20;
const DAY_MS = 86_400_000;
/** How often an agent that nobody has claimed may ask for its endpoint to be verified. */
const MAX_ASKED = 10;
const MAX_UNCLAIMED = 10_000;

/** An agent that registered itself, with all that is shown this once. */
export interface SelfRegistered {
  readonly registered: Registered;
  readonly claimCode: string;
  readonly claimEndsAt: Date;
  readonly agentKey: string;
}

/** An agent as its own program sees it. `claim` is null for one that was registered by its operator. */
export interface Self {
  readonly agent: AgentWithCapabilities;
  readonly claim: AgentClaim | null;
}

/** Agents that register themselves, and the people who claim them. */
@Injectable()
export class Claims {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly registration: Registration,
    private readonly keys: AgentKeys,
    private readonly events: Events,
  ) {}

  /**
   * Registers an agent that has no operator yet. It proves its endpoint and waits; whoever is given the code claims it. It is
   * neither benchmarked nor called before, and forgotten with its slug after CLAIM_DAYS.
   *
   * @throws SelfRegistrationClosed, TooManyUnclaimed, BadUrl, BadEndpoint, BadCapability, SlugNeeded, SlugTaken
   */
  async selfRegister(tx: Tx, input: RegisterAgent): Promise<SelfRegistered> {
    if (!this.config.SELF_REGISTRATION) throw new SelfRegistrationClosed();
    const [waiting] = await rows<{ count: number }>(
      tx,
      'SELECT count(*)::int AS count FROM (SELECT FROM agents WHERE operator_id IS NULL LIMIT $1) unclaimed',
      [MAX_UNCLAIMED],
    );
    if ((waiting?.count ?? 0) >= MAX_UNCLAIMED) throw new TooManyUnclaimed();
    const registered = await this.registration.registerUnclaimed(tx, input);
    const claimCode = newToken('claim', CODE_BYTES);
    const now = this.clock.now();
    const claimEndsAt = new Date(now.getTime() + this.config.CLAIM_DAYS * DAY_MS);
    const agentId = registered.agent.id;
    const codeHash = tokenHash(claimCode);
    await tx.insert(AgentClaim, {
      agentId,
      codeHash,
      createdAt: now,
      expiresAt: claimEndsAt,
      claimedAt: null,
      asked: 0,
    });
    return { registered, claimCode, claimEndsAt, agentKey: await this.keys.issue(tx, agentId) };
  }

  /**
   * Makes the account the operator of the agent that this code was shown for. A repeat by the same account changes nothing.
   *
   * @throws ClaimNotFound the code is wrong, its time is over, or another account was first: all the same to who tries
   * @throws TooManyAgents
   */
  async claim(tx: Tx, { accountId }: Actor, code: string): Promise<AgentWithCapabilities> {
    const claim = await tx.findOne(AgentClaim, {
      where: { codeHash: tokenHash(code) },
      lock: { mode: 'pessimistic_write' },
    });
    const agent = claim && (await this.locked(tx, claim.agentId));
    const now = this.clock.now();
    if (!claim || !agent || (agent.operatorId ?? accountId) !== accountId || claim.expiresAt <= now) {
      throw new ClaimNotFound();
    }
    if (agent.operatorId === null) {
      await refuseTooMany(tx, accountId);
      Object.assign(agent, { operatorId: accountId, updatedAt: now } satisfies Partial<Agent>);
      claim.claimedAt = now;
      await tx.save([agent, claim]);
      const data = { agent_id: agent.id, slug: agent.slug };
      await this.events.append(tx, { type: 'agent.claimed', accountId, data });
    }
    return one(tx, agent);
  }

  /** @throws AgentNotFound it was forgotten meanwhile */
  async self(agentId: string): Promise<Self> {
    const manager = this.db.dataSource.manager;
    const agent = await manager.findOneBy(Agent, { id: agentId });
    if (!agent) throw new AgentNotFound();
    return { agent: await one(manager, agent), claim: await manager.findOneBy(AgentClaim, { agentId }) };
  }

  /**
   * The agent itself asks for its endpoint to be verified. Before it is claimed, a few times only.
   *
   * @throws AgentNotFound, AgentPaused, TooManyProofsAsked
   */
  async verifyOwnEndpoint(tx: Tx, agentId: string): Promise<Self> {
    const agent = await this.locked(tx, agentId);
    if (!agent) throw new AgentNotFound();
    const claim = await tx.findOneBy(AgentClaim, { agentId });
    if (claim && agent.operatorId === null) {
      if (claim.asked >= MAX_ASKED) throw new TooManyProofsAsked(MAX_ASKED);
      claim.asked += 1;
      await tx.save(claim);
    }
    agent.proofFailures = agent.operatorId === null ? FAILURES_BEFORE_UNCLAIMED_ASKS : 0;
    await this.registration.probeNow(tx, agent);
    return { agent: await one(tx, agent), claim };
  }

  /** The agent takes its registration back; its slug is free again. @throws AgentNotFound, AgentWasClaimed */
  async withdraw(tx: Tx, agentId: string): Promise<void> {
    const agent = await this.locked(tx, agentId);
    if (!agent) throw new AgentNotFound();
    if (agent.operatorId !== null) throw new AgentWasClaimed();
    await forget(tx, [agentId]);
  }

  /** Forgets agents that nobody claimed in time, and the codes of the others. @returns how many agents are gone */
  async forgetUnclaimed(now: Date): Promise<number> {
    return this.db.transaction(async (tx) => {
      const ended = await rows<{ id: string }>(
        tx,
        `SELECT a.id FROM agent_claims c JOIN agents a ON a.id = c.agent_id
         WHERE c.expires_at <= $1 AND a.operator_id IS NULL FOR UPDATE OF a SKIP LOCKED`,
        [now],
      );
      await forget(
        tx,
        ended.map(({ id }) => id),
      );
      await rows(tx, 'DELETE FROM agent_claims WHERE expires_at <= $1 AND claimed_at IS NOT NULL', [now]);
      return ended.length;
    });
  }

  private async locked(tx: Tx, agentId: string): Promise<Agent | null> {
    return tx.findOne(Agent, { where: { id: agentId }, lock: { mode: 'pessimistic_write' } });
  }
}

/** Only for agents without an operator: they were never called, so nothing else names them. */
async function forget(tx: Tx, ids: readonly string[]): Promise<void> {
  await affected(tx, 'DELETE FROM agent_secrets WHERE agent_id = ANY($1::uuid[])', [ids]);
  await affected(tx, 'DELETE FROM agent_capabilities WHERE agent_id = ANY($1::uuid[])', [ids]);
  await affected(tx, 'DELETE FROM agents WHERE id = ANY($1::uuid[])', [ids]);
}
