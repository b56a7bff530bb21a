import { request } from 'undici';
import { onTestFinished } from 'vitest';
import { EventView } from '../../src/notifications/event.schema.js';

export interface SseEvent {
  readonly id: string;
  readonly type: string;
  /** The event as polling shows it. */
  readonly data: EventView;
}

export interface Follower {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** What came so far. */
  readonly events: SseEvent[];
  /** The id that a browser would come back with. */
  readonly lastEventId: () => string;
  /** Answers once so many events have come in all. */
  until(count: number): Promise<SseEvent[]>;
  /** Answers once the stream is over. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface FollowOptions {
  readonly key: string;
  readonly lastEventId?: string;
}

/** Opens a stream of server-sent events and collects what comes. It ends with the test. */
export async function follow(url: string, path: string, { key, lastEventId }: FollowOptions): Promise<Follower> {
  const abort = new AbortController();
  const answer = await request(`${url}${path}`, {
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${key}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: abort.signal,
  });
  const events: SseEvent[] = [];
  const waiting = new Set<() => void>();
  let lastId = '';
  const read = async () => {
    let text = '';
    for await (const chunk of answer.body.setEncoding('utf8')) {
      const frames = (text + chunk).split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const fields = fieldsOf(frame);
        lastId = fields.id ?? lastId;
        if (fields.data !== undefined)
          events.push({ id: lastId, type: fields.event ?? 'message', data: EventView.parse(JSON.parse(fields.data)) });
      }
      for (const look of waiting) look();
    }
  };
  const closed = read().catch(() => {});
  onTestFinished(() => abort.abort());
  return {
    status: answer.statusCode,
    headers: answer.headers,
    events,
    lastEventId: () => lastId,
    closed,
    close: () => abort.abort(),
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (events.length < count) return;
          waiting.delete(look);
          resolve([...events]);
        };
        waiting.add(look);
        look();
      }),
  };
}

function fieldsOf(frame: string): Record<string, string> {
  const lines = frame.split('\n').filter((line) => line !== '' && !line.startsWith(':'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}
