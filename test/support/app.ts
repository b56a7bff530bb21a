import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { request } from 'undici';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { Clock } from '../../src/platform/clock.js';
import { Config } from '../../src/platform/config.js';
import { startServer } from '../../src/server.js';
import { createDatabase, type TestDatabase } from './databases.js';
import { eventProblems } from './known-events.js';

const HOUR_MS = 3_600_000;

/** A clock that a test moves. It starts at the real time, so that signatures and pg-boss agree with it. */
export class TestClock extends Clock {
  private offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }

  /** To the beginning of the next hour, so that what a test asks falls into one window of each limit, a minute's and an hour's. */
  nextHour(): void {
    this.advance(HOUR_MS - (this.now().getTime() % HOUR_MS));
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
  readonly body: any;
}

export interface CallOptions {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface TestApp {
  readonly url: string;
  readonly clock: TestClock;
  readonly db: TestDatabase;
  /** What Nest injects for a class. */
  get<T>(token: { readonly prototype: T }): T;
  call(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>;
  stop(): Promise<void>;
}

const SECRETS_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;

export interface StartOptions {
  /** Settings in the words of the environment. */
  readonly env?: Record<string, string>;
  /** Another server's database and files: two processes of one installation. */
  readonly beside?: TestApp;
}

/** A process that only serves or only works must be told where the other kind is reached. */
const split = ({ ROLE = 'all' }: Record<string, string>) =>
  ROLE === 'all' ? {} : { PUBLIC_URL: 'http://127.0.0.1:9' };

const folders = new WeakMap<TestDatabase, string>();

/** The whole application on a database of its own, with agents on loopback allowed. It ends with the test. */
export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const { app, end } = await opened(options);
  onTestFinished(end);
  return app;
}

/**
 * One application for those tests of a file that look at what they made themselves and at nothing else: a start takes longer than such a
 * test. It ends with the file; called outside of tests.
 */
export function sharedApp(options: StartOptions = {}): () => TestApp {
  let running: Awaited<ReturnType<typeof opened>> | undefined;
  beforeAll(async () => {
    running = await opened(options);
  });
  afterAll(() => running?.end());
  return () => {
    if (!running) throw new Error('The shared application runs from the first test of the file on.');
    return running.app;
  };
}

async function opened({ env = {}, beside }: StartOptions): Promise<{ app: TestApp; end(): Promise<void> }> {
  const db = beside?.db ?? (await createDatabase());
  const folder = folders.get(db) ?? (await mkdtemp(join(tmpdir(), 'bakeoff-app-')));
  folders.set(db, folder);
  const clock = beside?.clock ?? new TestClock();
  const server = await startServer(Config.fromEnvironment({ ...settings(db, folder), ...split(env), ...env }), clock);
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= server.stop());
  const end = async () => {
    await stop();
    if (beside) return;
    const problems = await eventProblems(db);
    await db.drop();
    await rm(folder, { recursive: true, force: true });
    if (problems.length > 0) throw new Error(`Events that the catalogue does not know:\n${problems.join('\n')}`);
  };
  const app: TestApp = {
    url: server.url,
    clock,
    db,
    get: (token) => server.app.get(token as Type),
    call: (method, path, options) => call(server.url, method, path, options),
    stop,
  };
  return { app, end };
}

/** What a test's server is set to; a server in its own process gets the same. */
export function settings(db: TestDatabase, folder: string): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_URL: db.appUrl,
    MIGRATION_DATABASE_URL: db.ownerUrl,
    DATABASE_POOL_SIZE: '10',
    STORAGE_DIR: join(folder, 'files'),
    SECRETS_KEYS,
    EGRESS_ALLOW: '127.0.0.0/8',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'error',
    // What a password costs is tested beside its code; here it would be a tenth of all the time.
    PASSWORD_MEMORY_KIB: '1024',
    // The probe at the start is for servers; what the sandbox holds has tests of its own.
    TESTS_PYTHON: 'off',
    // Of a machine that is busy with other tests nobody should be called late or dead; a test of such a limit sets its own.
    CALL_CONNECT_TIMEOUT_MS: '60000',
    CALL_ACK_S: '300',
    CALL_LATE_START_S: '300',
    HEALTH_TIMEOUT_MS: '60000',
    WEBHOOK_TIMEOUT_S: '60',
    RATE_LIMIT_SIGNUP_PER_HOUR: '1000',
    RATE_LIMIT_SIGN_IN_PER_MIN: '100000',
    RATE_LIMIT_KEY_PER_MIN: '100000',
    RATE_LIMIT_ACCOUNT_PER_MIN: '100000',
    RATE_LIMIT_ADDRESS_PER_MIN: '100000',
  };
}

/** One HTTP request; the answer's JSON parsed where it is JSON. */
export async function call(
  url: string,
  method: string,
  path: string,
  { key, body, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const answer = await request(`${url}${path}`, {
    method: method as 'GET',
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined || headers['content-type'] ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, headers: answer.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}
