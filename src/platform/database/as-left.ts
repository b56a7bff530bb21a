import { hash } from 'node:crypto';
import pg from 'pg';

const KEY = 'schema';
const NOT_THERE: ReadonlySet<string | undefined> = new Set(['42P01', '3F000']); // a table, a schema

/** What a start would see to: which migrations ran, which queues there are, and every right that anybody has been given. */
const STATE = `
  SELECT md5(string_agg(line, E'\\n' ORDER BY line COLLATE "C")) AS state FROM (
    SELECT 'migration ' || name AS line FROM public.migrations
    UNION ALL SELECT 'pgboss ' || version FROM pgboss.version
    UNION ALL SELECT 'queue ' || name FROM pgboss.queue
    UNION ALL SELECT concat_ws(' ', 'schema', nspname, nspacl) FROM ours
    UNION ALL SELECT concat_ws(' ', 'table', nspname, relname, relacl) FROM tables
    UNION ALL SELECT concat_ws(' ', 'column', nspname, relname, attname, attacl)
      FROM tables JOIN pg_attribute ON attrelid = tables.oid WHERE attacl IS NOT NULL
    UNION ALL SELECT concat_ws(' ', 'function', nspname, proname, proargtypes, proacl) FROM ours JOIN pg_proc ON pronamespace = ours.oid
  ) AS lines`;
const REMEMBERED = `
  WITH ours AS (SELECT oid, nspname, nspacl FROM pg_namespace WHERE nspname IN ('public', 'pgboss')),
       tables AS (
         SELECT pg_class.oid, nspname, relname, relacl FROM ours JOIN pg_class ON relnamespace = ours.oid AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       )
  SELECT (${STATE}) AS state, (SELECT value FROM public.installation WHERE key = '${KEY}') AS value`;

/** @param wanted what the database was to be: whether it was made so, and nobody has changed anything of it since */
export async function isAsLeft(client: pg.Client, wanted: string): Promise<boolean> {
  try {
    const { state, value } = await look(client);
    return value === remembered(wanted, state);
  } catch (err) {
    if (err instanceof pg.DatabaseError && NOT_THERE.has(err.code)) return false; // a new database
    throw err;
  }
}

/** Call it when the database is all that was wanted. */
export async function rememberAsLeft(client: pg.Client, wanted: string): Promise<void> {
  const { state } = await look(client);
  await client.query(
    `INSERT INTO public.installation (key, value) VALUES ('${KEY}', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [remembered(wanted, state)],
  );
}

async function look(client: pg.Client): Promise<{ state: string; value: string | null }> {
  const { rows } = await client.query<{ state: string; value: string | null }>(REMEMBERED);
  return rows[0] ?? { state: '', value: null };
}

function remembered(wanted: string, state: string): string {
  return `${hash('sha256', wanted)} ${state}`;
}
