import { randomUUID } from 'node:crypto';
import { CHALLENGE_HEADER, sign } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db, rows } from '../platform/database/db.js';
import { Egress } from '../platform/egress/egress.js';
import { EgressFailure } from '../platform/egress/failure.js';
import { VERSION } from '../platform/version.js';
import { Agents } from './agents.service.js';
import { HEALTH_BODY_BYTES, healthUrl, type ProbeResult, readHealth } from './health.js';
import { type Due, ProbeQueue } from './probe-queue.js';
import { isProven, proofOf } from './proof.js';
import { ProofBudget } from './proof-budget.service.js';
import { AgentSecrets } from './secrets.service.js';

/** How much longer than its timeout a probe holds its agent, in ms. A process that died holds it no longer than that. */
const CLAIM_SLACK_MS = 10_000;

/** An agent that this process probes. */
interface Claimed {
  readonly agentId: string;
  readonly probeId: string;
  readonly endpointUrl: string;
  readonly verified: boolean;
}

/** Asks agents whether they are there, and whether their endpoint holds their secret. */
@Injectable()
export class HealthProbes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly egress: Egress,
    private readonly agents: Agents,
    private readonly secrets: AgentSecrets,
    private readonly budget: ProofBudget,
    private readonly queue: ProbeQueue,
  ) {}

  /** The agents that a probe is due for, longest overdue first; paused ones are left alone. */
  async dueAgents(now: Date, limit: number): Promise<Due[]> {
    return this.db.query<Due>(
      `SELECT id, next_probe_at AS "nextProbeAt" FROM agents
       WHERE paused_at IS NULL AND next_probe_at <= $1 ORDER BY next_probe_at LIMIT $2`,
      [now, limit],
    );
  }

  /**
   * Probes one agent, if that is due and no other process is at it, and counts the result.
   *
   * @returns the result; null when there was nothing to do, or nothing can be said: this server is stopping, the endpoint
   *          changed meanwhile, or its host has had its tries for the hour
   */
  async probe(agentId: string): Promise<ProbeResult | null> {
    const claimed = await this.claim(agentId);
    if (!claimed) return null;
    const until = claimed.verified ? null : await this.budget.take(claimed.endpointUrl);
    if (until) return this.putOff(claimed, until);
    const startedAt = performance.now();
    const result = await this.ask(claimed);
    const tookMs = performance.now() - startedAt;
    if (result === null) return null;
    if (!claimed.verified && result.ok && isProven(result.proof)) await this.budget.giveBack(claimed.endpointUrl);
    return this.note(claimed, result, tookMs);
  }

  private async note({ agentId, probeId }: Claimed, result: ProbeResult, tookMs: number): Promise<ProbeResult | null> {
    return this.db.transaction(async (tx) => {
      const ours = await rows(tx, 'SELECT 1 FROM agents WHERE id = $1 AND probe_id = $2 FOR UPDATE', [
        agentId,
        probeId,
      ]);
      if (ours.length === 0) return null;
      const nextProbeAt = await this.agents.noteHealth(tx, agentId, result, tookMs);
      if (nextProbeAt) await this.queue.sendIfSoon(tx, agentId, nextProbeAt, this.clock.now());
      return result;
    });
  }

  /** Takes the agent for one probe, in a statement of its own, so that no lock is held while the network is waited for. */
  private async claim(agentId: string): Promise<Claimed | null> {
    const now = this.clock.now();
    const probeId = randomUUID();
    const lostAt = new Date(now.getTime() + this.config.HEALTH_TIMEOUT_MS + CLAIM_SLACK_MS);
    const [claimed] = await this.db.query<{ endpoint_url: string; verified: boolean }>(
      `UPDATE agents SET probe_id = $2, next_probe_at = $4 WHERE id = (
         SELECT id FROM agents WHERE id = $1 AND paused_at IS NULL AND next_probe_at <= $3 FOR UPDATE SKIP LOCKED
       ) RETURNING endpoint_url, endpoint_verified_at IS NOT NULL AS verified`,
      [agentId, probeId, now, lostAt],
    );
    return claimed ? { agentId, probeId, endpointUrl: claimed.endpoint_url, verified: claimed.verified } : null;
  }

  private async putOff({ agentId, probeId }: Claimed, until: Date): Promise<null> {
    await this.db.query('UPDATE agents SET probe_id = NULL, next_probe_at = $3 WHERE id = $1 AND probe_id = $2', [
      agentId,
      probeId,
      until,
    ]);
    return null;
  }

  /** One GET, signed like a call with an empty body; its id is the challenge. */
  private async ask({ agentId, probeId: challenge, endpointUrl }: Claimed): Promise<ProbeResult | null> {
    const url = healthUrl(endpointUrl);
    const secrets = await this.secrets.valid(agentId);
    const timestampS = Math.floor(this.clock.now().getTime() / 1_000);
    try {
      const { status, body } = await this.egress.request({
        url,
        method: 'GET',
        headers: {
          ...sign({ secrets, id: challenge, timestampS, body: '' }),
          [CHALLENGE_HEADER]: challenge,
          accept: 'application/json',
          'user-agent': `Bakeoff/${VERSION}`,
        },
        signal: AbortSignal.timeout(this.config.HEALTH_TIMEOUT_MS),
        maxBytes: HEALTH_BODY_BYTES,
      });
      const said = readHealth(status, body);
      return said.ok ? { ...said, proof: proofOf(said.proof, challenge, secrets) } : said;
    } catch (err) {
      if (!(err instanceof EgressFailure)) throw err;
      return err.reason === 'aborted' ? null : { ok: false, reason: `GET ${url}: ${err.message}` };
    }
  }
}
