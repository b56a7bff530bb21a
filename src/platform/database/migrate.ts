import pg from 'pg';
import { DataSource, type MixedList } from 'typeorm';
import { ForOperator } from '../for-operator.js';
import { prepareQueues, queueSchema } from '../queue/boss.js';
import { isAsLeft, rememberAsLeft } from './as-left.js';

/** Any number of servers may start at once; one migrates while the others wait for this lock. */
const MIGRATION_LOCK = 7_204_411_093;
export const OLDEST_POSTGRES = 150_000;

export interface Schema {
  /** In the order they run. */
  readonly migrations: MixedList<new () => object>;
  readonly queues: readonly string[];
  /** What the application's role may not do, on top of its ordinary rights: SQL for a role's name. */
  readonly restrictions: readonly ((role: string) => string[])[];
}

/**
 * Brings a database up to date as its owner: migrations, queues, the application role's rights. A repeat does nothing: what was
 * done is remembered with what came of it, and found so again in one question.
 *
 * @throws DatabaseTooOld below PostgreSQL 15
 */
export async function migrate(ownerUrl: string, appUrl: string, schema: Schema): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'bakeoff-migrations' });
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const role = decodeURIComponent(new URL(appUrl).username);
    const wanted = wantedOf(schema, role);
    if (await isAsLeft(client, wanted)) return;
    await runMigrations(ownerUrl, schema);
    await prepareQueues(ownerUrl, schema.queues);
    await grant(client, role, schema);
    await rememberAsLeft(client, wanted);
  } finally {
    await client.end();
  }
}

/** All that the steps of `migrate` go by. */
function wantedOf({ migrations, queues, restrictions }: Schema, role: string): string {
  const names = Object.values(migrations).map(({ name }) => name);
  return JSON.stringify([names, queues, rightsOf(role, restrictions), queueSchema()]);
}

export class DatabaseTooOld extends ForOperator {}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
  const version = Number(rows[0]?.server_version_num);
  if (version < OLDEST_POSTGRES) {
    throw new DatabaseTooOld(`The database is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`);
  }
}

async function runMigrations(ownerUrl: string, { migrations }: Schema): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations,
    migrationsTransactionMode: 'each',
    poolSize: 2,
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

/** When the owner itself runs the application there is nothing to take away. */
async function grant(client: pg.Client, role: string, { restrictions }: Schema): Promise<void> {
  const { rows } = await client.query<{ owner: string }>('SELECT current_user AS owner');
  if (rows[0]?.owner === role) return;
  await client.query('BEGIN');
  for (const sql of rightsOf(role, restrictions)) await client.query(sql);
  await client.query('COMMIT');
}

/** Rows may be read and written, rules not touched. */
function rightsOf(role: string, restrictions: Schema['restrictions']): string[] {
  const name = pg.escapeIdentifier(role);
  const statements = ['public', 'pgboss'].flatMap((space) => [
    `GRANT USAGE ON SCHEMA ${space} TO ${name}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${space} TO ${name}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${space} TO ${name}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${space} TO ${name}`,
  ]);
  return [...statements, ...restrictions.flatMap((of) => of(name))];
}
