import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { onTestFinished } from 'vitest';
import { Audit } from '../../src/payouts/audit.service.js';
import type { CreditClass } from '../../src/payouts/entries.js';
import { Ledger } from '../../src/payouts/ledger.service.js';
import { Db } from '../../src/platform/database/db.js';
import { createDatabase } from './databases.js';

/** A ledger on a database of its own, without the rest of the application. */
export interface TestLedger {
  readonly db: Db;
  readonly ledger: Ledger;
  readonly audit: Audit;
  /** Statements in one database transaction of a role: what they refused with, or null when they committed. */
  attempt(role: LedgerRole, ...statements: string[]): Promise<string | null>;
  /** The first column of the first row. */
  value(sql: string, params?: unknown[]): Promise<string>;
  /** A new account with these credits. */
  givenAccount(credits?: Partial<Record<CreditClass, number>>): Promise<string>;
  /** A new task of this buyer with its budget in escrow. */
  givenHeld(buyerId: string, budget: number): Promise<string>;
}

/** `app` runs the server, `owner` the migrations. */
export type LedgerRole = 'app' | 'owner';

export async function startLedger(): Promise<TestLedger> {
  const database = await createDatabase();
  const source = await new DataSource({ type: 'postgres', url: database.appUrl, poolSize: 16 }).initialize();
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  owner.on('error', () => {});
  onTestFinished(async () => {
    await Promise.all([source.destroy(), owner.end()]);
    await database.drop();
  });
  const db = new Db(source);
  const ledger = new Ledger(db);
  const app = new pg.Pool({ connectionString: database.appUrl, max: 2 });
  app.on('error', () => {});
  onTestFinished(() => app.end());
  return {
    db,
    ledger,
    audit: new Audit(db),
    attempt: (role, ...statements) => attempt(role === 'app' ? app : owner, statements),
    value: async (sql, params) => String(Object.values((await owner.query(sql, params)).rows[0] ?? {})[0]),
    givenAccount: (credits = {}) => givenAccount(db, ledger, credits),
    givenHeld: async (buyerId, budget) => {
      const taskId = randomUUID();
      await db.transaction((tx) => ledger.hold(tx, { taskId, buyerId, budget }));
      return taskId;
    },
  };
}

async function givenAccount(db: Db, ledger: Ledger, credits: Partial<Record<CreditClass, number>>): Promise<string> {
  const accountId = randomUUID();
  await db.transaction(async (tx) => {
    for (const cls of ['earned', 'gift'] as const) {
      const given = credits[cls] ?? 0;
      if (given > 0)
        await ledger.issue(tx, { accountId, class: cls, credits: given, key: `given:${accountId}:${cls}` });
    }
  });
  return accountId;
}

async function attempt(pool: pg.Pool, statements: readonly string[]): Promise<string | null> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const sql of statements) await client.query(sql);
    await client.query('COMMIT');
    return null;
  } catch (err) {
    await client.query('ROLLBACK');
    return (err as Error).message;
  } finally {
    client.release();
  }
}

export type Line = readonly [account: string, cls: string, credits: number | string];

/** A header and its entries, as somebody with a database console would write them. */
export const header = (key: string, kind: string, accountId: string, taskId: string | null = null) =>
  `INSERT INTO ledger_transactions (key, kind, account_id, task_id)
   VALUES ('${key}', '${kind}', '${accountId}', ${taskId === null ? 'NULL' : `'${taskId}'`})`;
export const entries = (key: string, ...lines: Line[]) =>
  `INSERT INTO ledger_entries (transaction_id, account, class, credits)
   SELECT t.id, v.account, v.class, v.credits FROM ledger_transactions t,
     (VALUES ${lines.map(([account, cls, credits]) => `('${account}', '${cls}', ${credits}::bigint)`).join(', ')}) AS v (account, class, credits)
   WHERE t.key = '${key}'`;
