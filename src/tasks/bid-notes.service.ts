import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { Bid } from './bid.entity.js';
import type { BidNoteView } from './task.schema.js';
import { BidNotFound } from './tasks.errors.js';
import { TasksService } from './tasks.service.js';

/** A buyer's own notes on the bids of a gallery. */
@Injectable()
export class BidNotes {
  constructor(
    private readonly db: Db,
    private readonly tasks: TasksService,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets the note on a presented bid, in place of the one before; an empty one removes it. A repeat changes nothing.
   *
   * @throws TaskNotFound no such task, or another account's
   * @throws BidNotFound  none of its presented bids
   */
  async set(actor: Actor, taskId: string, bidId: string, text: string): Promise<BidNoteView> {
    const task = await this.tasks.get(actor, taskId);
    const bid = await this.db.dataSource.manager.findOneBy(Bid, { id: bidId, taskId: task.id, presented: true });
    if (!bid) throw new BidNotFound();
    if (text === '') await this.db.query('DELETE FROM bid_notes WHERE bid_id = $1', [bid.id]);
    else
      await this.db.query(
        `INSERT INTO bid_notes (bid_id, text, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (bid_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
        [bid.id, text, this.clock.now()],
      );
    return { bid_id: bid.id, note: text === '' ? null : text };
  }
}
