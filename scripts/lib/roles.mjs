import pg from 'pg';

const DATABASE = 'bakeoff';

// pg_stat_statements has functions that only a superuser may hand on: in `public` a migration's GRANT ... ON ALL FUNCTIONS would fail.
const EXTENSIONS = { pg_trgm: 'public', pg_stat_statements: 'extensions' };

/**
 * Makes the database, its owner (migrations run as it) and the application's role, which may not create anything.
 * Does nothing where they are there.
 *
 * @param passwords `{ admin, owner, app }`, made of letters, digits, - and _ alone
 * @param fast      tests: the owner may create databases
 */
export async function ensureDatabase({ port, passwords, fast }) {
  await asAdmin({ port, passwords, database: 'postgres' }, async (admin) => {
    await ensureRole(admin, 'bakeoff_owner', passwords.owner);
    await ensureRole(admin, 'bakeoff_app', passwords.app);
    if (fast) await admin.query('ALTER ROLE bakeoff_owner CREATEDB');
    if (await has(admin, 'pg_database', 'datname', DATABASE)) return;
    // Extensions go into the template first: every database made later has them, whoever makes it.
    await asAdmin({ port, passwords, database: 'template1' }, ensureExtensions);
    await admin.query(`CREATE DATABASE ${DATABASE} OWNER bakeoff_owner`);
  });
  await asAdmin({ port, passwords, database: DATABASE }, async (admin) => {
    await admin.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await admin.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO bakeoff_app`);
    await admin.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  });
}

export async function asAdmin({ port, passwords, database }, work) {
  const client = new pg.Client({
    connectionString: urlOf({ port, user: 'postgres', password: passwords.admin, database }),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => {}); // the query under way rejects with it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function urlOf({ port, user, password, database = DATABASE }) {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

async function ensureRole(admin, role, password) {
  if (await has(admin, 'pg_roles', 'rolname', role)) return;
  await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
}

async function ensureExtensions(admin) {
  await admin.query('CREATE SCHEMA IF NOT EXISTS extensions');
  await admin.query('GRANT USAGE ON SCHEMA extensions TO PUBLIC');
  for (const [name, schema] of Object.entries(EXTENSIONS)) {
    if (await has(admin, 'pg_available_extensions', 'name', name)) {
      await admin.query(`CREATE EXTENSION IF NOT EXISTS ${name} SCHEMA ${schema}`);
    }
  }
}

async function has(admin, table, column, value) {
  const { rowCount } = await admin.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [value]);
  return rowCount > 0;
}
