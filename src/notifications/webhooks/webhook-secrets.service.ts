import { randomBytes } from 'node:crypto';
import { newSecret } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { SecretBox } from '../../platform/crypto/secrets.js';
import { newId } from '../../platform/crypto/tokens.js';
import { affected, Db, rows, type Tx } from '../../platform/database/db.js';
import { TooManySecrets } from '../../registry/agents.errors.js';

/** The newest and two that still overlap: each adds a signature to every delivery. */
const MAX_VALID = 3;
const HOUR_MS = 3_600_000;

const placeOf = (id: string) => ({ table: 'webhook_secrets', column: 'ciphertext', row: id });

export interface RotatedSecret {
  /** `whsec_...`, shown this once. */
  readonly secret: string;
  /** When the last of the old ones ends; null: they have. */
  readonly oldEndAt: Date | null;
}

/** What webhooks are signed with; sealed at rest, in the clear only for whoever signs. */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly db: Db,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** A new secret, `whsec_...`. It is not shown again. */
  async issue(tx: Tx, webhookId: string): Promise<string> {
    const id = newId();
    const secret = newSecret(randomBytes);
    await rows(tx, 'INSERT INTO webhook_secrets (id, webhook_id, ciphertext, created_at) VALUES ($1, $2, $3, $4)', [
      id,
      webhookId,
      this.box.seal(secret, placeOf(id)),
      this.clock.now(),
    ]);
    return secret;
  }

  /**
   * Issues a new secret; the ones before it go on signing for `overlapHours` at most, or end now where that is 0. The caller
   * holds the webhook's row.
   *
   * @param overlapHours the server's SECRET_OVERLAP_HOURS when not given
   * @throws TooManySecrets old ones of earlier rotations still overlap
   */
  async rotate(tx: Tx, webhookId: string, overlapHours = this.config.SECRET_OVERLAP_HOURS): Promise<RotatedSecret> {
    const now = this.clock.now();
    const old = await rows<{ expires_at: Date }>(
      tx,
      `UPDATE webhook_secrets SET expires_at = LEAST(expires_at, $3)
       WHERE webhook_id = $1 AND (expires_at IS NULL OR expires_at > $2) RETURNING expires_at`,
      [webhookId, now, new Date(now.getTime() + overlapHours * HOUR_MS)],
    );
    const ends = old.map((row) => row.expires_at.getTime()).filter((time) => time > now.getTime());
    if (ends.length >= MAX_VALID) throw new TooManySecrets(new Date(Math.min(...ends)));
    const secret = await this.issue(tx, webhookId);
    return { secret, oldEndAt: ends.length > 0 ? new Date(Math.max(...ends)) : null };
  }

  /** The secrets to sign with, newest first. */
  async valid(webhookId: string): Promise<string[]> {
    const found = await this.db.query<{ id: string; ciphertext: string }>(
      `SELECT id, ciphertext FROM webhook_secrets WHERE webhook_id = $1 AND (expires_at IS NULL OR expires_at > $2)
       ORDER BY expires_at IS NULL DESC, created_at DESC, id DESC`,
      [webhookId, this.clock.now()],
    );
    return found.map(({ id, ciphertext }) => this.box.open(ciphertext, placeOf(id)));
  }

  /** @returns how many had ended and are gone */
  async forgetExpired(now: Date): Promise<number> {
    return this.db.transaction((tx) => affected(tx, 'DELETE FROM webhook_secrets WHERE expires_at <= $1', [now]));
  }
}
