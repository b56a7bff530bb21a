import { randomBytes } from 'node:crypto';
import { newSecret } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { SecretBox } from '../platform/crypto/secrets.js';
import { newId } from '../platform/crypto/tokens.js';
import { affected, Db, rows, type Tx } from '../platform/database/db.js';
import { AgentSecret } from './agent.entity.js';
import { TooManySecrets } from './agents.errors.js';

/** The newest and two that still overlap: each adds a signature to every call. */
const MAX_VALID = 3;
const HOUR_MS = 3_600_000;

const placeOf = (id: string) => ({ table: 'agent_secrets', column: 'ciphertext', row: id });

export interface Rotated {
  /** `whsec_...`, shown this once. */
  readonly secret: string;
  /** When the last of the old ones ends; null: they have. */
  readonly oldEndAt: Date | null;
}

/** The secrets that agents' calls are signed with; sealed at rest, in the clear only for whoever signs. */
@Injectable()
export class AgentSecrets {
  constructor(
    private readonly db: Db,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** A new secret of the agent, `whsec_...`. It is not shown again. */
  async issue(tx: Tx, agentId: string): Promise<string> {
    const id = newId();
    const secret = newSecret(randomBytes);
    const ciphertext = this.box.seal(secret, placeOf(id));
    await tx.insert(AgentSecret, { id, agentId, ciphertext, createdAt: this.clock.now(), expiresAt: null });
    return secret;
  }

  /**
   * Issues a new secret; the ones before it go on signing for `overlapHours` at most, or end now where that is 0. The caller
   * holds the agent's row.
   *
   * @param overlapHours the server's setting when not given
   * @throws TooManySecrets old ones of earlier rotations still overlap
   */
  async rotate(tx: Tx, agentId: string, overlapHours = this.config.SECRET_OVERLAP_HOURS): Promise<Rotated> {
    const now = this.clock.now();
    const end = new Date(now.getTime() + overlapHours * HOUR_MS);
    const old = await rows<{ expires_at: Date }>(
      tx,
      `UPDATE agent_secrets SET expires_at = LEAST(expires_at, $3)
       WHERE agent_id = $1 AND (expires_at IS NULL OR expires_at > $2) RETURNING expires_at`,
      [agentId, now, end],
    );
    const ends = old.map((row) => row.expires_at.getTime()).filter((time) => time > now.getTime());
    if (ends.length >= MAX_VALID) throw new TooManySecrets(new Date(Math.min(...ends)));
    const secret = await this.issue(tx, agentId);
    return { secret, oldEndAt: ends.length > 0 ? new Date(Math.max(...ends)) : null };
  }

  /** The secrets to sign with, newest first. */
  async valid(agentId: string): Promise<string[]> {
    return (await this.validOf([agentId]))(agentId);
  }

  /** The same, read for many agents at once, and opened for each when it is asked for. */
  async validOf(agentIds: readonly string[]): Promise<(agentId: string) => string[]> {
    const found = await this.db.query<{ id: string; agent_id: string; ciphertext: string }>(
      `SELECT id, agent_id, ciphertext FROM agent_secrets
       WHERE agent_id = ANY($1::uuid[]) AND (expires_at IS NULL OR expires_at > $2)
       ORDER BY expires_at IS NULL DESC, created_at DESC, id DESC`,
      [agentIds, this.clock.now()],
    );
    const byAgent = Map.groupBy(found, (row) => row.agent_id);
    return (agentId) =>
      (byAgent.get(agentId) ?? []).map(({ id, ciphertext }) => this.box.open(ciphertext, placeOf(id)));
  }

  /** @returns how many had ended and are gone */
  async forgetExpired(now: Date): Promise<number> {
    return this.db.transaction((tx) => affected(tx, 'DELETE FROM agent_secrets WHERE expires_at <= $1', [now]));
  }
}
