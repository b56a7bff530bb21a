import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';

/** An open transaction. As first parameter it says: I join yours. */
export type Tx = EntityManager;

const hooks = new WeakMap<Tx, (() => void)[]>();

/**
 * Runs `fn` once the transaction has committed, never when it rolls back. For hints that save time (waking a loop),
 * not for effects: a process that dies in between never runs it.
 */
export function afterCommit(tx: Tx, fn: () => void): void {
  const waiting = hooks.get(tx);
  if (!waiting) throw new Error('afterCommit() needs a transaction opened by Db.transaction().');
  waiting.push(fn);
}

/** Rows of any statement, UPDATE and DELETE ... RETURNING included (TypeORM's own query() shapes those differently). */
export async function rows<T>(tx: Tx, sql: string, params: unknown[] = []): Promise<T[]> {
  const runner = openRunner(tx);
  const result = await runner.query(sql, params, true);
  return result.records as T[];
}

/** How many rows a statement touched. */
export async function affected(tx: Tx, sql: string, params: unknown[] = []): Promise<number> {
  const result = await openRunner(tx).query(sql, params, true);
  return result.affected ?? 0;
}

/**
 * Statements of one transaction that need nothing of each other: they leave in one write, and PostgreSQL runs them in this order.
 * All are waited for before the first one's error is thrown, so that none is still asking when the transaction is rolled back.
 */
export async function together<const T extends readonly (Promise<unknown> | null)[]>(
  ...statements: T
): Promise<Answers<T>> {
  const asked = statements.map((statement) => Promise.resolve(statement));
  await Promise.allSettled(asked);
  return (await Promise.all(asked)) as Answers<T>;
}

type Answers<T> = { -readonly [P in keyof T]: Awaited<T[P]> };

function openRunner(tx: Tx): QueryRunner {
  if (!tx.queryRunner?.isTransactionActive) throw new Error('Open a transaction first.');
  return tx.queryRunner;
}

const MOST_TRIES = 3;
/** How long a transaction of many waits for one lock. */
const MANY_WAIT_MS = 250;

function isDeadlock(err: unknown): boolean {
  return typeof err === 'object' && err !== null && 'code' in err && err.code === '40P01';
}

/** The way into PostgreSQL: transactions, and reads outside of one. */
@Injectable()
export class Db {
  constructor(readonly dataSource: DataSource) {}

  /**
   * One transaction (read committed). Everything that `work` writes through `tx` commits together or not at all.
   * What `afterCommit` collected runs after the commit. PostgreSQL ends one of two that wait for each other: that one
   * runs again, so `work` must not count on running once.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.once(work);
      } catch (err) {
        if (tries >= MOST_TRIES || !isDeadlock(err)) throw err;
      }
    }
  }

  /**
   * One transaction for many that need nothing of each other. It waits for no lock longer than a moment, since all of them would wait with it:
   * it fails then, and they may come one by one.
   */
  async transactionForMany<I, T>(items: readonly I[], work: (tx: Tx, items: readonly I[]) => Promise<T>): Promise<T> {
    if (items.length === 1) return this.transaction((tx) => work(tx, items));
    return this.transaction(async (tx) => {
      const [, result] = await together(rows(tx, `SET LOCAL lock_timeout = ${MANY_WAIT_MS}`), work(tx, items));
      return result;
    });
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const waiting: (() => void)[] = [];
    const result = await this.dataSource.transaction((tx) => {
      hooks.set(tx, waiting);
      return work(tx);
    });
    for (const fn of waiting) fn();
    return result;
  }

  /** Rows of one statement in a transaction of its own. */
  async query<T>(sql: string, params: unknown[] = []): Promise<T[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const result = await runner.query(sql, params, true);
      return result.records as T[];
    } finally {
      await runner.release();
    }
  }
}
