import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { anEgress, failure, get, listening, text, withServer } from '../../../test/support/loopback.js';

describe('an answer', () => {
  test('brings status, headers, body, sizes, times and the address', async () => {
    const { egress, url } = await withServer((request, response) => {
      request
        .on('data', () => {})
        .on('end', () => {
          response.writeHead(201, { 'X-Mixed-Case': 'yes', 'set-cookie': ['a=1', 'b=2'] });
          response.end(
            `${request.method} ${request.url} ${request.headers['webhook-id']} ${request.headers['accept-encoding']}`,
          );
        });
    });
    let sent = 0;
    const request = {
      method: 'POST',
      body: Buffer.from('{"a":1}'),
      headers: { 'webhook-id': 'c1' },
      onRequestSent: () => sent++,
    } as const;

    const answer = await get(egress, `${url}?q=1`, request);

    expect(answer.status).toBe(201);
    expect(text(answer.body)).toBe('POST /execute?q=1 c1 undefined');
    expect(answer.headers).toMatchObject({ 'x-mixed-case': 'yes', 'set-cookie': 'a=1, b=2' });
    expect(answer).toMatchObject({ bytesSent: 7, bytesReceived: answer.body.length, remoteAddress: '127.0.0.1' });
    const { connectMs, sentMs, firstByteMs, totalMs } = answer.timings;
    expect([0, connectMs, sentMs, firstByteMs, totalMs]).toEqual(
      [0, connectMs, sentMs, firstByteMs, totalMs].toSorted((a, b) => Number(a) - Number(b)),
    );
    expect(sent).toBe(1);
  });

  test('comes to a body in pieces, whose length the headers say, and fails when that breaks off', async () => {
    const seen: string[] = [];
    const { egress, url } = await withServer((request, response) => {
      const chunks: string[] = [];
      request.on('data', (chunk) => chunks.push(String(chunk))).on('error', () => {});
      request.on('end', () => {
        seen.push(`${request.headers['content-length']} ${request.headers['transfer-encoding']} ${chunks.join('')}`);
        response.end('ok');
      });
    });
    async function* pieces(breaksOff: boolean) {
      yield Buffer.from('{"a"');
      if (breaksOff) throw new Error('hung up');
      yield Buffer.from(':1}');
    }
    const sending = (breaksOff: boolean) => ({
      ...{ method: 'POST' as const, headers: { 'content-length': '7' }, body: pieces(breaksOff) },
    });

    expect(text((await get(egress, url, sending(false))).body)).toBe('ok');
    expect((await failure(get(egress, url, sending(true)))).reason).toBe('reset');
    expect(seen).toEqual(['7 undefined {"a":1}']);
  });

  test('can be left lying before it is read', async () => {
    const { egress, url } = await withServer((_request, response) => response.end('x'.repeat(1_000_000)));
    const answer = await get(egress, url, { readAfterMs: 50, maxBytes: 1_000_000 });
    expect(answer.body.length).toBe(1_000_000);
    expect(answer.timings.totalMs - answer.timings.firstByteMs).toBeGreaterThanOrEqual(45);
  });

  test('on a connection that was open already costs no connecting', async () => {
    const ports = new Set<number | undefined>();
    const { egress, url } = await withServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const first = await get(egress, url);
    await new Promise(setImmediate); // undici takes a connection back a turn after its answer
    const second = await get(egress, url);
    expect(first.timings.connectMs).toBeGreaterThan(0);
    expect(second.timings.connectMs).toBeNull();
    expect(ports.size).toBe(1);
  });

  test('in many pieces is put together in order', async () => {
    const piece = (n: number) => `${n}`.padStart(8, '0');
    const { egress, url } = await withServer((_request, response) => {
      for (let n = 0; n < 5_000; n++) response.write(piece(n));
      response.end();
    });
    const { body } = await get(egress, url);
    expect(text(body)).toBe(Array.from({ length: 5_000 }, (_, n) => piece(n)).join(''));
  });

  test('with a redirect is the answer, and its target is never called', async () => {
    let calls = 0;
    const { egress, url, port } = await withServer((_request, response) => {
      calls++;
      response.writeHead(307, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    });
    expect((await get(egress, url)).status).toBe(307);
    expect(calls).toBe(1);
  });

  test('that is compressed stays as it came, so that no bomb unpacks here', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const { egress, url } = await withServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const answer = await get(egress, url);
    expect(answer.body.length).toBe(bomb.length);
    expect(answer.headers['content-encoding']).toBe('gzip');
  });

  test('with an error status is no failure', async () => {
    const { egress, url } = await withServer((_request, response) => {
      response.writeHead(503, { 'retry-after': '2' }).end('later');
    });
    expect(await get(egress, url)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  });
});

describe('time', () => {
  test('an answer that trickles ends by the signal', async () => {
    const { egress, url } = await withServer((_request, response) => {
      const timer = setInterval(() => response.write('.'), 5);
      response.on('close', () => clearInterval(timer));
    });
    const error = await failure(get(egress, url, { signal: AbortSignal.timeout(150) }));
    expect(error).toMatchObject({ reason: 'timed_out', retryable: false, status: 200, everSentByte: true });
    expect(error.bytesReceived).toBeGreaterThan(0);
  });

  test('an agent that never answers ends by the signal, and its connection with it', async () => {
    const closed = Promise.withResolvers<void>();
    const { egress, url } = await withServer((request) => {
      request.socket.on('close', () => closed.resolve());
    });
    const controller = new AbortController();
    const call = failure(
      get(egress, url, { signal: controller.signal, onRequestSent: () => setTimeout(() => controller.abort(), 20) }),
    );
    expect((await call).reason).toBe('aborted');
    await closed.promise;
  });

  test('a signal that has fired already sends nothing', async () => {
    let calls = 0;
    const { egress, url } = await withServer(() => calls++);
    expect(await failure(get(egress, url, { signal: AbortSignal.abort() }))).toMatchObject({
      reason: 'aborted',
      everSentByte: false,
    });
    expect(calls).toBe(0);
  });

  test('connecting has its own, shorter time, and a call given up meanwhile is never sent', async () => {
    let calls = 0;
    const port = await listening(createServer(() => calls++));
    const found = Promise.withResolvers<string[]>();
    const egress = anEgress(`slow.internal:${port}`, () => found.promise);
    const url = `http://slow.internal:${port}/`;
    const late = await failure(get(egress, url, { connectTimeoutMs: 30 }));
    expect(late).toMatchObject({
      reason: 'unreachable',
      everSentByte: false,
      timings: { connectMs: null, sentMs: null },
    });
    expect((await failure(get(egress, url, { signal: AbortSignal.timeout(30) }))).reason).toBe('timed_out');
    found.resolve(['127.0.0.1']);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls).toBe(0);
  });

  test('closing ends what is under way', async () => {
    const { egress, url } = await withServer(() => {});
    const call = failure(get(egress, url, { onRequestSent: () => setTimeout(() => void egress.close(), 10) }));
    expect((await call).reason).toBe('aborted');
    expect((await failure(get(egress, url))).reason).toBe('aborted');
  });
});

test('headers that no request may carry are a mistake of the caller', async () => {
  const { egress, url } = await withServer((_request, response) => response.end());
  await expect(get(egress, url, { headers: { 'x-a': 'b\r\nx-injected: 1' } })).rejects.toThrow('invalid x-a header');
});
