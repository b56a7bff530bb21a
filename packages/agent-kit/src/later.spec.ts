import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { platform } from '../test/platform.js';
import { text } from './artifacts.js';
import type { AgentOptions } from './core.js';
import { AgentError } from './errors.js';
import { parseCallback } from './parse.js';
import { agentHandler } from './serve.js';
import { newSecret, sign } from './sign.js';

const secret = newSecret(randomBytes);

async function asked(
  options: Partial<AgentOptions>,
  callback?: object,
  callId: string = randomUUID(),
  windowMs = 10_000,
) {
  const work = () => ({ artifacts: [text('a.txt', 'done')] });
  const handler = agentHandler({
    secret,
    execution: 'async',
    prototype: work,
    deliver: work,
    onError: () => {},
    ...options,
  } as AgentOptions);
  const send = async () => {
    const body = JSON.stringify({
      ...{
        contract_version: '1',
        call_id: callId,
        task_id: randomUUID(),
        round: 1,
        phase: 'prototype',
        title: 'Bread',
      },
      ...{
        description: 'On bread.',
        category: 'writing',
        task_type: 'summary',
        budget: { amount: 10, currency: 'credits' },
      },
      ...{ deadline_at: new Date(Date.now() + windowMs).toISOString(), ...(callback ? { callback } : {}) },
    });
    const signed = sign({ secrets: [secret], id: callId, timestampS: Math.floor(Date.now() / 1_000), body });
    const headers = { ...signed, 'content-type': 'application/json' };
    return handler.fetch(new Request('http://agent/execute', { method: 'POST', headers, body }));
  };
  return { handler, send, callId };
}

test('an async agent acknowledges at once, tells how it goes, and posts the signed answer', async () => {
  const { callback, came } = await platform();
  const { send, callId, handler } = await asked(
    {
      prototype: async (_, { progress }) => {
        progress('  half\n way ', 50);
        await came(1);
        return { artifacts: [text('a.txt', 'done')] };
      },
    },
    callback,
  );
  const first = await send();
  expect(first.status).toBe(202);
  expect(await first.json()).toEqual({ accepted: true });
  const [note, answer] = await came(2);
  expect(note?.path).toBe('/callbacks/x/progress');
  expect(JSON.parse(String(note?.body))).toEqual({ message: 'half way', percent: 50 });
  expect(answer).toMatchObject({ path: '/callbacks/x', id: callId, attempt: '1' });
  expect(parseCallback(answer?.body ?? Buffer.alloc(0))).toMatchObject({
    ok: true,
    answer: { artifacts: [{ name: 'a.txt' }] },
  });
  await handler.settled();
});

test('a repeat is acknowledged again and works once, and a callback that fails for the moment is sent again', async () => {
  const { callback, came, posts } = await platform(503);
  let works = 0;
  const prototype = () => {
    works += 1;
    return { artifacts: [text('a.txt', 'done')] };
  };
  const { send, handler } = await asked({ prototype }, callback);
  expect([(await send()).status, (await send()).status]).toEqual([202, 202]);
  await came(2);
  await handler.settled();
  expect(works).toBe(1);
  expect(posts.map(({ attempt }) => attempt)).toEqual(['1', '2']);
});

test('work that fails ends the call with its error, and a refusal ends the sending', async () => {
  const { callback, posts } = await platform(410);
  const errors: unknown[] = [];
  const prototype = () => {
    throw new AgentError('no_flour', 'There is none.');
  };
  const { send, handler } = await asked({ prototype, onError: (error) => errors.push(error) }, callback);
  await send();
  await handler.settled();
  expect(parseCallback(posts[0]?.body ?? Buffer.alloc(0))).toMatchObject({ failed: { code: 'no_flour' } });
  expect(posts).toHaveLength(1);
  expect(String(errors[0])).toContain('answered 410');
});

test('a request without a callback is answered itself, and a sync agent pays a callback no heed', async () => {
  expect((await (await asked({})).send()).status).toBe(200);
  const { callback, posts } = await platform();
  expect((await (await asked({ execution: 'sync' }, callback)).send()).status).toBe(200);
  expect(posts).toEqual([]);
});
