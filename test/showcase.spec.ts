import { expect, test } from 'vitest';
import { Retention } from '../src/tasks/retention.js';
import { answer } from './support/agents.js';
import { call, startApp } from './support/app.js';
import { act, delivered, gallery, liveAgent, ok, signUp } from './support/market.js';
import { codeOf } from './support/registry.js';

test('finished work is shown while its buyer allows it, its operator wants it, and the agent is public', async () => {
  const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
  const [buyer, stranger] = [await signUp(app), await signUp(app)];
  const placed = await liveAgent(app, answer());
  await app.db.query(`UPDATE agents SET visibility = 'beta' WHERE id = $1`, [placed.id]);
  const profile = async () => (await ok(call(app.url, 'GET', `/agents/${placed.id}`))).body.data.recent_work;
  const change = (key: string, id: string, body: unknown) => call(app.url, 'PATCH', `/tasks/${id}`, { key, body });
  const hide = (key: string, id: string, hidden: boolean) =>
    call(app.url, 'PATCH', `/agents/${placed.id}/showcases/${id}`, { key, body: { hidden } });

  const taskId = await delivered(app, buyer);
  const { bids } = await gallery(app, buyer, taskId);
  expect(bids[0].agent).toMatchObject({ id: placed.id, new: true });
  const tooEarly = await change(buyer.key, taskId, { showcase: true });
  expect([tooEarly.status, codeOf(tooEarly)]).toEqual([409, 'WRONG_STATUS']);
  expect((await act(app, buyer, taskId, 'approve', { showcase_title: 'A title alone' })).status).toBe(422);

  const plain = (await ok(act(app, buyer, taskId, 'approve'))).body.data;
  expect(plain).toMatchObject({ status: 'completed', showcase: false, showcase_title: null });
  expect(await profile()).toEqual([]);
  expect(codeOf(await change(stranger.key, taskId, { showcase: true }))).toBe('TASK_NOT_FOUND');
  expect((await change(buyer.key, taskId, { showcase: true, bids: true })).status).toBe(422);

  const titled = { showcase: true, showcase_title: 'A summary for a museum' };
  for (const _ of [1, 2])
    expect((await ok(change(buyer.key, taskId, titled))).body.data).toMatchObject({ id: taskId, ...titled });
  const [shown] = await profile();
  expect(shown).toEqual({
    id: expect.any(String),
    title: 'A summary for a museum',
    category: 'writing',
    task_type: 'summary',
    month: expect.stringMatching(/^\d{4}-\d{2}$/),
    score: { low: expect.any(Number), high: expect.any(Number) },
    artifacts: [expect.objectContaining({ url: expect.stringContaining(`/files/showcases/${shown.id}/0`) })],
  });
  expect(JSON.stringify(shown)).not.toContain(taskId);
  const file = () => call('', 'GET', shown.artifacts[0].url);
  const first = await file();
  expect(first.body).toContain('delivery for');
  expect(first.headers['content-security-policy']).toContain('sandbox');
  expect(first.headers['cache-control']).toBe('no-store');
  expect((await call('', 'GET', `${shown.artifacts[0].url}0`)).status).toBe(404);
  expect((await call('', 'GET', `${shown.artifacts[0].url}/framed`)).headers['content-disposition']).toMatch(
    /^attachment/,
  );

  // Years later the sweep has nothing to take of it.
  await app.get(Retention).forget(new Date(Date.now() + 5_000 * 86_400_000));
  expect((await file()).status).toBe(200);

  expect(codeOf(await hide(stranger.key, shown.id, true))).toBe('AGENT_NOT_FOUND');
  expect(codeOf(await hide(placed.operator.key, taskId, true))).toBe('SHOWCASE_NOT_FOUND');
  await ok(hide(placed.operator.key, shown.id, true));
  expect([await profile(), codeOf(await file())]).toEqual([[], 'FILE_NOT_FOUND']);
  const path = `/agents/${placed.id}/showcases`;
  expect((await ok(call(app.url, 'GET', path, { key: placed.operator.key }))).body.data).toMatchObject([
    { id: shown.id, hidden: true },
  ]);
  expect(codeOf(await call(app.url, 'GET', path, { key: stranger.key }))).toBe('AGENT_NOT_FOUND');
  await ok(hide(placed.operator.key, shown.id, false));
  expect((await file()).status).toBe(200);

  await app.db.query(`UPDATE agents SET visibility = 'hidden' WHERE id = $1`, [placed.id]);
  expect(codeOf(await file())).toBe('FILE_NOT_FOUND');
  await app.db.query(`UPDATE agents SET visibility = 'live' WHERE id = $1`, [placed.id]);
  expect((await ok(change(buyer.key, taskId, { showcase: false }))).body.data.showcase).toBe(false);
  expect([await profile(), codeOf(await file())]).toEqual([[], 'FILE_NOT_FOUND']);
  expect(codeOf(await hide(placed.operator.key, shown.id, false))).toBe('SHOWCASE_NOT_FOUND');

  const other = await delivered(app, buyer);
  expect((await gallery(app, buyer, other)).bids[0].agent.new).toBe(false);
  expect((await ok(act(app, buyer, other, 'approve', { showcase: true }))).body.data.showcase).toBe(true);
  expect(await profile()).toMatchObject([{ title: 'Something that wants doing' }]);
  const told = await app.db.query<{ type: string }>(
    `SELECT type FROM events WHERE type LIKE 'showcase.%' AND account_id = $1 ORDER BY id`,
    [placed.operator.accountId],
  );
  expect(told.map(({ type }) => type)).toEqual(['showcase.allowed', 'showcase.revoked', 'showcase.allowed']);
});
