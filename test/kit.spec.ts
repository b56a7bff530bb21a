import { expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { expectRefusal, invalid, notFound } from './support/refusals.js';

const csv = (content: string) => ({ artifacts: [{ type: 'file', name: 'a.csv', media_type: 'text/csv', content }] });

test('anybody may take a practice task and have an answer to it judged, so many a minute', async () => {
  const app = await startApp({ env: { RATE_LIMIT_PRACTICE_PER_MIN: '6' } });
  const draw = { task_type: 'csv-cleaning', level: 'easy', seed: 3 };
  const task = await app.call('GET', '/practice/csv-cleaning?level=easy&seed=3');
  expect(task.status).toBe(200);
  expect(task.body.data).toMatchObject({ ...draw, category: 'data', budget: { currency: 'credits' } });
  const judge = (body: object) => app.call('POST', '/practice/judgements', { body });

  const own = await judge({ ...draw, answer: csv(task.body.data.files[0].content) });
  const poor = await judge({ ...draw, answer: csv('nothing\n') });
  expect([own.status, poor.status]).toEqual([200, 200]);
  expect(own.body.data).toMatchObject({ judge: 'rules', rubric: { task_type: 'csv-cleaning' } });
  expect(own.body.data.total.low).toBeGreaterThan(poor.body.data.total.low);

  expectRefusal(await judge({ ...draw, answer: {} }), invalid('answer'));
  expectRefusal(await app.call('GET', '/practice/no-such-type'), {
    ...notFound('UNKNOWN_TASK_TYPE'),
    field: 'task_type',
  });
  expectRefusal(await app.call('GET', '/practice/csv-cleaning?level=cruel'), invalid('level'));
  expectRefusal(await app.call('GET', '/practice/csv-cleaning'), { status: 429, code: 'RATE_LIMITED' });
});
