import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { tokenHash } from '../platform/crypto/tokens.js';
import { Db } from '../platform/database/db.js';
import type { Actor, Role, Scope } from '../platform/http/actor.js';
import { scopesOfKey, scopesOfRole } from './grants.js';

const MINUTE_MS = 60_000;
const KEPT_MS = 30 * 86_400_000;

/** Whose a credential is, or in a sentence why it is nobody's. */
export type Recognised = { readonly actor: Actor } | { readonly problem: string };

interface KeyRow {
  id: string;
  account_id: string;
  scopes: Scope[];
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  role: Role;
  disabled_at: Date | null;
}

interface SessionRow {
  id: string;
  account_id: string;
  expires_at: Date;
  last_seen_at: Date;
  role: Role;
  disabled_at: Date | null;
}

/** What keys and session tokens open, and for how long. */
@Injectable()
export class Credentials {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async ofKey(token: string): Promise<Recognised> {
    const [key] = await this.db.query<KeyRow>(
      `SELECT k.id, k.account_id, k.scopes, k.expires_at, k.revoked_at, k.last_used_at, a.role, a.disabled_at
       FROM api_keys k JOIN accounts a ON a.id = k.account_id WHERE k.token_hash = $1`,
      [tokenHash(token)],
    );
    const now = this.clock.now();
    if (!key) return { problem: 'This API key is not known.' };
    if (key.revoked_at) return { problem: `This API key was revoked at ${key.revoked_at.toISOString()}.` };
    if (key.expires_at && key.expires_at <= now)
      return { problem: `This API key ended at ${key.expires_at.toISOString()}.` };
    if (key.disabled_at) return { problem: 'The account of this API key is disabled.' };
    if (isStale(key.last_used_at, now)) await this.noteKeyUse(key.id, now);
    const scopes = scopesOfKey(key.scopes, key.role);
    return { actor: { accountId: key.account_id, role: key.role, scopes, via: 'key', viaId: key.id } };
  }

  async ofSession(token: string): Promise<Recognised> {
    const [session] = await this.db.query<SessionRow>(
      `SELECT s.id, s.account_id, s.expires_at, s.last_seen_at, a.role, a.disabled_at
       FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = $1`,
      [tokenHash(token)],
    );
    const now = this.clock.now();
    if (!session) return { problem: 'This session has ended.' };
    if (session.expires_at <= now) return { problem: `This session ended at ${session.expires_at.toISOString()}.` };
    if (session.disabled_at) return { problem: 'The account of this session is disabled.' };
    if (isStale(session.last_seen_at, now)) await this.noteSessionUse(session.id, now);
    const scopes = scopesOfRole(session.role);
    return { actor: { accountId: session.account_id, role: session.role, scopes, via: 'session', viaId: session.id } };
  }

  /** Of the sessions and keys with these ids, those that still open their account: for what stays open for long. */
  async stillGood(viaIds: readonly string[]): Promise<ReadonlySet<string>> {
    const good = await this.db.query<{ id: string }>(
      `SELECT c.id FROM (
         SELECT id, account_id, expires_at, revoked_at FROM api_keys WHERE id = ANY($1::uuid[])
         UNION ALL SELECT id, account_id, expires_at, NULL FROM sessions WHERE id = ANY($1::uuid[])
       ) c JOIN accounts a ON a.id = c.account_id
       WHERE a.disabled_at IS NULL AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $2)`,
      [viaIds, this.clock.now()],
    );
    return new Set(good.map(({ id }) => id));
  }

  /** Drops sessions that are over, and keys that have been for 30 days: until then their owner sees them listed. */
  async forgetExpired(now: Date): Promise<void> {
    await this.db.query('DELETE FROM sessions WHERE expires_at <= $1', [now]);
    await this.db.query('DELETE FROM api_keys WHERE least(revoked_at, expires_at) <= $1', [
      new Date(now.getTime() - KEPT_MS),
    ]);
  }

  /** At most once a minute a key, so that reading stays reading; of several at once one writes. */
  private async noteKeyUse(id: string, now: Date): Promise<void> {
    await this.db.query(
      'UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)',
      [id, now, new Date(now.getTime() - MINUTE_MS)],
    );
  }

  private async noteSessionUse(id: string, now: Date): Promise<void> {
    const stale = new Date(now.getTime() - MINUTE_MS);
    await this.db.query('UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at <= $3', [id, now, stale]);
  }
}

function isStale(noted: Date | null, now: Date): boolean {
  return !noted || now.getTime() - noted.getTime() >= MINUTE_MS;
}
