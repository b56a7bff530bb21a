import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { parseAllow } from '../../src/platform/egress/addresses.js';
import type { Resolve } from '../../src/platform/egress/connector.js';
import { Egress } from '../../src/platform/egress/egress.js';
import type { EgressRequest } from '../../src/platform/egress/exchange.js';
import { EgressFailure } from '../../src/platform/egress/failure.js';

// Small servers on loopback and an egress that may call them. Each ends with the test that asked for it.

/** @returns its port on loopback */
export async function listening(server: Server | TcpServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export function anEgress(allow: string, resolve?: Resolve): Egress {
  const egress = new Egress({ allow: parseAllow(allow), ...(resolve ? { resolve } : {}) });
  onTestFinished(() => egress.close());
  return egress;
}

/** An HTTP server, and an egress that may call it and nothing else. */
export async function withServer(listener: RequestListener) {
  const port = await listening(createServer(listener));
  return { egress: anEgress(`127.0.0.1:${port}`), url: `http://127.0.0.1:${port}/execute`, port };
}

/** A server that sends these bytes to whoever asks; `then` may do more with the connection. */
export async function withRawServer(answer: string, then: (socket: Socket) => void = () => {}) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(answer, () => then(socket)));
  });
  const port = await listening(server);
  return { egress: anEgress(`127.0.0.1:${port}`), url: `http://127.0.0.1:${port}/` };
}

export function get(egress: Egress, url: string, more: Partial<EgressRequest> = {}) {
  return egress.request({ url, method: 'GET', signal: AbortSignal.timeout(60_000), maxBytes: 100_000, ...more });
}

export async function failure(promise: Promise<unknown>): Promise<EgressFailure> {
  const error = await promise.then(
    () => 'an answer',
    (thrown: unknown) => thrown,
  );
  if (error instanceof EgressFailure) return error;
  throw new Error('no EgressFailure', { cause: error });
}

export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/**
 * A port that nobody listens on, for a server that must come back under the same address. It lies below those that systems give
 * to whoever asks for any (32768 on): or one of the other tests could get it before the server is there, or while it is away.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + randomInt(12_000);
    const server = createTcpServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
