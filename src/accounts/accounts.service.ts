import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { Account } from './account.entity.js';
import { AccountNotFound, EmailTaken } from './accounts.errors.js';

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** The accounts themselves. How they come in: `sign-up.service`, `sessions.service`, `keys.service`. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** @throws EmailTaken, also when two sign up with one address at once */
  async add(tx: Tx, { email, name, passwordHash }: NewAccount): Promise<Account> {
    const [added] = await rows<{ id: string }>(
      tx,
      `INSERT INTO accounts (id, email, name, password_hash, role, created_at) VALUES ($1, $2, $3, $4, 'member', $5)
       ON CONFLICT (email) DO NOTHING RETURNING id`,
      [newId(), email, name, passwordHash, this.clock.now()],
    );
    if (!added) throw new EmailTaken();
    return tx.findOneByOrFail(Account, { id: added.id });
  }

  async withEmail(email: string): Promise<Account | null> {
    return this.db.dataSource.manager.findOneBy(Account, { email });
  }

  async me(actor: Actor): Promise<Account> {
    return this.db.transaction((tx) => own(tx, actor));
  }

  async rename(actor: Actor, name: string): Promise<Account> {
    return this.db.transaction(async (tx) => {
      const account = await own(tx, actor);
      account.name = name;
      return tx.save(account);
    });
  }
}

/** @throws AccountNotFound it went since the request was recognised */
async function own(tx: Tx, { accountId }: Actor): Promise<Account> {
  const account = await tx.findOneBy(Account, { id: accountId });
  if (!account) throw new AccountNotFound();
  return account;
}
