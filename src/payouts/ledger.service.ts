import { Injectable } from '@nestjs/common';
import { Db, type Tx, together } from '../platform/database/db.js';
import {
  available,
  CLASSES,
  type CreditClass,
  type Credits,
  type Entry,
  escrow,
  hold,
  type Issue,
  issue,
  refund,
  settlement,
  total,
} from './entries.js';
import {
  balancesOf,
  type Header,
  heldOf,
  insertTransaction,
  lockBalances,
  onceHeld,
  type PlatformAccount,
  platformSum,
  type StatementLine,
  type StoredTransaction,
  statementOf,
  transactionByKey,
} from './ledger.queries.js';
import { EscrowClosed, LedgerKeyReused, NothingHeld } from './payouts.errors.js';

/** `repeated`: the very same transaction was there already, and nothing moved. */
export type Posted = 'posted' | 'repeated';

/** What a settlement pays; `price` in whole credits, `feeBps` in basis points. */
export interface Payment {
  readonly taskId: string;
  readonly buyerId: string;
  readonly operatorId: string;
  readonly price: number;
  readonly feeBps: number;
}

/** A page of a statement: lines before the entry `before`, newest first. */
export interface StatementPage {
  readonly before: string | null;
  readonly limit: number;
}

/**
 * The one way in and out of the ledger. Credits are whole numbers; the database itself refuses a transaction that breaks a rule.
 * Every write joins the caller's transaction and locks the balances that it touches until that ends. Two writes in one
 * transaction lock one after the other: keep to one, or two such transactions may meet as a deadlock.
 */
@Injectable()
export class Ledger {
  constructor(private readonly db: Db) {}

  /**
   * Moves a task's whole budget from its buyer into escrow, gift first. A repeat does nothing.
   *
   * @throws InsufficientCredits the buyer has less
   * @throws LedgerKeyReused     something else was held for this task
   */
  async hold(
    tx: Tx,
    { taskId, buyerId, budget }: { taskId: string; buyerId: string; budget: number },
  ): Promise<Posted> {
    const escrows = CLASSES.map((cls) => escrow(taskId, cls));
    const locked = this.lockedOf(tx, (cls) => available(buyerId, cls), escrows);
    const [own, earlier] = await together(locked, onceHeld(tx, taskId));
    if (earlier && total(earlier) !== budget) throw new LedgerKeyReused(`hold:${taskId}`);
    const entries = hold({ taskId, buyerId, budget, available: earlier ?? own });
    return this.post(tx, { key: `hold:${taskId}`, kind: 'hold', accountId: buyerId, taskId }, entries);
  }

  /** What the task's escrow holds now, by class. Nothing is locked. */
  async held(tx: Tx, taskId: string): Promise<Credits> {
    return heldOf(tx, taskId);
  }

  /**
   * Pays operator and platform out of the task's escrow and returns the rest to the buyer. A repeat does nothing.
   *
   * @param payment.price  whole credits, 0 < price <= what is held
   * @param payment.feeBps the platform's share in basis points, fixed when the task was posted
   * @throws NothingHeld  nothing was ever held
   * @throws EscrowClosed it was refunded, or settled otherwise
   */
  async settle(tx: Tx, payment: Payment): Promise<Posted> {
    const { taskId, buyerId, operatorId, price, feeBps } = payment;
    const held = await this.heldForClosing(tx, taskId, [buyerId, operatorId]);
    const entries = settlement({ taskId, buyerId, operatorId, held, price, feeBps });
    return this.post(tx, { key: `settle:${taskId}`, kind: 'settlement', accountId: buyerId, taskId }, entries);
  }

