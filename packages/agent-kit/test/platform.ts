import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { newSecret } from '../src/sign.js';
import { verify } from '../src/verify.js';

const callbackSecret = newSecret(randomBytes);

/** What came to a callback, with a right signature. */
export interface Post {
  path: string;
  id: string;
  attempt: string;
  body: Buffer;
}

/** Takes callbacks: each must be signed with the call's secret; `statuses` are what the first ones get. */
export async function platform(...statuses: number[]) {
  const posts: Post[] = [];
  const waiting: (() => void)[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { id } = verify({ secrets: [callbackSecret], headers: request.headers, body, nowS: Date.now() / 1_000 });
    posts.push({ path: request.url ?? '', id, attempt: String(request.headers['bakeoff-attempt']), body });
    response.writeHead(request.url?.endsWith('/progress') ? 200 : (statuses.shift() ?? 200)).end('{}');
    for (const wake of waiting.splice(0)) wake();
  };
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const came = async (count: number) => {
    while (posts.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    return posts;
  };
  return { callback: { url: `http://127.0.0.1:${port}/callbacks/x`, secret: callbackSecret }, came, posts };
}
