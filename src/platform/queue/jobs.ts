import { Injectable } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import { Config } from '../config.js';
import { afterCommit, type Tx } from '../database/db.js';
import { bossTx } from './boss.js';
import { Presence } from './presence.js';

export type Payload = Record<string, string | number>;

export interface SendOptions {
  /** A deterministic id makes a second send of the same job do nothing. */
  id?: string;
  startAfter?: Date;
}

export const queueTopic = (queue: string) => `queue:${queue}`;

/** The one way to cause work: jobs that exist exactly if the transaction that sends them commits. Payloads are ids. */
@Injectable()
export class Jobs {
  readonly boss: PgBoss;

  constructor(
    config: Config,
    private readonly presence: Presence,
  ) {
    this.boss = new PgBoss({
      connectionString: config.DATABASE_URL ?? '',
      application_name: 'bakeoff-queue',
      max: 3,
      migrate: false,
      createSchema: false,
      schedule: false,
      supervise: config.runsWorker,
      reindex: false,
      monitorVacuum: false,
    });
  }

  /** Many jobs of one queue, due at once, in one statement. */
  async sendAll(tx: Tx, queue: string, jobs: readonly Payload[]): Promise<void> {
    await this.sendOnce(
      tx,
      queue,
      jobs.map((data) => ({ data })),
    );
  }

  /** The same for jobs that may have been sent before: with an id that is known, one is left out. */
  async sendOnce(tx: Tx, queue: string, jobs: readonly { id?: string; data: Payload }[]): Promise<void> {
    await this.boss.insert(queue, [...jobs], { db: bossTx(tx) });
    afterCommit(tx, () => this.presence.hint(queueTopic(queue)));
  }

  async send(tx: Tx, queue: string, data: Payload, options: SendOptions = {}): Promise<void> {
    await this.boss.send(queue, data, { ...options, db: bossTx(tx) });
    const isDue = !options.startAfter || options.startAfter.getTime() <= Date.now();
    if (isDue) afterCommit(tx, () => this.presence.hint(queueTopic(queue)));
  }
}
