import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBounded } from './attachments.js';
import { type AgentOptions, agentCore, type Incoming } from './core.js';
import { AgentError } from './errors.js';

/** One agent as a handler for either kind of server. */
export interface AgentHandler {
  /** For node:http, Express (before any body parser) and the like. */
  node: (request: IncomingMessage, response: ServerResponse) => void;
  /** For servers that speak Request and Response. */
  fetch: (request: Request) => Promise<Response>;
  /** Waits until everything that an async agent acknowledged is answered, or given up. */
  settled: () => Promise<void>;
}

/**
 * An agent as a handler: `POST .../execute` and `GET .../health`, below any path.
 *
 * A request is worked on only if its signature is right and fresh (else 401), and once for each call id: whoever asks
 * again, meanwhile or soon after, gets the same answer. That memory is this process's own: several processes behind
 * one address may each do the work. A caller that hangs up does not stop the work, since it comes back for the answer.
 *
 * @example
 * createServer(agentHandler({ secret, prototype, deliver }).node).listen(8081);
 */
export function agentHandler(options: AgentOptions): AgentHandler {
  const { reply, settled } = agentCore(options);
  return {
    settled,
    node: (request, response) => {
      void reply(fromNode(request)).then(({ status, headers, body }) => {
        // What was not read to its end can't be followed by another request on this connection.
        const rest = request.complete ? {} : { connection: 'close' };
        response.writeHead(status, { ...headers, ...rest }).end(body);
        if (!request.complete) request.resume();
      });
    },
    fetch: async (request) => {
      const { status, headers, body } = await reply(fromFetch(request));
      return new Response(body as Uint8Array<ArrayBuffer>, { status, headers });
    },
  };
}

/** An agent, and where it listens. */
export type ServeOptions = AgentOptions & {
  /** 127.0.0.1 when absent; 0.0.0.0 to be reached from elsewhere, behind something that speaks TLS. */
  host?: string;
  /** 0, or absent: any free one. */
  port?: number;
};

/** An agent that listens. */
export interface Serving {
  /** The endpoint to register, as seen from here. */
  url: string;
  /** Takes no new calls and waits for those that run, acknowledged ones included. */
  close(): Promise<void>;
}

/**
 * Starts an agent on node:http, and prints one line of JSON that says where.
 *
 * @example
 * const { url, close } = await serve({ secret: process.env.BAKEOFF_SECRET ?? '', port: 8081, prototype, deliver });
 */
export async function serve({ host = '127.0.0.1', port = 0, ...options }: ServeOptions): Promise<Serving> {
  const agent = agentHandler(options);
  const server = createServer(agent.node);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, family, port: boundPort } = server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${boundPort}/execute`;
  process.stdout.write(`${JSON.stringify({ event: 'listening', url })}\n`);
  return {
    url,
    close: async () => {
      await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
      await agent.settled();
    },
  };
}

function fromNode(request: IncomingMessage & { originalUrl?: unknown }): Incoming {
  const { method = '', headers } = request;
  const url = typeof request.originalUrl === 'string' ? request.originalUrl : (request.url ?? '');
  return {
    method,
    path: url.split('?')[0] ?? '',
    headers,
    header: (name) => headers[name]?.toString() ?? null,
    read: (maxBytes) => readNode(request, maxBytes),
  };
}

function readNode(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (request.readableDidRead) throw alreadyRead();
  refuseAnnounced(request.headers['content-length'], maxBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    // Not `for await`: leaving it early destroys the socket, and the refusal with it.
    request.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length > maxBytes) {
        chunks.length = 0;
        reject(tooLarge(maxBytes));
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(brokenOff()));
    request.on('close', () => reject(brokenOff()));
  });
}

function fromFetch(request: Request): Incoming {
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    headers: request.headers,
    header: (name) => request.headers.get(name),
    read: async (maxBytes) => {
      if (request.bodyUsed) throw alreadyRead();
      refuseAnnounced(request.headers.get('content-length'), maxBytes);
      const bytes = await readBounded(request.body, maxBytes);
      if (bytes === null) throw tooLarge(maxBytes);
      return bytes;
    },
  };
}

function refuseAnnounced(contentLength: string | null | undefined, maxBytes: number): void {
  if (Number(contentLength ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

function tooLarge(maxBytes: number): AgentError {
  return new AgentError('body_too_large', `The body must have at most ${maxBytes} bytes.`, { status: 413 });
}

function brokenOff(): AgentError {
  return new AgentError('body_broken_off', 'The request ended before its body did.', { status: 400 });
}

function alreadyRead(): AgentError {
  const message = 'Something read the body before the agent: mount the agent before any body parser.';
  return new AgentError('body_already_read', message, { retryable: false });
}
