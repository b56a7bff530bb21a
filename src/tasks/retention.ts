import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { Db } from '../platform/database/db.js';

const DAY_MS = 86_400_000;

/**
 * What is kept for a while only: artifacts that the buyer never saw, uploads that no task took. Deliveries stay, and with them
 * what an agent may show.
 */
@Injectable()
export class Retention {
  constructor(
    private readonly db: Db,
    private readonly config: Config,
  ) {}

  async forget(now: Date): Promise<void> {
    const losers = new Date(now.getTime() - this.config.LOSING_BIDS_DAYS * DAY_MS);
    await this.db.query(
      `UPDATE artifacts SET hash = NULL FROM bids
       WHERE artifacts.bid_id = bids.id AND artifacts.hash IS NOT NULL AND NOT bids.presented AND bids.called_at < $1`,
      [losers],
    );
    await this.db.query(
      `DELETE FROM attachments a WHERE created_at < $1 AND NOT EXISTS (SELECT FROM task_attachments t WHERE t.attachment_id = a.id)`,
      [new Date(now.getTime() - DAY_MS)],
    );
  }
}
