import pg from 'pg';
import { onTestFinished } from 'vitest';
import { adminQuery, type TestDatabase } from './databases.js';
import { until } from './until.js';

const LOCK = 4_242;

/** A point of the database at which the product can be made to stand still. */
export interface Point {
  readonly table: string;
  readonly on: 'INSERT' | 'UPDATE';
  /** SQL over NEW. */
  readonly when?: string;
  /** true: the commit itself waits, and happens even if whoever sent it is gone. */
  readonly atCommit?: boolean;
}

/**
 * Holds whoever comes to a point: a trigger, made by the test alone, waits there for a lock that the test has. So a moment
 * needs no sleep, and no switch in the product.
 */
export class Hold {
  private constructor(private readonly client: pg.Client) {}

  static async at(db: TestDatabase, { table, on, when = 'true', atCommit = false }: Point): Promise<Hold> {
    const client = new pg.Client({ connectionString: db.ownerUrl });
    client.on('error', () => {});
    await client.connect();
    onTestFinished(() => client.end().catch(() => {}));
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await client.query(`
      CREATE FUNCTION hold_here() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_lock_shared(${LOCK}); PERFORM pg_advisory_unlock_shared(${LOCK}); RETURN NEW; END $$;
      CREATE ${atCommit ? 'CONSTRAINT TRIGGER' : 'TRIGGER'} hold_here ${atCommit ? 'AFTER' : 'BEFORE'} ${on} ON ${table}
      ${atCommit ? 'DEFERRABLE INITIALLY DEFERRED' : ''} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION hold_here();
    `);
    return new Hold(client);
  }

  /** The same for whoever reads a table. */
  static async readersOf(db: TestDatabase, table: string): Promise<Hold> {
    const client = new pg.Client({ connectionString: db.ownerUrl });
    client.on('error', () => {});
    await client.connect();
    onTestFinished(() => client.end().catch(() => {}));
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return new Hold(client);
  }

  /** Takes the point out of a database that is used again. Its hold must have been released. */
  static async forget(db: TestDatabase): Promise<void> {
    await adminQuery(db.ownerUrl, 'DROP FUNCTION IF EXISTS hold_here() CASCADE');
  }

  /** Waits until somebody stands there. */
  async reached(): Promise<void> {
    // Not of pg_stat_activity, which within a transaction shows for ever who was connected when it was read first.
    const standing =
      'SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)) LIMIT 1';
    await until(async () => (await this.client.query(standing)).rowCount === 1);
  }

  /** Lets everybody pass, now and later. */
  async release(): Promise<void> {
    await this.client.end();
  }
}
