import { expect, test } from 'vitest';
import { answer } from './support/agents.js';
import { startApp } from './support/app.js';
import { liveAgent, postTask, reaches, signUp } from './support/market.js';

test('a call that a stop cuts off is made again by the next server, with the same id', async () => {
  const env = { SHUTDOWN_GRACE_S: '0', PRESENTED_MIN_SCORE: '0' };
  const app = await startApp({ env });
  const buyer = await signUp(app);
  const { agent } = await liveAgent(app, () => {});
  const taskId = await postTask(app, buyer);
  await agent.received(1);

  await app.stop();
  agent.reply = answer();
  const next = await startApp({ env, beside: app });

  await reaches(next, buyer, taskId, 'review');
  expect(agent.callIds('prototype')).toHaveLength(1);
  const attempts = await next.db.query('SELECT outcome FROM call_attempts ORDER BY attempt');
  expect(attempts).toEqual([{ outcome: 'unknown' }, { outcome: 'answered' }]);
});
