import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { dummyVerify, verify } from '../platform/crypto/password.js';
import { newId, newToken, tokenHash } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import type { Once } from '../platform/http/idempotency.js';
import type { Account } from './account.entity.js';
import type { SignedIn, SignIn } from './account.schema.js';
import { accountView } from './account.view.js';
import { AccountDisabled, NoSession, WrongCredentials } from './accounts.errors.js';
import { AccountsService } from './accounts.service.js';
import { Session } from './session.entity.js';

export const SESSION_PREFIX = 'bks';
const MAX_SESSIONS = 50;
const DAY_MS = 86_400_000;

/** A session as it is handed to its browser, in JSON so that a repeat of the request gets the same. */
export interface OpenedSession {
  readonly token: string;
  readonly expires_at: string;
}

@Injectable()
export class SessionsService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly accounts: AccountsService,
  ) {}

  /**
   * Checks the password and opens a session. It takes as long for an address that has no account.
   *
   * @throws WrongCredentials, AccountDisabled
   */
  async signIn(once: Once, input: SignIn, userAgent: string | undefined) {
    const account = await this.verified(input);
    return once.run('signIn', async (tx) => {
      const session = await this.open(tx, account.id, userAgent);
      const view: SignedIn = { account: accountView(account), session_expires_at: session.expires_at };
      return { session, view };
    });
  }

  async open(tx: Tx, accountId: string, userAgent: string | undefined): Promise<OpenedSession> {
    const token = newToken(SESSION_PREFIX);
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.SESSION_DAYS * DAY_MS);
    await tx.insert(Session, {
      id: newId(),
      accountId,
      tokenHash: tokenHash(token),
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      userAgent: userAgent?.slice(0, 300) ?? null,
    });
    await forgetOldest(tx, accountId);
    return { token, expires_at: expiresAt.toISOString() };
  }

  /** Signs this browser out; its cookie opens nothing any more. @throws NoSession the caller came with a key */
  async end({ via, viaId }: Actor): Promise<void> {
    if (via !== 'session') throw new NoSession();
    await this.db.query('DELETE FROM sessions WHERE id = $1', [viaId]);
  }

  private async verified({ email, password }: SignIn): Promise<Account> {
    const account = await this.accounts.withEmail(email);
    const fits = account
      ? await verify(password, account.passwordHash)
      : await dummyVerify(password, this.config.PASSWORD_MEMORY_KIB);
    if (!account || !fits) throw new WrongCredentials();
    if (account.disabledAt) throw new AccountDisabled();
    return account;
  }
}

/** One who signs in again and again and never out keeps the latest. */
async function forgetOldest(tx: Tx, accountId: string): Promise<void> {
  await rows(
    tx,
    `DELETE FROM sessions WHERE id IN (
       SELECT id FROM sessions WHERE account_id = $1 ORDER BY id DESC OFFSET $2 FOR UPDATE SKIP LOCKED
     )`,
    [accountId, MAX_SESSIONS],
  );
}
