import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Presence } from '../queue/presence.js';
import { type Cursor, isAfter } from './cursor.js';
import { type Audience, EventLog, type StoredEvent } from './event-log.js';
import { EVENTS_TOPIC } from './events.js';

const BATCH = 500;
const POLL_MS = 1_000;
/** While the oldest running transaction holds events back there is no wake-up for its end: look again this soon, then twice as late. */
const HELD_BACK_MS = 20;
/** News comes in bursts: reads are at least this far apart, so that one takes what came since the last. */
const APART_MS = 10;

interface Subscriber {
  readonly audience: Audience;
  readonly deliver: (event: StoredEvent) => void;
}

/**
 * One reader a process for all who follow the events live, each event once and in order. It reads only while somebody
 * listens. A wake-up saves waiting for the next poll.
 */
@Injectable()
export class EventStream {
  private readonly subscribers = new Set<Subscriber>();
  private readonly log = new Logger('events');
  private position: Cursor | null = null;
  private running: Promise<void> | null = null;
  private wake: () => void = () => {};
  private stopped = false;

  constructor(
    private readonly events: EventLog,
    private readonly presence: Presence,
  ) {}

  /**
   * Delivers what the audience may see after `after` (what it missed first, then live) until the returned function is called.
   * `deliver` is called in order and never twice for one event.
   *
   * @throws EventsGone the cursor is older than what is kept
   */
  async subscribe(
    audience: Audience,
    after: Cursor | null,
    deliver: (event: StoredEvent) => void,
  ): Promise<() => void> {
    await this.ensureRunning();
    let sent = after ?? (await this.events.end());
    let catchingUp = true;
    const waiting: StoredEvent[] = [];
    const pass = (event: StoredEvent) => {
      if (!isAfter(event.cursor, sent)) return;
      sent = event.cursor;
      deliver(event);
    };
    const subscriber = { audience, deliver: (event: StoredEvent) => (catchingUp ? waiting.push(event) : pass(event)) };
    this.subscribers.add(subscriber);
    try {
      for (;;) {
        const missed = await this.events.afterFor(audience, sent, BATCH);
        for (const event of missed) pass(event);
        if (missed.length < BATCH) break;
      }
    } catch (err) {
      this.subscribers.delete(subscriber);
      throw err;
    }
    catchingUp = false;
    for (const event of waiting) pass(event);
    this.wake();
    return () => this.subscribers.delete(subscriber);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
  }

  private async ensureRunning(): Promise<void> {
    if (this.running) return;
    const end = await this.events.end();
    // Of two first subscribers the one whose answer comes later must not move the reader past what the other waits for.
    this.position ??= end;
    this.running ??= this.read();
  }

  private async read(): Promise<void> {
    let hinted = false;
    let pauseMs = POLL_MS;
    let readAt = 0;
    const release = this.presence.on(EVENTS_TOPIC, () => {
      hinted = true;
      this.wake();
    });
    while (!this.stopped) {
      const earlyMs = readAt + APART_MS - performance.now();
      if (earlyMs > 0) await delay(earlyMs);
      readAt = performance.now();
      const wasHinted = hinted;
      hinted = false;
      const count = this.subscribers.size > 0 ? await this.pull() : await this.skip();
      if (hinted || count === BATCH) continue;
      pauseMs = wasHinted ? HELD_BACK_MS : Math.min(2 * pauseMs, POLL_MS);
      await this.sleep(pauseMs);
    }
    release();
  }

  private async pull(): Promise<number> {
    try {
      const events = await this.events.after(this.position as Cursor, BATCH);
      for (const event of events) this.fanOut(event);
      this.position = events.at(-1)?.cursor ?? this.position;
      return events.length;
    } catch (err) {
      this.log.warn({ err }, 'could not read events');
      return 0;
    }
  }

  /** Nobody listens: a later subscriber reads what it missed itself. */
  private async skip(): Promise<number> {
    const end = await this.events.end().catch(() => this.position);
    // Whoever subscribed meanwhile may have caught up to an earlier point than this one.
    if (this.subscribers.size === 0) this.position = end;
    return 0;
  }

  private fanOut(event: StoredEvent): void {
    for (const { audience, deliver } of this.subscribers) {
      if (audience.accountId !== event.accountId) continue;
      if (audience.taskId !== undefined && audience.taskId !== event.taskId) continue;
      deliver(event);
    }
  }

  private async sleep(ms: number): Promise<void> {
    if (this.stopped) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.wake = () => {};
  }
}
