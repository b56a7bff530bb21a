import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

export interface TestDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Any SQL as the application's role, rows out. */
  query<T extends pg.QueryResultRow>(sql: string, params?: unknown[]): Promise<T[]>;
  drop(): Promise<void>;
}

/** A database of its own, cloned from the migrated one. */
export async function createDatabase(): Promise<TestDatabase> {
  const { adminUrl, ownerUrl, appUrl } = inject('cluster');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await adminQuery(adminUrl, `CREATE DATABASE ${name} TEMPLATE migrated STRATEGY file_copy OWNER bakeoff_owner`);
  const pool = new pg.Pool({ connectionString: databaseUrl(appUrl, name), max: 4 });
  pool.on('error', () => {});
  return {
    name,
    ownerUrl: databaseUrl(ownerUrl, name),
    appUrl: databaseUrl(appUrl, name),
    query: async (sql, params) => (await pool.query(sql, params)).rows,
    drop: async () => {
      await pool.end();
      await adminQuery(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** A database of the owner's without a table in it. It ends with the test. */
export async function emptyDatabase(): Promise<Pick<TestDatabase, 'ownerUrl' | 'appUrl'>> {
  const { adminUrl, ownerUrl, appUrl } = inject('cluster');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await adminQuery(adminUrl, `CREATE DATABASE ${name} OWNER bakeoff_owner`);
  onTestFinished(() => adminQuery(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`));
  return { ownerUrl: databaseUrl(ownerUrl, name), appUrl: databaseUrl(appUrl, name) };
}

export async function adminQuery(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
