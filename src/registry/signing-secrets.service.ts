import { randomBytes } from 'node:crypto';
import { newSecret } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { SecretBox } from '../platform/crypto/secrets.js';
import { newId } from '../platform/crypto/tokens.js';
import { affected, Db, rows, type Tx } from '../platform/database/db.js';
import { TooManySecrets } from './agents.errors.js';

/** The newest and two that still overlap: each adds a signature to every message. */
const MAX_VALID = 3;
const HOUR_MS = 3_600_000;

export interface Rotated {
  /** `whsec_...`, shown this once. */
  readonly secret: string;
  /** When the last of the old ones ends; null: they have. */
  readonly oldEndAt: Date | null;
}

/** Secrets to sign with, several of an owner while one is exchanged for another; sealed at rest, in the clear only for whoever signs. */
@Injectable()
export abstract class SigningSecrets {
  protected abstract readonly table: 'agent_secrets' | 'webhook_secrets';
  /** The column that says whose they are. */
  protected abstract readonly owner: 'agent_id' | 'webhook_id';

  constructor(
    private readonly db: Db,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** A new secret, `whsec_...`. It is not shown again. */
  async issue(tx: Tx, ownerId: string): Promise<string> {
    const id = newId();
    const secret = newSecret(randomBytes);
    await rows(tx, `INSERT INTO ${this.table} (id, ${this.owner}, ciphertext, created_at) VALUES ($1, $2, $3, $4)`, [
      ...[id, ownerId],
      ...[this.box.seal(secret, this.placeOf(id)), this.clock.now()],
    ]);
    return secret;
  }

  /**
   * Issues a new secret; the ones before it go on signing for `overlapHours` at most, or end now where that is 0. The caller
   * holds the owner's row.
   *
   * @param overlapHours the server's SECRET_OVERLAP_HOURS when not given
   * @throws TooManySecrets old ones of earlier rotations still overlap
   */
  async rotate(tx: Tx, ownerId: string, overlapHours = this.config.SECRET_OVERLAP_HOURS): Promise<Rotated> {
    const now = this.clock.now();
    const old = await rows<{ expires_at: Date }>(
      tx,
      `UPDATE ${this.table} SET expires_at = LEAST(expires_at, $3)
       WHERE ${this.owner} = $1 AND (expires_at IS NULL OR expires_at > $2) RETURNING expires_at`,
      [ownerId, now, new Date(now.getTime() + overlapHours * HOUR_MS)],
    );
    const ends = old.map((row) => row.expires_at.getTime()).filter((time) => time > now.getTime());
    if (ends.length >= MAX_VALID) throw new TooManySecrets(new Date(Math.min(...ends)));
    const secret = await this.issue(tx, ownerId);
    return { secret, oldEndAt: ends.length > 0 ? new Date(Math.max(...ends)) : null };
  }

  /** The secrets to sign with, newest first. */
  async valid(ownerId: string): Promise<string[]> {
    return (await this.validOf([ownerId]))(ownerId);
  }

  /** The same, read for many owners at once, and opened for each when it is asked for. */
  async validOf(ownerIds: readonly string[]): Promise<(ownerId: string) => string[]> {
    const found = await this.db.query<{ id: string; owner_id: string; ciphertext: string }>(
      `SELECT id, ${this.owner} AS owner_id, ciphertext FROM ${this.table}
       WHERE ${this.owner} = ANY($1::uuid[]) AND (expires_at IS NULL OR expires_at > $2)
       ORDER BY expires_at IS NULL DESC, created_at DESC, id DESC`,
      [ownerIds, this.clock.now()],
    );
    const byOwner = Map.groupBy(found, (row) => row.owner_id);
    return (ownerId) =>
      (byOwner.get(ownerId) ?? []).map(({ id, ciphertext }) => this.box.open(ciphertext, this.placeOf(id)));
  }

  /** @returns how many had ended and are gone */
  async forgetExpired(now: Date): Promise<number> {
    return this.db.transaction((tx) => affected(tx, `DELETE FROM ${this.table} WHERE expires_at <= $1`, [now]));
  }

  private placeOf(id: string) {
    return { table: this.table, column: 'ciphertext', row: id };
  }
}
