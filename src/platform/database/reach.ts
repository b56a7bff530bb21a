import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import { ForOperator } from '../for-operator.js';

/** A host that swallows packets is given up after this, instead of the two minutes of TCP. */
const CONNECT_TIMEOUT_MS = 5_000;

const WITHOUT_PRIVILEGE = '42501';

/** The database of a setting can't be used: one line with its place and never its password, the reason, and what to do. */
export class DatabaseUnreachable extends ForOperator {
  override readonly name = 'DatabaseUnreachable';

  constructor(variable: string, url: string, err: unknown) {
    super(`The database of ${variable} (${placeOf(url)}) cannot be used: ${reasonOf(err)}. ${adviceFor(err)}`);
  }
}

/** Two URLs that must lead to one database lead to two. */
class OtherDatabase extends Error {}

/**
 * Makes sure that both roles get into one and the same database.
 *
 * @throws DatabaseUnreachable with the server's own reason, in a line that holds no password
 */
export async function reachDatabase(appUrl: string, ownerUrl: string | undefined): Promise<void> {
  const app = await identityOf('DATABASE_URL', appUrl);
  if (ownerUrl === undefined || (await identityOf('MIGRATION_DATABASE_URL', ownerUrl)) === app) return;
  throw new DatabaseUnreachable(
    'MIGRATION_DATABASE_URL',
    ownerUrl,
    new OtherDatabase('it is another than that of DATABASE_URL'),
  );
}

/** Whether the database, and not a mistake of ours, is the reason: it went away, is full, or a role may not do its work. */
export function isDatabaseTrouble(err: unknown): boolean {
  if (err instanceof QueryFailedError) return isDatabaseTrouble(err.driverError);
  if (!(err instanceof Error)) return false;
  // Invalid authorization, no such database, no privilege, no resources, shutting down or starting up, read-only.
  if (err instanceof pg.DatabaseError) return /^(28|3D000|42501|53|57P|25006)/.test(codeOf(err));
  const networkCode = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/;
  return networkCode.test(codeOf(err)) || err.message.startsWith('Connection terminated');
}

export function reasonOf(err: unknown): string {
  const said = err instanceof Error ? err.message || codeOf(err) || err.name : String(err);
  return said.split('\n')[0] ?? '';
}

/** Two databases differ in it: the oid within a server, the start to the microsecond among servers. */
async function identityOf(variable: string, url: string): Promise<string> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'bakeoff-start',
    });
    client.on('error', () => {}); // the query under way rejects with it
    await client.connect();
    const { rows } = await client.query<{ identity: string }>(
      'SELECT oid || pg_postmaster_start_time()::text AS identity FROM pg_database WHERE datname = current_database()',
    );
    return rows[0]?.identity ?? '';
  } catch (err) {
    throw new DatabaseUnreachable(variable, url, err);
  } finally {
    await client?.end().catch(() => {});
  }
}

function adviceFor(err: unknown): string {
  if (err instanceof OtherDatabase) return 'Both have to lead to the same database of the same server.';
  if (codeOf(err) === WITHOUT_PRIVILEGE) {
    return 'Migrations need its owner: name it in MIGRATION_DATABASE_URL, or make this user the owner.';
  }
  return 'Check that it runs, and that host, port, name, user and password are right.';
}

function codeOf(err: unknown): string {
  return err instanceof Error && 'code' in err ? String(err.code) : '';
}

function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}` || 'no host';
}
