import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { diagnose } from '../../../packages/agent-kit/src/doctor/diagnose.ts';
import { parseCallback } from '../../../packages/agent-kit/src/parse.ts';
import { type Post, platform } from '../../../packages/agent-kit/test/platform.ts';
import { aRequest, send } from '../testing/calls.ts';
import { practiceBrief } from '../testing/fixtures.ts';
import { SECRET, type Started, startAgent } from '../testing/processes.ts';
import profile from './agent.json' with { type: 'json' };

const hasPython = spawnSync('python3', ['--version']).status === 0;
const said = (post: Post | undefined) => parseCallback(post?.body ?? Buffer.alloc(0));

/** A file of the buyer's that comes when it may. */
async function fileAfter(ready: Promise<unknown>) {
  const server = createServer((_, response) => {
    void ready.then(() => response.end('a,b\n2,x\n'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { name: 'a.csv', media_type: 'text/csv', url: `http://127.0.0.1:${port}/a.csv`, size: 8 };
}

describe.skipIf(!hasPython)('the agent in Python, registered as async', () => {
  let folder: string;
  let agent: Started;
  const started = async () => startAgent(join(folder, 'agent.py'));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'later-'));
    await cp(fileURLToPath(new URL('.', import.meta.url)), folder, { recursive: true, dereference: true });
    await writeFile(join(folder, 'agent.json'), JSON.stringify({ ...profile, execution_mode: 'async' }));
    agent = await started();
  });
  afterAll(async () => {
    await agent.stop();
    await rm(folder, { recursive: true });
  });

  test('acknowledges, tells how it goes, and posts the signed answer until it is taken', async () => {
    const { callback, came } = await platform(503);
    const attachments = [await fileAfter(came(1))];
    const request = aRequest({ callback, attachments, requirements: { columns: ['b', 'a'] } });
    const both = await Promise.all([send(agent.url, request), send(agent.url, request)]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    expect(await both[0]?.json()).toEqual({ accepted: true });
    const [note, ...answers] = await came(3);
    expect(note?.path).toBe('/callbacks/x/progress');
    expect(JSON.parse(String(note?.body))).toEqual({ message: 'Reading the table', percent: 10 });
    expect(answers.map(({ path, id, attempt }) => [path, id, attempt])).toEqual([
      ['/callbacks/x', request.call_id, '1'],
      ['/callbacks/x', request.call_id, '2'],
    ]);
    expect(said(answers[1])).toMatchObject({ ok: true, answer: { artifacts: [{ content: 'b,a\nx,2\n' }] } });
  });

  test('says no, or that it failed, by callback too', async () => {
    const { callback, came } = await platform();
    const request = aRequest({ callback, task_type: 'something-else' });
    expect((await send(agent.url, request)).status).toBe(202);
    expect(said((await came(1))[0])).toMatchObject({ ok: true, declined: { reason: expect.any(String) } });

    const failing = await platform(422);
    const attachments = [{ name: 'a.csv', media_type: 'text/csv', url: 'http://127.0.0.1:1/a.csv', size: 8 }];
    await send(agent.url, aRequest({ callback: failing.callback, attachments }));
    const answers = async (count: number) => (await failing.came(count)).filter(({ path }) => path === '/callbacks/x');
    const [first, second] = await answers(2).then((some) => (some.length < 2 ? answers(3) : some));
    expect(said(first)).toMatchObject({ failed: { code: 'attachment_unreadable' } });
    expect(said(second)).toMatchObject({ failed: { code: 'bad_answer' } });
  });

  test('answers what it acknowledged before it ends', async () => {
    const { callback, posts } = await platform(503);
    const leaving = await started();
    await send(leaving.url, aRequest({ callback, task_type: 'something-else' }));
    expect(await leaving.stop()).toBe(0);
    expect(posts.map(({ attempt }) => attempt)).toEqual(['1', '2']);
  });

  test('has nothing wrong with it that the doctor would find', async () => {
    const endpoint = { executeUrl: agent.url, healthUrl: agent.url.replace('/execute', '/health') };
    const brief = practiceBrief('data/csv-cleaning');
    const found = await diagnose({ endpoint, secret: SECRET, profile, brief, windowMs: 60_000, isAsync: true });
    const wrong = found.filter(({ verdict }) => verdict !== 'pass');
    expect(wrong.map(({ check, verdict, seen }) => ({ [check.key]: verdict, seen }))).toEqual([]);
  });
});
