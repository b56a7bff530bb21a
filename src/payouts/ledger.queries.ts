import { type Db, rows, type Tx } from '../platform/database/db.js';
import {
  available,
  CLASSES,
  type CreditClass,
  type Credits,
  type Entry,
  escrow,
  FEES,
  ISSUANCE,
  type TransactionKind,
} from './entries.js';

/** What a ledger transaction is, besides its entries. */
export interface Header {
  /** Unique for ever: what makes a repeat harmless. */
  readonly key: string;
  readonly kind: TransactionKind;
  /** The buyer of a hold, settlement or refund; the receiver of an issue. */
  readonly accountId: string;
  readonly taskId?: string;
  readonly note?: string;
}

export interface StoredTransaction extends Header {
  readonly entries: Entry[];
}

/** One line of an account's statement. */
export interface StatementLine {
  readonly id: string;
  readonly kind: TransactionKind;
  readonly taskId: string | null;
  readonly note: string | null;
  readonly class: CreditClass;
  readonly credits: number;
  /** What the account had of this class right after. */
  readonly balance: number;
  readonly at: Date;
}

export type PlatformAccount = typeof FEES | typeof ISSUANCE;

/** Locks what these accounts have until the transaction ends; an account that has no entry yet has 0. */
export async function lockBalances(tx: Tx, accounts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const locked = await rows<{ account: string; balance: string }>(tx, 'SELECT account, balance FROM ledger_lock($1)', [
    accounts,
  ]);
  return new Map(locked.map(({ account, balance }) => [account, whole(balance)]));
}

/** Writes header and entries in one statement. False: the key, or the task's one hold or closing, is there already. */
export async function insertTransaction(tx: Tx, header: Header, entries: readonly Entry[]): Promise<boolean> {
  const written = await rows(
    tx,
    `WITH locked AS MATERIALIZED (SELECT count(*) FROM ledger_lock($6::text[])),
     header AS (
       INSERT INTO ledger_transactions (key, kind, account_id, task_id, note)
       SELECT $1, $2, $3::uuid, $4::uuid, $5 FROM locked ON CONFLICT DO NOTHING RETURNING id
     )
     INSERT INTO ledger_entries (transaction_id, account, class, credits)
     SELECT header.id, entry.* FROM header, unnest($6::text[], $7::text[], $8::bigint[]) AS entry RETURNING 1`,
    [
      header.key,
      header.kind,
      header.accountId,
      header.taskId ?? null,
      header.note ?? null,
      entries.map((entry) => entry.account),
      entries.map((entry) => entry.class),
      entries.map((entry) => entry.credits),
    ],
  );
  return written.length > 0;
}

export async function transactionByKey(tx: Tx, key: string): Promise<StoredTransaction | null> {
  const [found] = await rows<{ kind: TransactionKind; account_id: string; task_id: string | null; entries: Entry[] }>(
    tx,
    `SELECT kind, account_id, task_id, (
       SELECT jsonb_agg(jsonb_build_object('account', account, 'class', class, 'credits', credits))
       FROM ledger_entries WHERE transaction_id = t.id) AS entries
     FROM ledger_transactions t WHERE key = $1`,
    [key],
  );
  if (!found) return null;
  const { kind, account_id: accountId, task_id: taskId, entries } = found;
  return { key, kind, accountId, ...(taskId === null ? {} : { taskId }), entries };
}

/** What the task's hold put into its escrow, whatever has become of it; null when nothing was ever held. */
export async function onceHeld(tx: Tx, taskId: string): Promise<Credits | null> {
  const found = await rows<{ class: CreditClass; credits: string }>(
    tx,
    `SELECT e.class, e.credits FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
     WHERE t.kind = 'hold' AND t.task_id = $1 AND e.credits > 0`,
    [taskId],
  );
  return found.length === 0 ? null : byClass(found);
}

