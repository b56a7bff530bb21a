import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Api, Unreachable } from './api.ts';
import { eventually, follow } from './events.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Api> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Api(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, new AbortController().signal, 'bko_key');
}

const event = (id: string) => ({ id, type: `type ${id}`, task_id: 't', data: {}, created_at: '2026-01-01T00:00:00Z' });
const frame = (id: string) => `id: ${id}\nevent: type ${id}\ndata: ${JSON.stringify(event(id))}\n\n`;

describe('following a task', () => {
  test('goes on after a broken connection from where it ended, each event once', async () => {
    const asked: (string | undefined)[] = [];
    const api = await serving((request, response) => {
      const after = request.headers['last-event-id'] as string | undefined;
      asked.push(after);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (after === undefined) response.write(frame('1') + frame('2'), () => setTimeout(() => response.destroy(), 20));
      else response.write(frame('3'));
    });
    const seen: string[] = [];
    for await (const { id } of follow(api, 't')) {
      seen.push(id);
      if (id === '3') break;
    }
    expect(seen).toEqual(['1', '2', '3']);
    expect(asked).toEqual([undefined, '2']);
  });
});

describe('waiting for something to happen', () => {
  test('asks on with the cursor of the page before', async () => {
    const api = await serving((request, response) => {
      const after = new URL(request.url ?? '', 'http://x').searchParams.get('after');
      const [data, next_cursor] = after === null ? [[event('1')], '1'] : [[event('2')], '2'];
      response.end(JSON.stringify({ ok: true, data, meta: { next_cursor } }));
    });
    expect(await eventually(api, 'The second', 5_000, ({ id }) => id === '2')).toEqual(event('2'));
  });

  test('has an end', async () => {
    const api = await serving((_, response) => {
      setTimeout(() => response.end(JSON.stringify({ ok: true, data: [], meta: { next_cursor: '0' } })), 30);
    });
    await expect(eventually(api, 'The impossible', 50, () => false)).rejects.toThrow(
      'The impossible did not happen within 0 s.',
    );
  });
});

describe('a caller', () => {
  test('hears a refusal in the server’s words, with every field', async () => {
    const api = await serving((_, response) => {
      const fields = [
        { field: 'title', message: 'is short' },
        { field: 'budget', message: 'is large' },
      ];
      const error = { code: 'INVALID_INPUT', message: 'title: is short', suggestion: 'Correct them.', fields };
      response.writeHead(422).end(JSON.stringify({ ok: false, error }));
    });
    await expect(api.post('/tasks')).rejects.toThrow(
      'POST /tasks was refused (INVALID_INPUT): title: is short; budget: is large. Correct them.',
    );
  });

  test('hears in a sentence that nobody answers', async () => {
    const api = new Api('http://127.0.0.1:1', new AbortController().signal);
    await expect(api.get('/agents')).rejects.toThrow(Unreachable);
  });

  test('fetches no file from anywhere else', async () => {
    const api = new Api('http://127.0.0.1:1', new AbortController().signal);
    await expect(api.download('http://127.0.0.2:1/file')).rejects.toThrow('leads away from the server');
  });
});
