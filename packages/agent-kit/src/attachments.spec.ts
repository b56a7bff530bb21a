import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAttachment } from './attachments.js';
import { AgentError, Decline } from './errors.js';

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/data.csv') response.end('a,b\n1,2\n');
    else if (request.url === '/moved') response.writeHead(302, { location: '/data.csv' }).end();
    else if (request.url === '/cut')
      response.writeHead(200, { 'content-length': '100' }).write('abc', () => response.destroy());
    else if (request.url === '/silent') response.writeHead(200).flushHeaders();
    else if (request.url === '/endless') endless(response);
    else response.writeHead(403).end('expired');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close().closeAllConnections();
});

function endless(response: NodeJS.WritableStream): void {
  const more = () => response.write(Buffer.alloc(16_384), (error) => (error ? undefined : setImmediate(more)));
  more();
}

const read = (path: string, size?: number, options = {}) =>
  readAttachment({ name: 'data.csv', url: base + path, ...(size !== undefined && { size }) }, options);
const codeOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 'none',
    (error) =>
      error instanceof AgentError
        ? `${error.code} ${error.retryable}`
        : error instanceof Decline
          ? error.reason
          : String(error),
  );

test('a file is read when it holds what was announced', async () => {
  expect(Buffer.from(await read('/data.csv', 8)).toString()).toBe('a,b\n1,2\n');
  expect(Buffer.from(await read('/data.csv')).toString()).toBe('a,b\n1,2\n');
});

test('a file that is not what was announced, or not there, is unreadable and may be tried again', async () => {
  for (const [path, size] of [
    ['/data.csv', 7],
    ['/data.csv', 9],
    ['/gone', 8],
    ['/moved', 8],
    ['/cut', 100],
  ] as const) {
    expect(await codeOf(read(path, size)), path).toBe('attachment_unreadable true');
  }
  expect(await codeOf(readAttachment({ name: 'a', url: 'http://127.0.0.1:1/a', size: 1 }))).toBe(
    'attachment_unreadable true',
  );
});

test('no file fills the memory, and none is waited for beyond the signal', async () => {
  expect(await codeOf(read('/data.csv', 8, { maxBytes: 7 }))).toMatch(/at most 7 bytes, and data.csv is larger/);
  expect(await codeOf(read('/endless', undefined, { maxBytes: 100_000 }))).toMatch(/at most 100000 bytes/);
  expect(await codeOf(read('/endless', 50_000))).toBe('attachment_unreadable true');
  expect(await codeOf(read('/silent', 8, { signal: AbortSignal.timeout(50) }))).toBe('attachment_unreadable true');
});
