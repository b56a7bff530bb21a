import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config.js';

const CHANNEL = 'bakeoff_wake';
const FLUSH_MS = 3;
const RECONNECT_MS = 500;
const ALONE_MS = 1_000;

export type Topic = string;

/**
 * This process in the eyes of the others: one connection of its own that holds a session advisory lock (gone the moment
 * the process is) and carries wake-ups between processes. A wake-up only saves waiting for the next poll; losing one is fine.
 */
@Injectable()
export class Presence {
  readonly id = randomUUID();
  /** 48 random bits: fits PostgreSQL's bigint and JavaScript's number. */
  private readonly lockKey = randomBytes(6).readUIntBE(0, 6);
  private readonly listeners = new Map<Topic, Set<() => void>>();
  private readonly outgoing = new Set<Topic>();
  /** Until when it is known that no other process is there to be woken; on `performance.now()`. */
  private aloneUntil = 0;
  private readonly log = new Logger('presence');
  private client: pg.Client | null = null;
  /** The newest connection, perhaps still being made: what an older one has to say is of no interest. */
  private newest: pg.Client | null = null;
  private retryTimer: NodeJS.Timeout | null = null;
  private isLost = false;
  private flushTimer: NodeJS.Timeout | null = null;
  private stopped = false;
  private sending: Promise<unknown> = Promise.resolve();

  constructor(private readonly config: Config) {}

  /** Connects, takes the lock, registers this worker and listens. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.DATABASE_URL,
      application_name: `bakeoff-presence ${this.id}`,
      keepAlive: true,
    });
    this.newest = client;
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.received(payload ?? ''));
    try {
      await this.register(client);
      if (this.stopped) return await client.end();
    } catch (err) {
      await client.end().catch(() => {});
      throw err;
    }
    this.client = client;
    if (this.isLost) this.log.log('the presence connection is back');
    this.isLost = false;
    for (const topic of this.listeners.keys()) this.wakeLocal(topic);
  }

  private async register(client: pg.Client): Promise<void> {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [this.lockKey]);
    await client.query(
      `INSERT INTO workers (id, lock_key, host, pid, started_at) VALUES ($1, $2, $3, $4, now()) ON CONFLICT (id) DO NOTHING`,
      [this.id, this.lockKey, hostname(), process.pid],
    );
    await client.query(`LISTEN ${CHANNEL}`);
  }

  /** Calls `fn` soon after anybody hints at the topic. Returns how to stop that. */
  on(topic: Topic, fn: () => void): () => void {
    const fns = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, fns.add(fn));
    return () => fns.delete(fn);
  }

  /** Wakes the listeners of a topic here at once and in the other processes within milliseconds. */
  hint(topic: Topic): void {
    this.wakeLocal(topic);
    if (performance.now() < this.aloneUntil) return;
    this.outgoing.add(topic);
    this.flushTimer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  /** Whoever has just counted the others says so: for a moment nobody is told who is not there. One that comes meanwhile polls. */
  counted(others: number): void {
    this.aloneUntil = others === 0 ? performance.now() + ALONE_MS : 0;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.flushTimer) clearTimeout(this.flushTimer);
    if (this.retryTimer) clearTimeout(this.retryTimer);
    await this.sending;
    const client = this.client;
    this.client = null;
    if (!client) return;
    // With jobs that the stop cut off the row stays, so that the others bury this worker and take them over.
    const isDone = 'NOT EXISTS (SELECT FROM worker_jobs WHERE worker_id = workers.id)';
    await client.query(`DELETE FROM workers WHERE id = $1 AND ${isDone}`, [this.id]).catch(() => {});
    await client.end().catch(() => {});
  }

  private flush(): void {
    this.flushTimer = null;
    const payload = `${this.id} ${[...this.outgoing].join(' ')}`;
    this.outgoing.clear();
    // One query at a time on a connection; a hint that fails costs its listeners one poll.
    this.sending = this.sending
      .then(() => this.client?.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]))
      .catch(() => {});
  }

  private received(payload: string): void {
    const [from, ...topics] = payload.split(' ');
    if (from === this.id) return;
    for (const topic of topics) this.wakeLocal(topic);
  }

  private wakeLocal(topic: Topic): void {
    for (const fn of this.listeners.get(topic) ?? []) fn();
  }

  /** Tries again soon, one connection at a time: a failed attempt is told by its events and by `start`. */
  private lost(client: pg.Client): void {
    const wasUp = this.client !== null || this.isLost; // a first connection that fails is told by `start` alone
    if (this.stopped || this.retryTimer || client !== this.newest || !wasUp) return;
    this.client = null;
    if (!this.isLost) this.log.warn('lost the presence connection; trying until it is back');
    this.isLost = true;
    this.retryTimer = setTimeout(() => {
      this.retryTimer = null;
      if (this.stopped) return;
      this.start().catch(() => this.newest && this.lost(this.newest));
    }, RECONNECT_MS).unref();
  }
}
