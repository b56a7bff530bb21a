import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Db } from '../../platform/database/db.js';
import { type Learned, learnedFromPicks } from './from-picks.js';
import type { Jury } from './jury.js';
import { criterionVotesOf, pairVotesOf, picksOf } from './panel.queries.js';

/** With fewer picks than this nobody is believed more than another. */
export const LEAST_PICKS = 20;

/** Old picks tell of judges and rubrics that are gone; and a few thousand pairs are read in a moment. */
const MOST_PAIRS = 2_000;
const KEPT_MS = 10 * 60_000;

/** Several judges as one: whom to believe is learned from what buyers picked. */
@Injectable()
export class Panel {
  private kept: { readonly until: number; readonly learned: Promise<Learned> } | null = null;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Whom to believe how much; null: too few picks are known. Some minutes old at most. */
  async jury(): Promise<Jury | null> {
    const { jury, picks } = await this.weights();
    return picks < LEAST_PICKS ? null : jury;
  }

  private weights(): Promise<Learned> {
    const now = this.clock.now().getTime();
    if (!this.kept || now >= this.kept.until) {
      const learned = this.learn();
      this.kept = { until: now + KEPT_MS, learned };
      // A database that was away for a moment is asked again by whoever comes next.
      learned.catch(() => {
        if (this.kept?.learned === learned) this.kept = null;
      });
    }
    return this.kept.learned;
  }

  /** Learns anew, from what is stored now. */
  async learn(): Promise<Learned> {
    const picks = await picksOf(this.db, MOST_PAIRS);
    const subjects = [...new Set(picks.flatMap(({ picked, other }) => [picked, other]))];
    const [criteria, pairs] = await Promise.all([criterionVotesOf(this.db, subjects), pairVotesOf(this.db, subjects)]);
    return learnedFromPicks(picks, criteria, pairs);
  }
}
