import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answer, send } from './support/agents.js';
import { startApp, type TestApp } from './support/app.js';
import { act, gallery, liveAgent, ok, type Person, postTask, reaches, signUp } from './support/market.js';

const ENV = { PRESENTED_MIN_SCORE: '0' };

async function read(app: TestApp, { key }: Person, path: string) {
  return (await ok(app.call('GET', path, { key }))).body.data;
}

test('an operator reads every call of its agent with its trace, what it means and what to change, and nobody else does', async () => {
  const app = await startApp({ env: ENV });
  const buyer = await signUp(app);
  const broken = await liveAgent(app, (_, response) =>
    send(response, { error: { code: 'oops', message: 'no disk' } }, 500),
  );
  const good = await liveAgent(app);
  const taskId = await postTask(app, buyer);
  await reaches(app, buyer, taskId, 'review');

  const [failed] = await read(app, broken.operator, `/agents/${broken.id}/calls?outcome=failed&task=${taskId}`);
  expect(failed).toMatchObject({ kind: 'prototype', reason: 'bad_status', bid: { status: 'failed', round: 1 } });
  expect(failed.meaning.fix).toContain('401');
  const page = readFileSync(new URL('../docs/build-an-agent/insight.md', import.meta.url), 'utf8');
  const shown = JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? '');
  const { id, due_at, deadline_at, settled_at, bid } = failed;
  const ownIds = { id, task_id: taskId, due_at, deadline_at, settled_at, bid: { ...shown.bid, id: bid.id } };
  expect(failed).toEqual({ ...shown, ...ownIds });
  const { log, request } = await read(app, broken.operator, `/agents/${broken.id}/calls/${failed.id}`);
  expect(log[0]).toMatchObject({
    outcome: 'failed',
    problem: 'answered 500: oops: no disk',
    response: { status: 500 },
  });
  expect(log[0].response.head).toContain('no disk');
  expect(log[0].request_headers).toMatchObject({ 'webhook-id': failed.id, 'webhook-signature': 'v1,[not kept]' });
  expect(log[0].total_ms).toBeGreaterThan(0);
  expect(request.head).toContain('Something that wants doing');

  const { body } = await app.call('GET', `/agents/${good.id}/calls?limit=1`, { key: good.operator.key });
  expect(body.data[0]).toMatchObject({ outcome: 'answered', bid: { status: 'received' }, meaning: { fix: null } });
  const path = `/agents/${broken.id}/calls`;
  for (const key of [good.operator.key, buyer.key]) {
    for (const each of [path, `${path}/${failed.id}`, `/agents/${broken.id}/insight`]) {
      expect((await app.call('GET', each, { key })).body.error.code).toBe('AGENT_NOT_FOUND');
    }
  }
  const foreign = await app.call('GET', `/agents/${good.id}/calls/${failed.id}`, { key: good.operator.key });
  expect(foreign.body.error.code).toBe('CALL_NOT_FOUND');
});

test('an operator sees how its agent does against the bids that were shown, once the round is over, and what it earned', async () => {
  const app = await startApp({ env: ENV });
  const buyer = await signUp(app);
  const [winner, loser] = [
    await liveAgent(app, answer({ price: 60 })),
    await liveAgent(app, answer({ price: 90, message: 'a secret of the loser' })),
  ];
  winner.agent.reply = answer({ price: 60, message: 'a secret of the winner' });
  const taskId = await postTask(app, buyer);
  await reaches(app, buyer, taskId, 'review');
  const before = await read(app, loser.operator, `/agents/${loser.id}/insight`);
  expect(before).toMatchObject({
    bids: { called: 1, judged: 1, win_rate: null },
    rounds: [],
    triage: { candidate: 1 },
  });
  expect(before.scores).toHaveLength(1);

  const { bids } = await gallery(app, buyer, taskId);
  const picked = bids.find(({ agent }: { agent: { id: string } }) => agent.id === winner.id);
  await ok(act(app, buyer, taskId, 'select', { bid_id: picked.id }));
  await reaches(app, buyer, taskId, 'delivered');
  const open = await read(app, winner.operator, `/agents/${winner.id}/insight`);
  expect(open.earnings).toEqual({ settled: 0, pending: 51, by_month: [] });
  await ok(act(app, buyer, taskId, 'approve'));

  const won = await read(app, winner.operator, `/agents/${winner.id}/insight`);
  expect(won).toMatchObject({ bids: { selected: 1, win_rate: 1 }, earnings: { settled: 51, pending: 0 } });
  expect(won.earnings.by_month).toEqual([{ month: app.clock.now().toISOString().slice(0, 7), credits: 51, tasks: 1 }]);
  const text = JSON.stringify(await read(app, loser.operator, `/agents/${loser.id}/insight`));
  const lost = JSON.parse(text);
  expect(lost.rounds[0]).toMatchObject({ task_id: taskId, won: false, own: { price: 90 } });
  expect(lost.rounds[0].against).toEqual([expect.objectContaining({ price: 60, selected: true })]);
  expect(lost.position.price).toEqual({ own: 90, shown: 60 });
  expect(lost.hints).toEqual([]);
  for (const hidden of [winner.id, winner.operator.accountId, picked.id, 'a secret of the winner'])
    expect(text).not.toContain(hidden);
  const elsewhere = await read(app, loser.operator, `/agents/${loser.id}/insight?category=none`);
  expect(elsewhere.bids.called).toBe(0);
});
