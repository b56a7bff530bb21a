import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFast, startFast } from '../../src/platform/database/embedded.js';
import { POSTGRES_TMP } from './memory-folder.js';

const PREFIX = 'bakeoff-test-';

export interface TestCluster {
  readonly port: number;
  /** The superuser, in the database `postgres`. */
  readonly adminUrl: string;
  /** May create databases; owns `bakeoff`. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Stops it at once and removes its folder. */
  stop(): Promise<void>;
}

/** A new PostgreSQL for tests (about 0.6 s), in a folder of its own: no fsync, roles and extensions as in a real one. */
export async function startTestCluster(): Promise<TestCluster> {
  const left = await leftBehind();
  const dataDir = await mkdtemp(join(POSTGRES_TMP, PREFIX));
  const { port, adminUrl, ownerUrl, appUrl } = await startFast(dataDir);
  for (const folder of left) await removeFast(folder).catch(() => {}); // not ours to remove, or somebody else just did
  return { port, adminUrl, ownerUrl, appUrl, stop: () => removeFast(dataDir) };
}

/** Clusters of earlier runs, which were perhaps killed: those that a live process holds survive `removeFast`. */
async function leftBehind(): Promise<string[]> {
  const names = await readdir(POSTGRES_TMP);
  return names.filter((name) => name.startsWith(PREFIX)).map((name) => join(POSTGRES_TMP, name));
}
