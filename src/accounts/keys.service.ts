import { Injectable } from '@nestjs/common';
import { IsNull, LessThan } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../platform/clock.js';
import { newId, newToken, tokenHash } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { decodeCursor, Page, type PageQuery } from '../platform/http/pagination.js';
import { KeyNotFound, TooManyKeys } from './accounts.errors.js';
import { ApiKey } from './api-key.entity.js';
import { checkMayChange, checkMayRevoke, grant } from './grants.js';
import type { KeyView, MadeKey, NewKey } from './key.schema.js';
import { keyView } from './key.view.js';

/** How every key begins, so that secret scanners can find one that leaked. */
export const KEY_PREFIX = 'bko';
const PREFIX_SHOWN = 12;
const MAX_KEYS = 100;
const DAY_MS = 86_400_000;

const Position = z.tuple([z.uuid()]);

/** Who a key is made for and what they may give it. */
type Maker = Pick<Actor, 'accountId' | 'scopes'>;

@Injectable()
export class KeysService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a key that may do no more, and works no longer, than what it was asked for with. The answer holds the key itself,
   * which is kept nowhere.
   *
   * @throws KeyOnlyReads, ScopeNotGrantable, TooManyKeys
   */
  async make(tx: Tx, actor: Actor, input: NewKey): Promise<MadeKey> {
    checkMayChange(actor);
    return this.insert(tx, actor, input, await endOf(tx, actor));
  }

  /** The first key of an account that was made in this transaction. @throws ScopeNotGrantable */
  async makeFirst(tx: Tx, owner: Maker, input: NewKey): Promise<MadeKey> {
    return this.insert(tx, owner, input, null);
  }

  /** Newest first; a revoked or expired key stays listed for 30 days. */
  async list({ accountId }: Actor, { cursor, limit }: PageQuery): Promise<Page<KeyView>> {
    const [before] = decodeCursor(cursor, Position) ?? [];
    const found = await this.db.dataSource.manager.find(ApiKey, {
      where: before === undefined ? { accountId } : { accountId, id: LessThan(before) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return Page.of(found, limit, (key) => [key.id], keyView);
  }

  /**
   * From now on the key opens nothing. A repeat changes nothing and answers the same.
   *
   * @throws KeyNotFound no such key, or another account's
   * @throws KeyOnlyReads, KeyStronger
   */
  async revoke(actor: Actor, keyId: string): Promise<ApiKey> {
    return this.db.transaction(async (tx) => {
      const where = { id: keyId, accountId: actor.accountId };
      const key = await tx.findOne(ApiKey, { where, lock: { mode: 'pessimistic_write' } });
      if (!key) throw new KeyNotFound();
      checkMayRevoke(actor, key);
      key.revokedAt ??= this.clock.now();
      return tx.save(key);
    });
  }

  private async insert(tx: Tx, maker: Maker, input: NewKey, latestEnd: Date | null): Promise<MadeKey> {
    const scopes = grant(maker, input.scopes);
    await this.refuseTooMany(tx, maker.accountId);
    const token = newToken(KEY_PREFIX);
    const now = this.clock.now();
    const key = tx.create(ApiKey, {
      id: newId(),
      accountId: maker.accountId,
      name: input.name,
      prefix: token.slice(0, PREFIX_SHOWN),
      tokenHash: tokenHash(token),
      scopes,
      createdAt: now,
      lastUsedAt: null,
      expiresAt: earlier(
        input.expires_in_days ? new Date(now.getTime() + input.expires_in_days * DAY_MS) : null,
        latestEnd,
      ),
      revokedAt: null,
    });
    await tx.insert(ApiKey, key);
    return { ...keyView(key), token };
  }

  private async refuseTooMany(tx: Tx, accountId: string): Promise<void> {
    // Keys of one account are made one after the other, so that the count holds.
    await rows(tx, 'SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
    const now = this.clock.now();
    const [live] = await rows<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM api_keys
       WHERE account_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
      [accountId, now],
    );
    if ((live?.count ?? 0) >= MAX_KEYS) throw new TooManyKeys(MAX_KEYS);
  }
}

/** When the key that is asking ends, if it does. */
async function endOf(tx: Tx, { via, viaId }: Actor): Promise<Date | null> {
  if (via === 'session') return null;
  const key = await tx.findOneBy(ApiKey, { id: viaId, revokedAt: IsNull() });
  return key?.expiresAt ?? null;
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}
