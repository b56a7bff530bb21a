import { expect, test } from 'vitest';
import { answer } from './support/agents.js';
import { call, startApp } from './support/app.js';
import { Hold } from './support/holds.js';
import { liveAgent, ok, postTask, reaches, signUp, task } from './support/market.js';
import { until } from './support/until.js';

test('a task says that it is being matched while that takes longer than a moment, and says it once either way', async () => {
  const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
  const buyer = await signUp(app);
  await liveAgent(app, answer({ price: 60 }));

  const quick = await postTask(app, buyer);
  await reaches(app, buyer, quick, 'review');

  const held = await Hold.readersOf(app.db, 'operator_calls');
  const slow = await postTask(app, buyer);
  await until(async () => (await task(app, buyer, slow)).status === 'matching');
  await held.release();
  await reaches(app, buyer, slow, 'review');

  const usual = ['task.open', 'task.matching', 'task.prototyping', 'task.judging', 'task.review'];
  for (const id of [quick, slow]) {
    const { data } = (await ok(call(app.url, 'GET', `/tasks/${id}/events`, { key: buyer.key }))).body;
    const types = data.map(({ type }: { type: string }) => type);
    expect(types.filter((type: string) => type.startsWith('task.'))).toEqual(usual);
  }
});
