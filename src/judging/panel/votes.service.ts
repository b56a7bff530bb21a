import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { rows, type Tx } from '../../platform/database/db.js';
import type { Vote } from '../vote.js';

/** Who picks among the presented. What they picked is what all other judges are measured by. */
export const BUYER = 'buyer';

/** Keeps every vote, from the first day on: whom to believe can only be learned from those that were stored. */
@Injectable()
export class Votes {
  constructor(private readonly clock: Clock) {}

  /** Stores votes in one statement. A judge's first answer to a question stands; a repeat changes nothing. */
  async record(tx: Tx, votes: readonly Vote[]): Promise<void> {
    if (votes.length === 0) return;
    await rows(
      tx,
      `INSERT INTO votes (at, subject, against, judge, judge_version, criterion, kind, shown_order, template, vote, confidence, evidence, flags)
       SELECT $2, v.subject, v.against, v.judge, v.judge_version, v.criterion, v.kind, v."order", v.template, v.vote, v.confidence, v.evidence,
              ARRAY(SELECT jsonb_array_elements_text(v.flags))
       FROM jsonb_to_recordset($1::jsonb) AS v (subject uuid, against uuid, judge text, judge_version text, criterion text, kind text,
         "order" text, template smallint, vote text, confidence real, evidence text, flags jsonb)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(votes), this.clock.now()],
    );
  }

  /** Stores a buyer's pick: a vote for it against each bid that stood beside it. Call it in the transaction that selects. */
  picked(tx: Tx, picked: string, others: readonly string[]): Promise<void> {
    return this.record(
      tx,
      others.map((other) => ({
        ...{ subject: picked, against: other, judge: BUYER, judge_version: '1', criterion: 'pick', kind: 'pair' },
        ...{ order: null, template: 0, vote: 'a', confidence: 1, evidence: '', flags: [] },
      })),
    );
  }
}
