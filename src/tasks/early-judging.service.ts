import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Judged } from '../judging/judge.js';
import { Judging } from '../judging/judging.service.js';
import { memo } from '../judging/memo.js';
import { afterCommit, type Tx } from '../platform/database/db.js';
import { askedOf } from './asked.js';
import type { Bid } from './bid.entity.js';
import type { Task } from './task.entity.js';
import { type ReadArtifact, Work } from './work.service.js';

/** The answers of a round come close together: first all of them are on their way to the disk. */
const AFTER_MS = 2;
/** Together at most; a larger answer is read and judged when its round is over. */
const MOST_BYTES = 8 * 2 ** 20;

/** An answer that is judged while other bidders of its round are still out. */
export interface EarlyJudged {
  readonly artifacts: readonly ReadArtifact[];
  readonly bytes: number;
  /** Judges it, once: whoever asks again gets the same. */
  readonly judged: () => Promise<Judged>;
}

/**
 * Judges answers as they come, so that the last one in is all that a closed round waits for. What is found out is held in memory and
 * saves time alone: it is thrown away with its process, and whoever finds nothing here reads the answer from storage and judges it.
 */
@Injectable()
export class EarlyJudging {
  private readonly queue: EarlyJudged[] = [];
  private isBusy = false;
  private readonly byBid = new Map<string, EarlyJudged>();
  private bytes = 0;
  /** The same attachments for all answers that were read with one task. */
  private readonly attachments = memo((task: Task) => this.work.attachmentBytes(task.id));

  constructor(
    private readonly judging: Judging,
    private readonly work: Work,
  ) {}

  /** Judges an answer soon, one after the other. @returns null when it is too large to be held */
  begin(task: Task, artifacts: readonly ReadArtifact[]): EarlyJudged | null {
    const bytes = artifacts.reduce((sum, { bytes: { byteLength } }) => sum + byteLength, 0);
    if (bytes > MOST_BYTES / 8) return null;
    let judged: Promise<Judged> | undefined;
    const early = { artifacts, bytes, judged: () => (judged ??= this.alone(task, artifacts)) };
    this.queue.push(early);
    if (!this.isBusy) void this.drain();
    return early;
  }

  /** Holds it for the judge of the round once the bid is committed: of two answers to one call only the first one counts. */
  hold(tx: Tx, { id }: Bid, early: EarlyJudged): void {
    afterCommit(tx, () => {
      this.byBid.set(id, early);
      this.bytes += early.bytes;
      for (const oldest of this.byBid.keys()) {
        if (this.bytes <= MOST_BYTES) break;
        this.take(oldest);
      }
    });
  }

  /** What is held of a bid, which is no longer held then. */
  take(bidId: string): EarlyJudged | undefined {
    const early = this.byBid.get(bidId);
    if (this.byBid.delete(bidId)) this.bytes -= early?.bytes ?? 0;
    return early;
  }

  private async alone(task: Task, artifacts: readonly ReadArtifact[]): Promise<Judged> {
    const attachments = await this.attachments(task);
    return this.judging.alone({ ...askedOf(task), attachments, artifacts });
  }

  private async drain(): Promise<void> {
    this.isBusy = true;
    await delay(AFTER_MS);
    // What fails here fails again for the judge of the round, who says so.
    for (let next = this.queue.shift(); next; next = this.queue.shift()) await next.judged().catch(() => {});
    this.isBusy = false;
  }
}
