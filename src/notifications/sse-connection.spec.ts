import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { MAX_BUFFERED_BYTES, SseConnection } from './sse-connection.js';

const event = (size: number) => ({
  id: '1-1',
  type: 'note',
  task_id: null,
  data: { text: 'x'.repeat(size) },
  created_at: '',
});

/** A reader on loopback that has asked and not read yet, and the server's side of it. */
async function connected(): Promise<{ client: Socket; out: ServerResponse }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => {});
  client.pause();
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  const [, out] = (await once(server, 'request')) as [unknown, ServerResponse];
  return { client, out };
}

afterEach(() => void vi.useRealTimers());

describe('a connection', () => {
  test('begins with its headers, those of the guards too, and the cursor it starts from', async () => {
    const { client, out } = await connected();
    new SseConnection(out, { 'x-ratelimit-limit': 7, 'x-none': undefined }, '5-0').end();
    client.resume();
    const [chunk] = await once(client, 'data');
    expect(String(chunk)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(String(chunk)).toContain('x-ratelimit-limit: 7\r\n');
    expect(String(chunk)).toContain('x-accel-buffering: no\r\n');
    expect(String(chunk)).toContain('id: 5-0\n\n');
  });

  test('cuts a reader that does not read once the bound waits for it', async () => {
    const { out } = await connected();
    const connection = new SseConnection(out, {}, '0-0');
    let most = 0;
    while (connection.isOpen) {
      connection.send(event(2 ** 16));
      most = Math.max(most, out.writableLength);
      await new Promise(setImmediate);
    }
    expect(most).toBeLessThan(MAX_BUFFERED_BYTES + 2 ** 17);
  });

  test('waits for a reader that is slow, and no longer than it is there', async () => {
    const { client, out } = await connected();
    const connection = new SseConnection(out, {}, '0-0');
    while (!out.writableNeedDrain) {
      connection.send(event(2 ** 14));
      await new Promise(setImmediate);
    }
    const ready = connection.ready();
    client.resume();
    await ready;
    expect(out.writableNeedDrain).toBe(false);
    client.pause();
    while (!out.writableNeedDrain) {
      connection.send(event(2 ** 14));
      await new Promise(setImmediate);
    }
    const gone = connection.ready();
    client.destroy();
    await gone;
    expect(connection.isOpen).toBe(false);
  });

  test('tells who listens for its end, also when that was before', async () => {
    const { client, out } = await connected();
    const connection = new SseConnection(out, {}, '0-0');
    const ended = new Promise<void>((resolve) => connection.onClose(resolve));
    client.destroy();
    await ended;
    const late = vi.fn();
    connection.onClose(late);
    expect(late).toHaveBeenCalledOnce();
  });

  test('keeps a quiet stream alive and gives up on one that takes nothing for a minute', async () => {
    const { client, out } = await connected();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const connection = new SseConnection(out, {}, '0-0');
    const opening = once(client, 'data');
    client.resume();
    const [first] = await opening;
    expect(String(first)).toContain('id: 0-0');
    vi.advanceTimersByTime(15_000);
    const [beat] = await once(client, 'data');
    expect(String(beat)).toContain(': still here\n\n');
    client.pause();
    while (!out.writableNeedDrain) {
      connection.send(event(2 ** 14));
      await new Promise(setImmediate);
    }
    vi.advanceTimersByTime(45_000);
    expect(connection.isOpen).toBe(true);
    vi.advanceTimersByTime(15_000);
    expect(connection.isOpen).toBe(false);
  });
});
