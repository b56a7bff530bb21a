import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server is to answer to one request; `content` alone is a good completion. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  content?: string;
  body?: string;
  finishReason?: string;
  /** Milliseconds before it answers. */
  afterMs?: number;
}

export interface ModelServer {
  baseUrl: string;
  /** Bodies of the requests so far. */
  seen: {
    model: string;
    messages: { role: string; content: string }[];
    max_tokens?: number;
    max_completion_tokens?: number;
  }[];
  authorizations: (string | undefined)[];
  close: () => void;
}

/** A server that speaks the chat completions of OpenAI and says what the test wrote, in turn; the last reply for ever. */
export async function serveModel(replies: readonly Reply[]): Promise<ModelServer> {
  const seen: ModelServer['seen'] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const {
        status = 200,
        headers = {},
        content = 'Hello.',
        finishReason = 'stop',
        body,
        afterMs = 0,
      } = replies[Math.min(seen.length, replies.length - 1)] ?? {};
      seen.push(JSON.parse(Buffer.concat(chunks).toString()));
      authorizations.push(request.headers.authorization);
      const completion = {
        id: 'x',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finishReason }],
        usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
      };
      const isHere = request.method === 'POST' && request.url === '/v1/chat/completions';
      setTimeout(() => {
        response.writeHead(isHere ? status : 404, { 'content-type': 'application/json', ...headers });
        response.end(body ?? JSON.stringify(completion));
      }, afterMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    authorizations,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
