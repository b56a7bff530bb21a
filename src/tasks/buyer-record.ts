import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../platform/database/db.js';

export const BuyerRecordView = z
  .object({
    posted: z.int(),
    completed: z.int(),
    abandoned_rounds: z.int().describe('Galleries left without a pick: cancelled in review, or expired there.'),
  })
  .meta({ id: 'BuyerRecord' });
export type BuyerRecordView = z.infer<typeof BuyerRecordView>;

/** What agents may know of a buyer. An unknown account looks like one that never posted. */
@Injectable()
export class BuyerRecords {
  constructor(private readonly db: Db) {}

  async of(buyerId: string): Promise<BuyerRecordView> {
    const [record] = await this.db.query<BuyerRecordView>(
      `SELECT count(*)::int AS posted, count(*) FILTER (WHERE status = 'completed')::int AS completed,
              count(*) FILTER (WHERE ended_from = 'review')::int AS abandoned_rounds
       FROM tasks WHERE buyer_id = $1`,
      [buyerId],
    );
    return record ?? { posted: 0, completed: 0, abandoned_rounds: 0 };
  }
}
