import { describe, expect, test } from 'vitest';
import { eventFrame, openingFrame, wantsStream } from './frames.js';

describe('a frame', () => {
  const event = {
    id: '12-3',
    type: 'bid.received',
    task_id: null,
    data: { note: 'a\nb\r\n\nc' },
    created_at: '2026-01-01T00:00:00.000Z',
  };

  test('carries the event in one data line, whatever its text holds', () => {
    const lines = eventFrame(event).split('\n');
    expect(lines.slice(0, 2)).toEqual(['id: 12-3', 'event: bid.received']);
    expect(JSON.parse(lines[2]?.replace('data: ', '') ?? '')).toEqual(event);
    expect(lines.slice(3)).toEqual(['', '']);
  });

  test('lets no type begin a field of its own', () => {
    expect(eventFrame({ ...event, type: 'a\nid: 99-9' })).not.toMatch(/^id: 99/m);
  });

  test('that opens the stream names where it begins', () => {
    expect(openingFrame('7-0')).toBe('retry: 2000\nid: 7-0\n\n');
  });
});

describe('a stream is wanted', () => {
  test.each([
    ['text/event-stream', true],
    ['application/json, Text/Event-Stream;q=0.9', true],
    ['application/json', false],
    ['text/event-streams', false],
    ['*/*', false],
    [undefined, false],
  ])('by Accept "%s": %s', (accept, wanted) => {
    expect(wantsStream(accept)).toBe(wanted);
  });
});
