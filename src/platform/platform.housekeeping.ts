import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from './config.js';
import { Db } from './database/db.js';
import { EventLog } from './events/event-log.js';
import { Chores } from './schedule/chores.js';
import { FileReferences } from './storage/references.js';
import { Storage } from './storage/storage.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Forgets what has had its time: idempotency keys, rate counters, events and files that nobody refers to. */
@Injectable()
export class PlatformHousekeeping implements OnModuleInit {
  constructor(
    private readonly chores: Chores,
    private readonly db: Db,
    private readonly config: Config,
    private readonly events: EventLog,
    private readonly storage: Storage,
    private readonly references: FileReferences,
  ) {}

  onModuleInit(): void {
    this.chores.every(60, 'forget-rate-counters', (now) =>
      this.db.query('DELETE FROM rate_counters WHERE expires_at < $1', [Math.floor(now.getTime() / 1_000)]),
    );
    this.chores.every(600, 'forget-idempotency-keys', (now) => this.forgetKeys(now));
    this.chores.every(3_600, 'forget-events', (now) =>
      this.events.forget(new Date(now.getTime() - this.config.EVENT_DAYS * DAY_MS)),
    );
    this.chores.every(600, 'settle-files', (now) => this.storage.settle(new Date(now.getTime() - HOUR_MS)));
    this.chores.every(3_600, 'sweep-files', (now) =>
      this.storage.sweep({
        olderThan: new Date(now.getTime() - DAY_MS),
        referenced: (hashes) => this.references.referenced(hashes),
      }),
    );
  }

  private async forgetKeys(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.IDEMPOTENCY_HOURS * HOUR_MS);
    await this.db.query('DELETE FROM idempotency_keys WHERE created_at < $1', [before]);
  }
}
