import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { newId } from '../../platform/crypto/tokens.js';
import { Db, type Tx } from '../../platform/database/db.js';
import { cursorText } from '../../platform/events/cursor.js';
import { EVENTS_TOPIC } from '../../platform/events/events.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { Presence } from '../../platform/queue/presence.js';
import { insertDeliveries, type NewDelivery } from './deliveries.queries.js';
import { type Batch, batchAfter, type Heard, moveCursor, startingPoint } from './fan-out.queries.js';
import { wants } from './patterns.js';
import { webhookBody } from './payload.js';
import { WEBHOOK_QUEUE } from './webhook-calls.service.js';

const BATCH = 500;
const POLL_MS = 1_000;
/** Reads are at least this far apart: one takes what came since the last. */
const APART_MS = 50;
/** Said when a webhook is made or switched on. */
export const WEBHOOKS_TOPIC = 'webhooks';

/**
 * Makes deliveries out of events. Every worker may be at it: the cursor moves in the transaction that writes a batch's deliveries
 * and jobs, and only if nobody moved it since the batch was read. So no event is lost or doubled, whoever dies when.
 */
@Injectable()
export class FanOut implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('webhooks');
  private running: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  private wake = () => {};

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly presence: Presence,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.runsWorker) this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  /**
   * Hands out the next events.
   *
   * @returns how many were looked at; fewer than a batch when there are no more for now, null when no webhook is on
   */
  async step(): Promise<number | null> {
    const start = await startingPoint(this.db);
    if (!start) return null;
    const batch = await batchAfter(this.db, start.from, BATCH);
    if (!batch) return 0;
    const made = deliveriesOf(batch);
    await this.db.transaction(async (tx) => {
      if (await moveCursor(tx, start.cursor, batch.end)) await this.write(tx, made);
    });
    return batch.count;
  }

  private async write(tx: Tx, made: readonly NewDelivery[]): Promise<void> {
    const ids = await insertDeliveries(tx, made, this.clock.now());
    if (ids.length === 0) return;
    await this.jobs.sendAll(
      tx,
      WEBHOOK_QUEUE,
      ids.map((deliveryId) => ({ deliveryId })),
    );
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let hinted = false;
    let isListening = true;
    const release = [
      this.presence.on(EVENTS_TOPIC, () => {
        hinted = true;
        if (isListening) this.wake();
      }),
      this.presence.on(WEBHOOKS_TOPIC, () => {
        isListening = true;
        hinted = true;
        this.wake();
      }),
    ];
    let pauseMs = APART_MS;
    while (!signal.aborted) {
      const wasHinted = hinted;
      hinted = false;
      isListening = true;
      const count = await this.step().catch((err) => {
        this.log.warn({ err }, 'events could not be handed to webhooks');
        return 0;
      });
      if (count === null && !hinted) {
        // While no webhook is on, events concern nobody here.
        isListening = false;
        await this.sleep(POLL_MS);
        continue;
      }
      // What a running transaction holds back wakes nobody when it is free: look again soon, then later and later.
      pauseMs = wasHinted || Number(count) > 0 ? APART_MS : Math.min(2 * pauseMs, POLL_MS);
      await delay(APART_MS, undefined, { signal }).catch(() => {});
      if (Number(count) < BATCH && !hinted) await this.sleep(pauseMs);
    }
    for (const end of release) end();
  }

  private async sleep(ms: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.wake = () => {};
  }
}

function deliveriesOf({ heard }: Batch): NewDelivery[] {
  return heard.filter(({ wish, event }) => wants(wish, event)).map(deliveryOf);
}

function deliveryOf({ webhookId, event }: Heard): NewDelivery {
  const eventId = cursorText(event.cursor);
  const { type, taskId, data, createdAt } = event;
  return { id: newId(), webhookId, eventId, type, body: webhookBody({ eventId, type, taskId, data, at: createdAt }) };
}
