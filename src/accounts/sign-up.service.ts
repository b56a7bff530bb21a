import { Injectable } from '@nestjs/common';
import { Ledger } from '../payouts/ledger.service.js';
import { Config } from '../platform/config.js';
import { hash } from '../platform/crypto/password.js';
import type { Tx } from '../platform/database/db.js';
import type { Once } from '../platform/http/idempotency.js';
import type { SignedUp, SignUp } from './account.schema.js';
import { accountView } from './account.view.js';
import { AccountsService } from './accounts.service.js';
import { grant, scopesOfRole } from './grants.js';
import { KeysService } from './keys.service.js';
import { type OpenedSession, SessionsService } from './sessions.service.js';

export interface SignUpResult {
  readonly view: SignedUp;
  readonly session: OpenedSession | null;
}

@Injectable()
export class SignUpService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly keys: KeysService,
    private readonly sessions: SessionsService,
    private readonly ledger: Ledger,
    private readonly config: Config,
  ) {}

  /**
   * A new account with its gift credits and, where asked for, a first key and a session: all of it or nothing.
   *
   * @throws EmailTaken
   * @throws ScopeNotGrantable the key was to be an admin's
   */
  async signUp(once: Once, input: SignUp, userAgent: string | undefined): Promise<SignUpResult> {
    if (input.with_key) grant({ scopes: scopesOfRole('member') }, input.with_key.scopes);
    // It takes tens of ms on purpose: no connection waits for it.
    const passwordHash = await hash(input.password, this.config.PASSWORD_MEMORY_KIB);
    return once.run('signUp', (tx) => this.add(tx, input, passwordHash, userAgent));
  }

  private async add(tx: Tx, input: SignUp, passwordHash: string, userAgent: string | undefined): Promise<SignUpResult> {
    const account = await this.accounts.add(tx, { email: input.email, name: input.name, passwordHash });
    await this.give(tx, account.id);
    const owner = { accountId: account.id, scopes: scopesOfRole(account.role) };
    const key = input.with_key ? await this.keys.makeFirst(tx, owner, input.with_key) : null;
    const session = input.session ? await this.sessions.open(tx, account.id, userAgent) : null;
    const view: SignedUp = {
      account: accountView(account),
      gift_credits: this.config.SIGNUP_GIFT_CREDITS,
      key,
      session_expires_at: session?.expires_at ?? null,
    };
    return { view, session };
  }

  private async give(tx: Tx, accountId: string): Promise<void> {
    const credits = this.config.SIGNUP_GIFT_CREDITS;
    if (credits > 0) await this.ledger.issue(tx, { accountId, class: 'gift', credits, key: `signup:${accountId}` });
  }
}