  /**
   * Returns the task's whole escrow to its buyer, each credit in its class. A repeat does nothing.
   *
   * @throws NothingHeld  nothing was ever held
   * @throws EscrowClosed it was settled
   */
  async refund(tx: Tx, taskId: string, buyerId: string): Promise<Posted> {
    const held = await this.heldForClosing(tx, taskId, [buyerId]);
    return this.post(
      tx,
      { key: `refund:${taskId}`, kind: 'refund', accountId: buyerId, taskId },
      refund({ taskId, buyerId, held }),
    );
  }

  /**
   * Makes new credits for an account, against `platform:issuance`. A repeat of the same key does nothing.
   *
   * @param credits whole, 1 or more
   * @throws LedgerKeyReused the key issued something else
   */
  async issue(tx: Tx, { key, note, ...issued }: Issue & { key: string; note?: string }): Promise<Posted> {
    const header: Header = { key, kind: 'issue', accountId: issued.accountId, ...(note === undefined ? {} : { note }) };
    return this.post(tx, header, issue(issued));
  }

  /**
   * Writes one transaction; its entries sum to 0 in each class.
   *
   * @returns 'repeated' when the key was posted before with the same entries: nothing moves
   * @throws LedgerKeyReused the key was posted before with others
   * @throws EscrowClosed    the task's money has moved before
   */
  async post(tx: Tx, header: Header, entries: readonly Entry[]): Promise<Posted> {
    if (entries.length === 0) throw new RangeError(`The ledger transaction ${header.key} moves nothing.`);
    if (await insertTransaction(tx, header, entries)) return 'posted';
    const stored = await transactionByKey(tx, header.key);
    if (stored && isSame(stored, { ...header, entries: [...entries] })) return 'repeated';
    if (header.taskId !== undefined && header.kind !== 'hold') throw new EscrowClosed(header.taskId);
    throw new LedgerKeyReused(header.key);
  }

  /** What an account can spend, by class, and what its open tasks hold; whole credits. */
  async balance(accountId: string): Promise<Credits & { readonly held: number }> {
    return balancesOf(this.db, accountId);
  }

  /** What came into an account and went out, newest first. */
  async statement(accountId: string, { before, limit }: StatementPage): Promise<StatementLine[]> {
    return statementOf(this.db, accountId, before, limit);
  }

  /** What a platform account has, by class; `platform:issuance` is below zero by what was ever issued. */
  async platformBalance(account: PlatformAccount): Promise<Credits> {
    return platformSum(this.db, account);
  }

  /** Keeps the platform's sums as of now, so that `platformBalance` adds up a day's entries and not all. A repeat adds nothing wrong. */
  async snapshot(): Promise<void> {
    await this.db.query('SELECT ledger_snapshot()');
  }

  /** An escrow that is empty by now counts as full again: a repeat makes the same entries, and anything else is refused. */
  private async heldForClosing(tx: Tx, taskId: string, parties: readonly string[]): Promise<Credits> {
    const others = parties.flatMap((id) => CLASSES.map((cls) => available(id, cls)));
    const held = await this.lockedOf(tx, (cls) => escrow(taskId, cls), others);
    const full = total(held) > 0 ? held : await onceHeld(tx, taskId);
    if (!full) throw new NothingHeld(taskId);
    return full;
  }

  /** All that a transaction is going to touch is locked in this one call: a second one could meet another's as a deadlock. */
  private async lockedOf(
    tx: Tx,
    account: (cls: CreditClass) => string,
    others: readonly string[] = [],
  ): Promise<Credits> {
    const balances = await lockBalances(tx, [...CLASSES.map(account), ...others]);
    const of = (cls: CreditClass) => balances.get(account(cls)) ?? 0;
    return { gift: of('gift'), earned: of('earned') };
  }
}

function isSame(a: StoredTransaction, b: StoredTransaction): boolean {
  const lines = ({ entries }: StoredTransaction) => entries.map((e) => `${e.account} ${e.class} ${e.credits}`).sort();
  const whole = (t: StoredTransaction) => [t.kind, t.accountId, t.taskId ?? '', ...lines(t)].join('\n');
  return whole(a) === whole(b);
}
