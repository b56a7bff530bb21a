import { Injectable } from '@nestjs/common';
import { uuidFrom } from '../platform/crypto/tokens.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Jobs } from '../platform/queue/jobs.js';

export const PROBE_QUEUE = 'probe';
/** What is due later than this, in ms, is left to the clockwork. */
const SOON_MS = 20_000;

/** An agent that is to be probed, and since when. */
export interface Due {
  readonly id: string;
  readonly nextProbeAt: Date;
}

/** The jobs that probe agents. Two for one agent are harmless: the second finds nothing due. */
@Injectable()
export class ProbeQueue {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
  ) {}

  async send(tx: Tx, agentId: string): Promise<void> {
    await this.jobs.send(tx, PROBE_QUEUE, { agentId });
  }

  /** A job for one that is due before the clockwork would look; for a later one that is enough. */
  async sendIfSoon(tx: Tx, agentId: string, startAfter: Date, now: Date): Promise<void> {
    if (startAfter.getTime() - now.getTime() > SOON_MS) return;
    await this.jobs.send(tx, PROBE_QUEUE, { agentId }, { startAfter });
  }

  /** A job for each. One that still waits from an earlier tick of this minute is not sent again. */
  async sendDue(due: readonly Due[], now: Date): Promise<void> {
    if (due.length === 0) return;
    const minute = Math.floor(now.getTime() / 60_000);
    await this.db.transaction(async (tx) => {
      for (const { id, nextProbeAt } of due) {
        await this.jobs.send(
          tx,
          PROBE_QUEUE,
          { agentId: id },
          { id: uuidFrom('probe', id, nextProbeAt.getTime(), minute) },
        );
      }
    });
  }
}
