import { Injectable } from '@nestjs/common';
import { type Cursor, cursorText, isAfter, parseCursor, START } from '../platform/events/cursor.js';
import { type Audience, EventLog } from '../platform/events/event-log.js';
import { EventStream } from '../platform/events/event-stream.js';
import { Page } from '../platform/http/pagination.js';
import type { EventView } from './event.schema.js';
import { eventView } from './event.view.js';
import type { SseConnection } from './sse-connection.js';

/** Catching up reads this many at a time, so that a long absence costs no more memory than a short one. */
const BATCH = 100;

interface Reading {
  readonly page: Page<EventView>;
  readonly next: Cursor;
}

/** The events of one account, or of one of its tasks: page by page, or as they come. */
@Injectable()
export class EventFeed {
  constructor(
    private readonly log: EventLog,
    private readonly stream: EventStream,
  ) {}

  /** @throws BadRequest BAD_CURSOR */
  async startOf(after: string | undefined): Promise<Cursor> {
    if (after === undefined) return START;
    return after === 'latest' ? this.log.end() : parseCursor(after);
  }

  /** @throws EventsGone the cursor is older than what is kept */
  async check(audience: Audience, after: Cursor): Promise<void> {
    await this.log.afterFor(audience, after, 1);
  }

  /** What came after the cursor, oldest first. @throws EventsGone */
  async page(audience: Audience, after: Cursor, limit: number): Promise<Page<EventView>> {
    return (await this.read(audience, after, limit)).page;
  }

  /**
   * The same, but where there is nothing yet it waits until there is. After `waitS`, or when `ended` fires, the page is empty.
   *
   * @throws EventsGone
   */
  async nextPage(
    audience: Audience,
    after: Cursor,
    limit: number,
    waitS: number,
    ended: AbortSignal,
  ): Promise<Page<EventView>> {
    const { page, next } = await this.read(audience, after, limit);
    if (page.items.length > 0) return page;
    await this.news(audience, next, waitS, ended);
    return this.page(audience, next, limit);
  }

  /**
   * Writes what came after the cursor and then whatever comes, each event once and in order, until the reader is gone.
   *
   * @throws EventsGone they were dropped while the reader caught up
   */
  async follow(audience: Audience, after: Cursor, reader: SseConnection): Promise<void> {
    const end = await this.log.end();
    let sent = after;
    for (let missed = BATCH; missed === BATCH && reader.isOpen; ) {
      const events = await this.log.afterFor(audience, sent, BATCH);
      for (const event of events) {
        await reader.ready();
        reader.send(eventView(event));
      }
      missed = events.length;
      sent = events.at(-1)?.cursor ?? sent;
    }
    if (!reader.isOpen) return;
    // A quiet reader's position moves on too, so that it does not grow older than the events that are kept.
    if (isAfter(end, sent)) reader.mark(cursorText(end));
    const unsubscribe = await this.stream.subscribe(audience, sent, (event) => reader.send(eventView(event)));
    if (reader.isOpen) reader.onClose(unsubscribe);
    else unsubscribe();
  }

  private async read(audience: Audience, after: Cursor, limit: number): Promise<Reading> {
    // Taken before reading, so an empty page proves that nothing lies before it: polling goes on from there.
    const end = await this.log.end();
    const found = await this.log.afterFor(audience, after, limit + 1);
    const shown = found.slice(0, limit);
    const next = shown.at(-1)?.cursor ?? (isAfter(end, after) ? end : after);
    return { page: Page.growing(shown.map(eventView), cursorText(next), found.length > limit), next };
  }

  private async news(audience: Audience, after: Cursor, waitS: number, ended: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, waitS * 1_000);
    ended.addEventListener('abort', () => resolve());
    if (ended.aborted) resolve();
    const unsubscribe = await this.stream.subscribe(audience, after, () => resolve());
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      unsubscribe();
    }
  }
}
