import { DataSource } from 'typeorm';
import { inject } from 'vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENTITIES, SCHEMA } from '../src/migrations.js';
import { SnakeNaming } from '../src/platform/database/naming.js';
import { adminQuery, createDatabase, databaseUrl } from './support/databases.js';

test('drift', async () => {
  const db = await createDatabase();
  const source = new DataSource({ type: 'postgres', url: db.ownerUrl, entities: ENTITIES, namingStrategy: new SnakeNaming() });
  await source.initialize();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  console.log(upQueries.map(({ query }) => query).join('\n'));
  await source.destroy(); await db.drop();
});
