import { once } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { call } from './app.js';
import { until } from './until.js';

/** A lock in the database, which holds whoever needs it. */
export async function lockOf(ownerUrl: string, sql: string) {
  const client = new pg.Client(ownerUrl);
  client.on('error', () => {}); // the test may stop PostgreSQL before it lets go
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('BEGIN');
  await client.query(sql);
  const waiting = `SELECT FROM pg_locks WHERE NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return {
    isWaitedFor: async () => (await client.query(waiting)).rowCount !== 0,
    release: () => client.query('ROLLBACK'),
  };
}

/** A sign-up that the server has begun and cannot end before the lock is released. */
export async function heldSignUp(url: string, ownerUrl: string) {
  // Of a mode that takes no transaction id: one that is open holds back the events of every test in the cluster.
  const lock = await lockOf(ownerUrl, 'LOCK TABLE accounts IN EXCLUSIVE MODE');
  const answer = signUp(url, 'held@example.com');
  answer.catch(() => {}); // a test may end the server first
  await until(lock.isWaitedFor);
  return { answer, release: lock.release };
}

/** Whether nobody listens there any more. */
export async function isRefused(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return once(socket, 'connect').then(
    () => {
      socket.destroy();
      return false;
    },
    () => true,
  );
}

export function signUp(url: string, email: string) {
  return call(url, 'POST', '/accounts', { body: { email, password: 'correct horse battery', name: 'A buyer' } });
}
