import { DataSource } from 'typeorm';
import { expect, onTestFinished, test } from 'vitest';
import { ENTITIES, SCHEMA } from '../src/migrations.js';
import { SnakeNaming } from '../src/platform/database/naming.js';
import { createDatabase, emptyDatabase } from './support/databases.js';

async function opened(url: string): Promise<DataSource> {
  const { migrations } = SCHEMA;
  const options = {
    entities: ENTITIES,
    migrations,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
  } as const;
  const source = new DataSource({ type: 'postgres', url, ...options });
  await source.initialize();
  onTestFinished(() => source.destroy());
  return source;
}

/** Everything of ours in a database: tables, columns, rules, indexes, functions and triggers. */
async function inventory(source: DataSource): Promise<string[]> {
  const found: { line: string }[] = await source.query(`
    SELECT format('table public.%s', table_name) AS line FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'migrations'
    UNION ALL
    SELECT format('column public.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
    UNION ALL
    SELECT format('constraint public.%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conrelid IS DISTINCT FROM to_regclass('migrations')
    UNION ALL
    SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
    UNION ALL
    SELECT format('function %s', proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('type %s', typname) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
    UNION ALL
    SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY line`);
  return found.map(({ line }) => line);
}

async function migratedDatabase(): Promise<DataSource> {
  const db = await createDatabase();
  onTestFinished(() => db.drop());
  return opened(db.ownerUrl);
}

test('what the migrations make needs no change to be what the entities say', async () => {
  const source = await migratedDatabase();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
});

test('tables made from the entities have the columns, rules and indexes of the migrated ones', async () => {
  const [migrated, synchronized] = [await migratedDatabase(), await opened((await emptyDatabase()).ownerUrl)];
  await synchronized.synchronize();
  const tables = migrated.entityMetadatas.map(({ tableName }) => tableName);
  expect(tables).toEqual(expect.arrayContaining(['accounts', 'agents', 'judgements', 'tasks', 'bids', 'deliveries']));
  const ofTables = new RegExp(`^(table|column|constraint|index .* ON) public\\.(${tables.join('|')})\\b`);
  // TypeORM has no word for NULLS NOT DISTINCT.
  const comparable = async (source: DataSource) =>
    (await inventory(source))
      .filter((line) => ofTables.test(line))
      .map((line) => line.replace(' NULLS NOT DISTINCT', ''))
      .sort();
  expect(await comparable(synchronized)).toEqual(await comparable(migrated));
  expect((await comparable(migrated)).length).toBeGreaterThan(150);
});

test('each migration can be taken back, the latest first, and made again', async () => {
  const source = await opened((await emptyDatabase()).ownerUrl);
  const empty = await inventory(source);
  await source.runMigrations();
  const whole = await inventory(source);
  expect(whole.length).toBeGreaterThan(200);
  for (let left = source.migrations.length; left > 0; left--) await source.undoLastMigration({ transaction: 'each' });
  expect(await inventory(source)).toEqual(empty);
  await source.runMigrations();
  expect(await inventory(source)).toEqual(whole);
});
