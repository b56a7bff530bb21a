import { expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { gallery, liveAgent, ok, postTask, reaches, signUp } from './support/market.js';
import { codeOf } from './support/registry.js';

test('a buyer writes down notes beside presented bids, which nobody else reads', async () => {
  const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
  const [buyer, stranger] = [await signUp(app), await signUp(app)];
  const placed = await liveAgent(app);
  const taskId = await postTask(app, buyer);
  await reaches(app, buyer, taskId, 'review');
  const [bid] = (await gallery(app, buyer, taskId)).bids;
  const note = async () => (await gallery(app, buyer, taskId)).bids[0].note;
  const put = (text: string, { key } = buyer, path = `/tasks/${taskId}/bids/${bid.id}/note`) =>
    app.call('PUT', path, { key, body: { text } });

  expect(bid.note).toBeNull();
  expect((await ok(put('  Too long,\nbut the best idea.  '))).body.data).toEqual({
    bid_id: bid.id,
    note: 'Too long,\nbut the best idea.',
  });
  await ok(put('Better than I thought.'));
  await ok(put('Better than I thought.'));
  expect(await note()).toBe('Better than I thought.');
  const own = (await ok(app.call('GET', `/agents/mine/${placed.id}/bids`, { key: placed.operator.key }))).body.data;
  expect([own[0].id, own[0].note]).toEqual([bid.id, null]);

  expect(codeOf(await put('mine', stranger))).toBe('TASK_NOT_FOUND');
  expect(codeOf(await put('mine', placed.operator))).toBe('TASK_NOT_FOUND');
  expect(codeOf(await put('?', buyer, `/tasks/${taskId}/bids/${taskId}/note`))).toBe('BID_NOT_FOUND');
  expect(codeOf(await put('?', buyer, `/tasks/${taskId}/bids/nothing/note`))).toBe('BID_NOT_FOUND');
  expect(codeOf(await put('x'.repeat(2_001)))).toBe('INVALID_INPUT');
  expect(codeOf(await put('a\u0000b'))).toBe('INVALID_INPUT');
  expect(await note()).toBe('Better than I thought.');

  await ok(put(' '));
  expect(await note()).toBeNull();
  expect(await app.db.query('SELECT FROM bid_notes')).toEqual([]);
});
