import { expect, test } from 'vitest';
import { answer, send } from './support/agents.js';
import { startApp } from './support/app.js';
import { act, delivered, liveAgent, ok, postTask, signUp } from './support/market.js';
import { anAdmin, codeOf } from './support/registry.js';
import { until } from './support/until.js';

const DAY_MS = 86_400_000;

test('an admin sees day by day what the market did and what there is now', async () => {
  const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0', REVIEW_WINDOW_S: '2592000' } });
  // What belongs to one day is to happen in one; agents take signatures that are less than five minutes ahead.
  const leftMs = DAY_MS - (app.clock.now().getTime() % DAY_MS);
  if (leftMs < 4 * 60_000) app.clock.advance(leftMs);
  const admin = await anAdmin(app);
  const buyer = await signUp(app);
  await liveAgent(app, answer({ price: 60 }));
  await liveAgent(app, (_, response) => send(response, { error: { code: 'oops', message: 'no disk' } }, 500));
  const completed = await delivered(app, buyer, { budget: 100 });
  await ok(act(app, buyer, completed, 'approve'));
  await app.db.query(
    `UPDATE tasks SET created_at = created_at - interval '1 day', status_since = status_since - interval '1 day'`,
  );
  await app.db.query(`UPDATE rounds SET presented_at = presented_at - interval '1 day'`);
  await app.db.query(`UPDATE bids SET called_at = called_at - interval '1 day'`);
  const cancelled = await postTask(app, buyer, { budget: 40 });
  await ok(act(app, buyer, cancelled, 'cancel'));
  await postTask(app, buyer, { budget: 70 });

  const overview = async (query = '') =>
    (await ok(app.call('GET', `/admin/overview${query}`, { key: admin }))).body.data;
  const seen = await until(overview, ({ now }) => now.open_tasks.review === 1);
  const [yesterday, today] = seen.days.slice(-2);

  expect(seen.days).toHaveLength(14);
  expect(seen.days[0]).toMatchObject({ tasks: { posted: 0 }, bids: { called: 0 }, call_ms: null, gallery_ms: null });
  expect(yesterday.tasks).toEqual({ posted: 1, completed: 1, expired: 0, cancelled: 0, refunded: 0 });
  expect(yesterday.bids).toMatchObject({ called: 2, received: 1, failed: 1, declined: 0, late: 0 });
  expect(yesterday.call_ms.p95).toBeGreaterThanOrEqual(yesterday.call_ms.p50);
  expect(yesterday.gallery_ms.p50).toBeGreaterThan(0);
  expect(yesterday.credits).toEqual({ settled: 60, fees: 9, refunded: 40 });
  expect(today.tasks).toMatchObject({ posted: 2, completed: 0, cancelled: 1 });
  expect(today.credits).toEqual({ settled: 0, fees: 0, refunded: 40 });
  expect(seen.failures[0]).toMatchObject({ reason: 'bad_status', example: expect.stringContaining('no disk') });
  expect(seen.now).toMatchObject({
    open_tasks: { open: 0, review: 1, in_progress: 0 },
    agents: { total: 2, paused: 0, by_visibility: { live: 2, draft: 0 }, by_health: { healthy: 2, out: 0 } },
    accounts: 4,
  });
  const { issued, ...somewhere } = seen.now.credits;
  expect(somewhere).toMatchObject({ fees: 9, escrow_gift: 70, available_earned: 0 });
  expect(Object.values<number>(somewhere).reduce((sum, credits) => sum + credits, 0)).toBe(issued);

  const [one] = (await overview('?days=1')).days;
  expect(one).toEqual(today);
  for (const days of ['0', '91', '1.5', 'all']) {
    const refused = await app.call('GET', `/admin/overview?days=${days}`, { key: admin });
    expect([days, refused.status, codeOf(refused)]).toEqual([days, 422, 'INVALID_INPUT']);
  }
  expect(codeOf(await app.call('GET', '/admin/overview', { key: buyer.key }))).toBe('SCOPE_MISSING');
});
