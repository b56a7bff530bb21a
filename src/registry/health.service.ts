import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db, rows } from '../platform/database/db.js';
import { Egress } from '../platform/egress/egress.js';
import { EgressFailure } from '../platform/egress/failure.js';
import { VERSION } from '../platform/version.js';
import { Agents } from './agents.service.js';
import { HEALTH_BODY_BYTES, healthUrl, type ProbeResult, readHealth } from './health.js';
import type { Due } from './probe-queue.js';

/** How much longer than its timeout a probe holds its agent, in ms. A process that died holds it no longer than that. */
const CLAIM_SLACK_MS = 10_000;

/** Asks agents whether they are there. */
@Injectable()
export class HealthProbes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly egress: Egress,
    private readonly agents: Agents,
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
   * @returns the result; null when there was nothing to do, or nothing can be said: this server is stopping, or the
   *          endpoint changed meanwhile
   */
  async probe(agentId: string): Promise<ProbeResult | null> {
    const probeId = randomUUID();
    const endpointUrl = await this.claim(agentId, probeId);
    if (endpointUrl === null) return null;
    const result = await this.ask(healthUrl(endpointUrl));
    if (result === null) return null;
    return this.db.transaction(async (tx) => {
      const ours = await rows(tx, 'SELECT 1 FROM agents WHERE id = $1 AND probe_id = $2 FOR UPDATE', [
        agentId,
        probeId,
      ]);
      if (ours.length === 0) return null;
      await this.agents.noteHealth(tx, agentId, result);
      return result;
    });
  }

  /** Takes the agent for one probe, in a statement of its own, so that no lock is held while the network is waited for. */
  private async claim(agentId: string, probeId: string): Promise<string | null> {
    const now = this.clock.now();
    const lostAt = new Date(now.getTime() + this.config.HEALTH_TIMEOUT_MS + CLAIM_SLACK_MS);
    const [claimed] = await this.db.query<{ endpoint_url: string }>(
      `UPDATE agents SET probe_id = $2, next_probe_at = $4 WHERE id = (
         SELECT id FROM agents WHERE id = $1 AND paused_at IS NULL AND next_probe_at <= $3 FOR UPDATE SKIP LOCKED
       ) RETURNING endpoint_url`,
      [agentId, probeId, now, lostAt],
    );
    return claimed?.endpoint_url ?? null;
  }

  private async ask(url: string): Promise<ProbeResult | null> {
    try {
      const { status, body } = await this.egress.request({
        url,
        method: 'GET',
        headers: { accept: 'application/json', 'user-agent': `Bakeoff/${VERSION}` },
        signal: AbortSignal.timeout(this.config.HEALTH_TIMEOUT_MS),
        maxBytes: HEALTH_BODY_BYTES,
      });
      return readHealth(status, body);
    } catch (err) {
      if (!(err instanceof EgressFailure)) throw err;
      return err.reason === 'aborted' ? null : { ok: false, reason: `GET ${url}: ${err.message}` };
    }
  }
}
