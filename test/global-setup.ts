import type { TestProject } from 'vitest/node';
import { SCHEMA } from '../src/migrations.js';
import { migrate } from '../src/platform/database/migrate.js';
import { adminQuery, databaseUrl } from './support/databases.js';
import { startTestCluster } from './support/test-cluster.js';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { adminUrl: string; ownerUrl: string; appUrl: string };
  }
}

/** One PostgreSQL for the whole run, with one migrated database that every test clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  const { adminUrl, ownerUrl, appUrl } = cluster;
  await adminQuery(adminUrl, 'CREATE DATABASE migrated OWNER bakeoff_owner');
  await migrate(databaseUrl(ownerUrl, 'migrated'), databaseUrl(appUrl, 'migrated'), SCHEMA);
  project.provide('cluster', { adminUrl, ownerUrl, appUrl });
  return () => cluster.stop();
}