/** What the task's escrow holds now. */
export async function heldOf(tx: Tx, taskId: string): Promise<Credits> {
  const found = await rows<{ class: CreditClass; credits: string }>(
    tx,
    `SELECT split_part(account, ':', 3) AS class, balance AS credits FROM ledger_balances WHERE account = ANY ($1)`,
    [CLASSES.map((cls) => escrow(taskId, cls))],
  );
  return byClass(found);
}

/** Spendable by class, and what waits in the account's open escrows. */
export async function balancesOf(db: Db, accountId: string): Promise<Credits & { readonly held: number }> {
  const [row] = await db.query<Record<CreditClass | 'held', string>>(
    `SELECT coalesce(sum(balance) FILTER (WHERE account = $1), 0) AS gift,
            coalesce(sum(balance) FILTER (WHERE account = $2), 0) AS earned,
            coalesce(sum(balance) FILTER (WHERE holder = $3), 0) AS held
     FROM ledger_balances WHERE account IN ($1, $2) OR holder = $3`,
    [available(accountId, 'gift'), available(accountId, 'earned'), accountId],
  );
  return { gift: whole(row?.gift), earned: whole(row?.earned), held: whole(row?.held) };
}

/** Newest first. Within an account ids follow the order of the commits, so a page never skips one that commits late. */
export async function statementOf(
  db: Db,
  accountId: string,
  before: string | null,
  limit: number,
): Promise<StatementLine[]> {
  const page = (account: string) =>
    `(SELECT * FROM ledger_entries WHERE account = ${account} AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4)`;
  const found = await db.query<StatementRow>(
    `SELECT e.id, t.kind, t.task_id, t.note, e.class, e.credits, e.balance_after, e.created_at
     FROM (${page('$1')} UNION ALL ${page('$2')}) AS e JOIN ledger_transactions t ON t.id = e.transaction_id
     ORDER BY e.id DESC LIMIT $4`,
    [available(accountId, 'gift'), available(accountId, 'earned'), before, limit],
  );
  return found.map(statementLine);
}

interface StatementRow {
  id: string;
  kind: TransactionKind;
  task_id: string | null;
  note: string | null;
  class: CreditClass;
  credits: string;
  balance_after: string;
  created_at: Date;
}

function statementLine(row: StatementRow): StatementLine {
  const { id, kind, note, class: cls } = row;
  const amounts = { credits: whole(row.credits), balance: whole(row.balance_after) };
  return { id, kind, taskId: row.task_id, note, class: cls, ...amounts, at: row.created_at };
}

/** The last snapshot that this database's transactions have passed, and the entries that it does not count. */
export async function platformSum(db: Db, account: PlatformAccount): Promise<Credits> {
  const sums = await db.query<{ class: CreditClass; credits: string }>(
    `SELECT c.class, coalesce(last.balance, 0) + (
       SELECT coalesce(sum(e.credits), 0) FROM ledger_entries e
       WHERE e.account = $1 AND e.account LIKE 'platform:%' AND e.class = c.class AND e.xid >= coalesce(last.upto, '0')) AS credits
     FROM unnest($2::text[]) AS c (class) LEFT JOIN LATERAL (
       SELECT s.upto, s.balance FROM ledger_snapshots s
       WHERE s.account = $1 AND s.class = c.class AND s.upto <= pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY s.id DESC LIMIT 1
     ) AS last ON true`,
    [account, CLASSES],
  );
  return byClass(sums);
}

export async function snapshotOlderThan(db: Db, before: Date): Promise<boolean> {
  const newer = await db.query('SELECT FROM ledger_snapshots WHERE taken_at >= $1 LIMIT 1', [before]);
  return newer.length === 0;
}

function byClass(sums: readonly { class: CreditClass; credits: string }[]): Credits {
  const of = (cls: CreditClass) => whole(sums.find((sum) => sum.class === cls)?.credits);
  return { gift: of('gift'), earned: of('earned') };
}

/** PostgreSQL sends bigint and numeric as text. A sum that JavaScript can't count exactly is an error and no rounding. */
function whole(text: string | undefined): number {
  const value = Number(text ?? 0);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} credits are too many to count exactly.`);
  return value;
}
