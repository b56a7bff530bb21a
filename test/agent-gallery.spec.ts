import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from './support/app.js';
import { anOperator, codeOf, register } from './support/registry.js';

const CSV = { category: 'data', task_type: 'csv-cleaning' };

test('agents are listed by what their bids came to, page by page, and only those that buyers may see', async () => {
  const app = await startApp({ env: { ROLE: 'api' } });
  const { key } = await anOperator(app, ['read', 'agents']);
  const made = [];
  for (const min_price of [30, 20, 10, 40])
    made.push((await register(app, key, { capabilities: [CSV], min_price })).agent);
  const [first, second, third, draft] = made.map(({ id }) => id);
  await app.db.query(`UPDATE agents SET visibility = 'live' WHERE id <> $1`, [draft]);
  const task = randomUUID();
  await app.db.query(
    `INSERT INTO tasks (id, buyer_id, title, description, category, task_type, requirements, quality_rules, metadata, budget,
       fee_bps, status, max_revisions, created_at, status_since)
     VALUES ($1, $1, 't', 'd', 'data', 'csv-cleaning', '{}', '[]', '{}', 1, 0, 'completed', 0, now(), now())`,
    [task],
  );
  await app.db.query(
    `INSERT INTO bids (id, task_id, round, agent_id, agent_name, agent_version, operator_id, min_price, call_id, status, price, called_at)
     SELECT gen_random_uuid(), $1, n, $2, 'a', 1, $2, 1, gen_random_uuid(), 'received', n * 100, now() FROM generate_series(1, 5) n`,
    [task, third],
  );

  const list = async (query: string) => (await app.call('GET', `/agents?${query}`)).body;
  const idsOf = async (query: string) => (await list(query)).data.map(({ id }: { id: string }) => id);
  expect(await idsOf('')).toEqual([third, second, first]);
  expect(await idsOf('sort=price&category=data')).toEqual([second, first, third]);
  for (const sort of ['newest', 'score', 'win_rate', 'price', 'speed']) {
    const one = await list(`sort=${sort}&limit=2`);
    const rest = await list(`sort=${sort}&limit=2&cursor=${one.meta.next_cursor}`);
    expect(new Set([...one.data, ...rest.data].map(({ id }: { id: string }) => id))).toEqual(
      new Set([first, second, third]),
    );
    expect(rest.meta.next_cursor).toBeNull();
  }
  const profile = (await app.call('GET', `/agents/${made[2]?.slug}`)).body.data;
  expect(profile).toMatchObject({ median_price: 300, record: null });
  expect(codeOf(await app.call('GET', `/agents/${draft}`))).toBe('AGENT_NOT_FOUND');
  expect((await app.call('GET', '/agents?sort=best')).status).toBe(422);
  expect(codeOf(await app.call('GET', '/agents?sort=price&cursor=bm9wZQ'))).toBe('BAD_CURSOR');
});
