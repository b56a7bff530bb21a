import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { anEgress, failure, get, listening, text, withRawServer, withServer } from '../../../test/support/loopback.js';

describe('too large', () => {
  test('a declared length ends it before the body is read', async () => {
    const { egress, url } = await withServer((_request, response) => {
      response.writeHead(200, { 'content-length': 10_000_000 });
      response.write('x');
    });
    expect(await failure(get(egress, url, { maxBytes: 1_000 }))).toMatchObject({
      reason: 'too_large',
      retryable: false,
      status: 200,
    });
  });

  test('an undeclared length ends it as soon as it is over, with the first 4 kB kept', async () => {
    const { egress, url } = await withServer((_request, response) => {
      const timer = setInterval(() => response.write('y'.repeat(3_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    const error = await failure(get(egress, url, { maxBytes: 50_000 }));
    expect(error.reason).toBe('too_large');
    expect(error.bytesReceived).toBeGreaterThan(50_000);
    expect(error.bytesReceived).toBeLessThan(200_000);
    expect(text(error.partialBody)).toBe('y'.repeat(4_096));
  });

  test('a body of exactly the limit is accepted', async () => {
    const { egress, url } = await withServer((_request, response) => {
      response.write('a'.repeat(600));
      setTimeout(() => response.end('b'.repeat(400)), 20);
    });
    expect((await get(egress, url, { maxBytes: 1_000 })).bytesReceived).toBe(1_000);
    expect((await failure(get(egress, url, { maxBytes: 999 }))).reason).toBe('too_large');
  });

  test('a body of one-byte chunks costs about its size', async () => {
    const { egress, url } = await withRawServer(
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nz\r\n'.repeat(90_000)}0\r\n\r\n`,
    );
    const { body } = await get(egress, url);
    expect(body.length).toBe(90_000);
    expect(body.buffer.byteLength).toBeLessThan(200_000);
  });

  test('headers over 16 kB end it', async () => {
    const { egress, url } = await withRawServer(
      `HTTP/1.1 200 OK\r\n${`x-bomb: ${'a'.repeat(100)}\r\n`.repeat(1_000)}\r\n`,
    );
    expect((await failure(get(egress, url))).reason).toBe('too_large');
    const endless = await withRawServer('HTTP/1.1 200 OK\r\n', (socket) => {
      const timer = setInterval(() => socket.write(`x-${Math.random()}: ${'a'.repeat(1_000)}\r\n`), 1);
      socket.on('close', () => clearInterval(timer));
    });
    expect((await failure(get(endless.egress, endless.url))).reason).toBe('too_large');
  });

  test('no more than 100 headers are handed on', async () => {
    const lines = Array.from({ length: 500 }, (_, n) => `h${n}: v\r\n`).join('');
    const { egress, url } = await withRawServer(`HTTP/1.1 200 OK\r\n${lines}content-length: 2\r\n\r\nok`);
    expect(Object.keys((await get(egress, url)).headers)).toHaveLength(100);
  });
});

describe('a broken answer', () => {
  test('a reset in the middle keeps what had come', async () => {
    const { egress, url } = await withRawServer('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', (socket) => {
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    const error = await failure(get(egress, url));
    expect(error).toMatchObject({
      reason: 'reset',
      retryable: true,
      everSentByte: true,
      status: 200,
      bytesReceived: 4,
    });
    expect(text(error.partialBody)).toBe('half');
    expect(error.timings.firstByteMs).toBeGreaterThan(0);
  });

  test('a close before the declared end is no answer', async () => {
    const chunked = await withRawServer(
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n',
      (socket) => socket.end(),
    );
    expect((await failure(get(chunked.egress, chunked.url))).reason).toBe('reset');
    const short = await withRawServer(
      'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\nhello',
      (socket) => socket.end(),
    );
    expect((await failure(get(short.egress, short.url))).reason).toBe('reset');
    const nothing = await withRawServer('', (socket) => socket.end());
    expect(await failure(get(nothing.egress, nothing.url))).toMatchObject({ reason: 'reset', status: null });
  });

  test.each([
    ['SSH-2.0-OpenSSH_9.2\r\n'],
    ['\0\0\0\0garbage'],
    ['HTTP/1.1 abc\r\n\r\n'],
    ['HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
    ['HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(30)],
  ])('%j is not HTTP', async (answer) => {
    const { egress, url } = await withRawServer(answer);
    expect(await failure(get(egress, url))).toMatchObject({ reason: 'not_http', retryable: false, everSentByte: true });
  });

  test('a name without an address and a closed port are unreachable', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(get(anEgress(`127.0.0.1:${port}`), `http://127.0.0.1:${port}/`))).toMatchObject({
      reason: 'unreachable',
      retryable: true,
      everSentByte: false,
    });
    expect(
      (
        await failure(
          get(
            anEgress('', async () => []),
            'https://nowhere.example.com/',
          ),
        )
      ).reason,
    ).toBe('unreachable');
  });
});
