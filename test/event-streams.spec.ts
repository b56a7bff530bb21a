import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { OpenStreams } from '../src/notifications/open-streams.js';
import { aProgram } from './support/accounts.js';
import { announce, namesOf } from './support/announce.js';
import { startApp } from './support/app.js';
import { follow } from './support/sse.js';
import { PATIENCE_MS } from './support/until.js';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => `e${i}`);

describe('a stream', () => {
  test('brings what was missed and then what comes, each once and in order', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    await announce(app, accountId, upTo(250));
    const stream = await follow(app.url, '/events', { key });
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    expect(stream.headers['x-ratelimit-remaining']).toBeDefined();
    for (const name of ['x', 'y', 'z']) await announce(app, accountId, [name]);
    expect(namesOf((await stream.until(253)).map(({ data }) => data))).toEqual([...upTo(250), 'x', 'y', 'z']);
    const polled = await app.call('GET', '/events?limit=500', { key });
    expect(stream.events.map(({ data }) => data)).toEqual(polled.body.data);
    expect(stream.events.every(({ id, type, data }) => id === data.id && type === 'note')).toBe(true);
  });

  test('goes on where it broke off, and the header is newer than the address', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    await announce(app, accountId, ['a', 'b', 'c']);
    const first = await follow(app.url, '/events', { key });
    const [, b] = await first.until(3);
    first.close();
    await first.closed;
    await announce(app, accountId, ['d']);
    const again = await follow(app.url, '/events?after=0-0', { key, lastEventId: b?.id ?? '' });
    expect(namesOf((await again.until(2)).map(({ data }) => data))).toEqual(['c', 'd']);
  });

  test('that began with the latest loses nothing when it breaks off before its first event', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    await announce(app, accountId, ['old']);
    const first = await follow(app.url, '/events?after=latest', { key });
    await vi.waitFor(() => expect(first.lastEventId()).not.toBe(''), { timeout: PATIENCE_MS });
    first.close();
    await first.closed;
    await announce(app, accountId, ['missed']);
    const again = await follow(app.url, '/events?after=latest', { key, lastEventId: first.lastEventId() });
    expect(namesOf((await again.until(1)).map(({ data }) => data))).toEqual(['missed']);
  });

  test('on one server brings the events of another, once and in order', async () => {
    const a = await startApp();
    const b = await startApp({ beside: a });
    const { accountId, key } = await aProgram(a);
    const stream = await follow(a.url, '/events', { key });
    const names = upTo(60);
    for (const [i, name] of names.entries()) await announce(i % 3 === 0 ? a : b, accountId, [name]);
    expect(namesOf((await stream.until(60)).map(({ data }) => data))).toEqual(names);
    await announce(b, accountId, ['last']);
    expect(namesOf((await stream.until(61)).map(({ data }) => data)).at(-1)).toBe('last');
    expect(stream.events).toHaveLength(61);
  });

  test('that does not read is cut, and the others go on', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    const { port, hostname } = new URL(app.url);
    const lazy = connect(Number(port), hostname).on('error', () => {});
    onTestFinished(() => void lazy.destroy());
    lazy.pause();
    lazy.write(
      `GET /events HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\nauthorization: Bearer ${key}\r\n\r\n`,
    );
    const reads = await follow(app.url, '/events', { key });
    await vi.waitFor(() => expect(app.get(OpenStreams).count).toBe(2), { timeout: PATIENCE_MS });

    const text = 'x'.repeat(2 ** 16);
    let sent = 0;
    while (app.get(OpenStreams).count === 2 && sent < 1_000) {
      await announce(app, accountId, [text, text, text, text]);
      sent += 4;
      await reads.until(sent);
    }
    expect(app.get(OpenStreams).count).toBe(1);
    expect(reads.events).toHaveLength(sent);
  });

  test('ends with the key that opened it', async () => {
    const app = await startApp();
    const { key, accountId } = await aProgram(app);
    const made = await app.call('POST', '/keys', { key, body: { name: 'other', scopes: ['read'] } });
    const [stays, goes] = [
      await follow(app.url, '/events', { key }),
      await follow(app.url, '/events', { key: made.body.data.token }),
    ];
    await app.get(OpenStreams).recheck();
    expect(app.get(OpenStreams).count).toBe(2);
    await app.call('DELETE', `/keys/${made.body.data.id}`, { key });
    await app.get(OpenStreams).recheck();
    await goes.closed;
    await announce(app, accountId, ['a']);
    await stays.until(1);
    expect(goes.events).toEqual([]);
  });

  test('and a waiting poll end when the server stops, which waits for neither', async () => {
    const app = await startApp();
    const { key } = await aProgram(app);
    const stream = await follow(app.url, '/events', { key });
    const waiting = app.call('GET', '/events?wait=30', { key });
    await vi.waitFor(() => expect(app.get(OpenStreams).count).toBe(2), { timeout: PATIENCE_MS });
    // The poll waits 30 s, and a stop as long for a stream that stays.
    const startedAt = performance.now();
    await app.stop();
    await stream.closed;
    expect((await waiting).body.data).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(25_000);
  });

  test('is one of twenty at most', async () => {
    const app = await startApp();
    const { key } = await aProgram(app);
    for (let i = 0; i < 20; i++) await follow(app.url, '/events', { key });
    const refused = await app.call('GET', '/events', { key, headers: { accept: 'text/event-stream' } });
    expect([refused.status, refused.body.error.code]).toEqual([429, 'TOO_MANY_STREAMS']);
    expect((await app.call('GET', '/events', { key })).status).toBe(200);
  });
});
