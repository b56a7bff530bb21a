import type { ServerResponse } from 'node:http';
import type { EventView } from './event.schema.js';
import { eventFrame, HEARTBEAT, markFrame, openingFrame } from './frames.js';

const HEARTBEAT_MS = 15_000;
/** Heartbeats that a reader may leave lying before it counts as gone: a minute. */
const STALLED_BEATS = 4;
/** What may wait in our memory for one reader, besides the operating system's own buffers. */
export const MAX_BUFFERED_BYTES = 2 ** 20;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
  // Kept alive after the stream's end it would hold up a stopping server for nothing.
  connection: 'close',
};

/** One reader of a stream. Who does not read is cut, and comes back with the id of the last event that arrived. */
export class SseConnection {
  private readonly timer: NodeJS.Timeout;
  private stalledBeats = 0;

  /** Sends the headers at once, so that the reader knows it is connected. */
  constructor(
    private readonly out: ServerResponse,
    headers: Readonly<Record<string, string | number | string[] | undefined>>,
    cursor: string,
  ) {
    out.on('error', () => {}); // 'close' follows, and that is what counts
    for (const [name, value] of Object.entries({ ...headers, ...HEADERS }))
      if (value !== undefined) out.setHeader(name, value);
    out.writeHead(200);
    out.write(openingFrame(cursor));
    this.timer = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.onClose(() => clearInterval(this.timer));
  }

  get isOpen(): boolean {
    return !this.out.writableEnded && !this.out.destroyed;
  }

  /** Never throws. Cuts the reader when more than the bound waits for it. */
  send(event: EventView): void {
    if (!this.isOpen) return;
    this.out.write(eventFrame(event));
    if (this.out.writableLength > MAX_BUFFERED_BYTES) this.out.destroy();
  }

  /** Where the reader goes on from if it loses the connection now. */
  mark(cursor: string): void {
    if (this.isOpen) this.out.write(markFrame(cursor));
  }

  /** Until the reader has taken enough for more to be written, or is gone. */
  async ready(): Promise<void> {
    while (this.isOpen && this.out.writableNeedDrain) {
      await new Promise<void>((resolve) => {
        const done = () => {
          this.out.off('drain', done).off('close', done);
          resolve();
        };
        this.out.on('drain', done).on('close', done);
      });
    }
  }

  /** Once the reader is gone; at once when it is already. */
  onClose(fn: () => void): void {
    if (this.isOpen) this.out.once('close', fn);
    else fn();
  }

  /** Ends politely: what was written still arrives if the reader takes it soon. */
  end(): void {
    if (!this.isOpen) return;
    const isStuck = this.out.writableNeedDrain;
    this.out.end();
    if (isStuck) this.out.destroy();
  }

  private beat(): void {
    this.stalledBeats = this.out.writableLength > 0 ? this.stalledBeats + 1 : 0;
    if (this.stalledBeats === 0) this.out.write(HEARTBEAT);
    if (this.stalledBeats >= STALLED_BEATS) this.out.destroy();
  }
}
