import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { DataSource, type MixedList } from 'typeorm';
import { type Clock, SystemClock } from './clock.js';
import { Config } from './config.js';
import { BadSecretsKeys, loadOrCreateKeyFile, SecretBox } from './crypto/secrets.js';
import { type Embedded, EmbeddedPostgresFailed, startEmbedded } from './database/embedded.js';
import { migrate, type Schema } from './database/migrate.js';
import { SnakeNaming } from './database/naming.js';
import { PreparedClient } from './database/prepared-client.js';
import { DatabaseUnreachable, isDatabaseTrouble, reachDatabase, reasonOf } from './database/reach.js';
import { parseAllow } from './egress/addresses.js';
import { Egress } from './egress/egress.js';
import { ForOperator } from './for-operator.js';
import type { Runtime } from './platform.module.js';
import { FolderStorage } from './storage/folder-storage.js';
import type { Storage } from './storage/storage.js';

const CANARY = { table: 'installation', column: 'value', row: 'canary' };

/** The server cannot start, for a reason its operator can mend: one sentence that says what and what to do. */
export class CannotStart extends ForOperator {
  override readonly name = 'CannotStart';
}

export interface Opened {
  readonly runtime: Runtime;
  /** Gives back what Nest does not close itself: the embedded database. */
  close(): Promise<void>;
}

/**
 * Opens everything a server stands on: the database (its own, when DATABASE_URL is not set), brought up to date, the key and the files.
 *
 * @throws what `explained()` tells an operator in one line; nothing stays open then
 */
export async function openRuntime(
  given: Config,
  schema: Schema,
  entities: MixedList<new () => object>,
  clock: Clock = new SystemClock(),
): Promise<Opened> {
  const embedded = given.DATABASE_URL ? null : await startIn(resolve(given.DATA_DIR));
  try {
    const config = embedded
      ? given.with({ DATABASE_URL: embedded.appUrl, MIGRATION_DATABASE_URL: embedded.ownerUrl })
      : given;
    const runtime = await openOn(config, embedded, schema, entities, clock);
    return { runtime, close: async () => embedded?.release() };
  } catch (err) {
    await embedded?.release().catch(() => {}); // what is wrong in the first place is what must be told
    throw err;
  }
}

async function startIn(dataDir: string): Promise<Embedded> {
  return startEmbedded(dataDir).catch((err) => {
    const isFolder = err instanceof EmbeddedPostgresFailed && /^E[A-Z]+: /.test(err.message);
    throw isFolder ? cannotUse(dataDir, 'DATA_DIR', err) : err;
  });
}

/** How long whoever needs a connection waits for one of the pool: then it is told so, instead of waiting for ever. */
const CONNECTION_WAIT_MS = 15_000;
/** The pool grows as it is needed. What is open then stays for the next rush: a new connection has to learn every statement again. */
const CONNECTION_IDLE_MS = 600_000;

async function openOn(
  config: Config,
  embedded: Embedded | null,
  schema: Schema,
  entities: MixedList<new () => object>,
  clock: Clock,
): Promise<Runtime> {
  const appUrl = config.DATABASE_URL ?? '';
  const secrets = await openSecrets(config, embedded !== null);
  await reachDatabase(appUrl, config.MIGRATION_DATABASE_URL);
  await migrate(config.MIGRATION_DATABASE_URL ?? appUrl, appUrl, schema).catch((err) => {
    throw cannotMigrate(config, err);
  });
  const dataSource = new DataSource({
    type: 'postgres',
    url: appUrl,
    entities,
    namingStrategy: new SnakeNaming(),
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'bakeoff',
    synchronize: false,
    extra: {
      Client: PreparedClient,
      connectionTimeoutMillis: CONNECTION_WAIT_MS,
      idleTimeoutMillis: CONNECTION_IDLE_MS,
    },
  });
  await dataSource.initialize();
  const folder = resolve(config.STORAGE_DIR ?? join(config.DATA_DIR, 'files'));
  const storage = new FolderStorage(folder);
  try {
    await checkKey(dataSource, secrets);
    await checkFolder(dataSource, storage, folder);
    await storage.recover().catch((err) => Promise.reject(cannotUse(folder, 'STORAGE_DIR', err)));
  } catch (err) {
    await dataSource.destroy().catch(() => {});
    throw err;
  }
  const egress = new Egress({
    allow: parseAllow(config.EGRESS_ALLOW),
    connectTimeoutMs: config.CALL_CONNECT_TIMEOUT_MS,
  });
  return { config, clock, dataSource, secrets, storage, egress };
}

async function openSecrets(config: Config, embedded: boolean): Promise<SecretBox> {
  if (config.SECRETS_KEYS) return SecretBox.parse(config.SECRETS_KEYS);
  if (embedded) {
    const path = resolve(config.DATA_DIR, 'secrets.key');
    return SecretBox.parse(
      await loadOrCreateKeyFile(path).catch((err) => Promise.reject(cannotUse(path, 'DATA_DIR', err))),
      path,
    );
  }
  throw new CannotStart(
    "SECRETS_KEYS is required with DATABASE_URL: secrets are stored encrypted. Make one with: node -e \"console.log('k1:' + require('crypto').randomBytes(32).toString('base64'))\"",
  );
}

/** The key must open what was sealed before. */
async function checkKey(dataSource: DataSource, secrets: SecretBox): Promise<void> {
  const canary = await remember(dataSource, 'canary', secrets.seal('bakeoff', CANARY));
  try {
    secrets.open(canary, CANARY);
  } catch {
    throw new CannotStart(
      'SECRETS_KEYS does not hold the key that this database was sealed with. Add that key (the first one encrypts, all decrypt).',
    );
  }
}

/** The files must be the ones that this database speaks of. */
async function checkFolder(dataSource: DataSource, storage: Storage, folder: string): Promise<void> {
  const id = await storage.folderId().catch((err) => Promise.reject(cannotUse(folder, 'STORAGE_DIR', err)));
  if ((await remember(dataSource, 'storage', id)) !== id) {
    throw new CannotStart(
      `The files of this database live in another folder than ${folder} on ${hostname()}. Set STORAGE_DIR to that folder; several hosts must share it.`,
    );
  }
}

/** The stored value of a key; `value` if it is new. */
async function remember(dataSource: DataSource, key: string, value: string): Promise<string> {
  await dataSource.query('INSERT INTO installation (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, value]);
  const [row]: { value: string }[] = await dataSource.query('SELECT value FROM installation WHERE key = $1', [key]);
  return row?.value ?? value;
}

function cannotMigrate({ MIGRATION_DATABASE_URL, DATABASE_URL = '' }: Config, err: unknown): unknown {
  if (!isDatabaseTrouble(err)) return err;
  const variable = MIGRATION_DATABASE_URL ? 'MIGRATION_DATABASE_URL' : 'DATABASE_URL';
  return new DatabaseUnreachable(variable, MIGRATION_DATABASE_URL ?? DATABASE_URL, err);
}

function cannotUse(path: string, variable: string, err: unknown): unknown {
  if (err instanceof BadSecretsKeys) return err;
  return new CannotStart(
    `${path} cannot be used: ${reasonOf(err)}. Make it readable and writable for this user, or set ${variable} to another folder.`,
  );
}
