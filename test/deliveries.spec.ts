import { describe, expect, test } from 'vitest';
import { taskType } from '../src/registry/taxonomy.js';
import { answer, send, work } from './support/agents.js';
import { call, startApp } from './support/app.js';
import { GOOD } from './support/good-answers.js';
import {
  act,
  cleanAudit,
  delivered,
  liveAgent,
  ok,
  pickBest,
  postTask,
  reaches,
  signUp,
  task,
  wallet,
} from './support/market.js';
import { until } from './support/until.js';

const everybodyShown = { PRESENTED_MIN_SCORE: '0' };

describe('a delivery', () => {
  test('is revised with the notes and the previous work, as often as the task allows', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    const { agent } = await liveAgent(app, ({ request }, response) =>
      send(response, work(`version ${(request.revision?.number ?? 0) + 1}`)),
    );
    const taskId = await delivered(app, buyer, { max_revisions: 1 });

    await ok(act(app, buyer, taskId, 'revise', { notes: 'Make it shorter, please.' }));
    await reaches2(app, buyer, taskId, 2);
    const revision = agent.log.at(-1)?.request.revision;
    expect(revision).toMatchObject({
      number: 1,
      notes: 'Make it shorter, please.',
      previous: { artifacts: [{ content: 'version 1' }] },
    });

    const refused = await act(app, buyer, taskId, 'revise', { notes: 'And once more.' });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'NO_REVISIONS_LEFT' } } });
    expect((await task(app, buyer, taskId)).next_actions).toEqual(['approve']);
    const deliveries = (await ok(call(app.url, 'GET', `/tasks/${taskId}/deliveries`, { key: buyer.key }))).body.data;
    expect(deliveries.map((d: { number: number; status: string }) => [d.number, d.status])).toEqual([
      [1, 'delivered'],
      [2, 'delivered'],
    ]);
  });

  test('stands as it was, with the reason, when a revision fails', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    await liveAgent(app, (received, response) =>
      received.request.revision
        ? send(response, { declined: { reason: 'it is perfect' } })
        : answer()(received, response),
    );
    const taskId = await delivered(app, buyer);
    await ok(act(app, buyer, taskId, 'revise', { notes: 'Make it longer, please.' }));
    await until(async () => (await task(app, buyer, taskId)).status === 'delivered');
    expect(await task(app, buyer, taskId)).toMatchObject({
      reason: 'the agent declined: it is perfect',
      revisions_used: 1,
    });
    await ok(act(app, buyer, taskId, 'approve'));
  });

  test('is judged beside its prototype, and an agent that delivers something else is believed less', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    const type = taskType('product-description');
    const good = GOOD['product-description'];
    if (!type || good === undefined) throw new Error('There is no such type.');
    const { title, description, requirements } = type.fixture;
    const about = { title, description, category: type.category, task_type: type.slug, requirements };
    const { id, operator } = await liveAgent(
      app,
      ({ phase }, response) =>
        send(response, work(phase === 'prototype' ? good : 'A lamp, as you wished. It is nice.')),
      { capabilities: [{ category: type.category, task_type: type.slug }] },
    );
    const taskId = await delivered(app, buyer, about);
    const judged = () => call(app.url, 'GET', `/tasks/${taskId}/deliveries`, { key: buyer.key });
    await until(async () => (await judged()).body.data[0].judgement !== null);
    const [delivery] = (await judged()).body.data;
    expect(delivery.kept).toBeLessThan(0.6);
    expect(delivery.judgement.criteria.length).toBeGreaterThan(0);
    const { body } = await ok(call(app.url, 'GET', `/agents/${id}/standing`, { key: operator.key }));
    expect(body.data[0]).toMatchObject({ kept: expect.closeTo(delivery.kept, 2) });
    // What the buyer's own judge saw is told to the operator as well, once.
    const [events] = await app.db.query<{ told: number }>(
      `SELECT count(*)::int AS told FROM events WHERE type = 'delivery.judged' AND task_id = $1`,
      [taskId],
    );
    expect(events?.told).toBe(2);
  });

  test('that never comes refunds the buyer', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    await liveAgent(app, (received, response) =>
      received.phase === 'delivery' ? send(response, 'no', 400) : answer()(received, response),
    );
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    await pickBest(app, buyer, taskId);
    await reaches(app, buyer, taskId, 'refunded');
    expect(await wallet(app, buyer)).toMatchObject({ available: 500, held: 0 });
    await cleanAudit(app, app);
  });

  test('of two approvals at once, one pays and the other is refused', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    const { operator } = await liveAgent(app, answer({ price: 100 }));
    const taskId = await delivered(app, buyer);
    const both = await Promise.all([act(app, buyer, taskId, 'approve'), act(app, buyer, taskId, 'approve')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await wallet(app, operator)).toMatchObject({ available: 500 + 85 });
    await cleanAudit(app, app);
  });
});

/** Waits until the second delivery came: the status alone was `delivered` before. */
async function reaches2(
  app: Parameters<typeof task>[0],
  buyer: Parameters<typeof task>[1],
  taskId: string,
  number: number,
) {
  await until(async () => {
    const { data } = (await ok(call(app.url, 'GET', `/tasks/${taskId}/deliveries`, { key: buyer.key }))).body;
    return data.some((d: { number: number; status: string }) => d.number === number && d.status === 'delivered');
  });
}
