import type { Db } from '../platform/database/db.js';

/**
 * Gives an account the role admin. Keys made before keep the scopes they have; `admin` is a scope of its own.
 *
 * @returns whether there is an account with that address; a repeat changes nothing
 */
export async function makeAdmin(db: Db, email: string): Promise<boolean> {
  const found = await db.query<{ id: string }>(
    `UPDATE accounts SET role = 'admin' WHERE email = lower($1) RETURNING id`,
    [email.trim()],
  );
  return found.length > 0;
}
