import { describe, expect, test } from 'vitest';
import { Db } from '../src/platform/database/db.js';
import { answer } from './support/agents.js';
import { call, startApp } from './support/app.js';
import { brief, gallery, liveAgent, ok, type Person, postTask, reaches, signUp } from './support/market.js';
import { aModel, honest, type Mind } from './support/model-server.js';

const KEY = 'sk-a-buyers-own-key-7f3a';
const shownAll = { PRESENTED_MIN_SCORE: '0' };
const fair = honest(
  (text) => (text.includes('GOOD') ? 1 : 0),
  (_question, text) => text.includes('GOOD'),
);

type App = Awaited<ReturnType<typeof startApp>>;

const keyPath = '/accounts/me/judge-key';

async function withKey(app: App, buyer: Person, url: string, more: Record<string, unknown> = {}) {
  const body = { url, model: 'buyers-model', key: KEY, price_in_cents: 100, price_out_cents: 500, ...more };
  return ok(call(app.url, 'PUT', keyPath, { key: buyer.key, body }));
}

async function twoBids(app: App) {
  const text = (content: string) => ({
    artifacts: [{ type: 'text' as const, name: 'summary.txt', media_type: 'text/plain', content }],
  });
  const good = await liveAgent(
    app,
    answer(text('GOOD: the ferry to Skagen leaves at nine on weekdays; the wanted timetable is on page two.')),
  );
  const poor = await liveAgent(
    app,
    answer(text('Boats of several colours were seen near Aarhus, and nobody wanted to count them twice.')),
  );
  return { good, poor };
}

describe('a buyer with a key of its own', () => {
  test('has its tasks judged by its model, sees what it cost, and never the key', async () => {
    const app = await startApp({ env: shownAll });
    const model = await aModel(fair);
    const buyer = await signUp(app);
    const set = await withKey(app, buyer, model.url);
    expect(set.body.data).toMatchObject({ model: 'buyers-model', ends_with: '7f3a', provider: 'openai-compatible' });
    const { good, poor } = await twoBids(app);

    const taskId = await postTask(app, buyer, { judge: 'llm' });
    await reaches(app, buyer, taskId, 'review');

    const { bids } = await gallery(app, buyer, taskId);
    const [best] = bids.toSorted((a: { rank: number }, b: { rank: number }) => a.rank - b.rank);
    expect(best.agent.id).toBe(good.id);
    expect(best.judgement.judge).toBe('llm:buyers-model');
    const { data: costs } = (await ok(call(app.url, 'GET', `/tasks/${taskId}/judging`, { key: buyer.key }))).body;
    const calls = model.heard.length;
    expect(costs).toEqual([
      expect.objectContaining({
        round: 1,
        paid_by: 'buyer',
        model: 'buyers-model',
        calls,
        failed: 0,
        input_tokens: 100 * calls,
        output_tokens: 20 * calls,
        note: null,
      }),
    ]);
    expect(costs[0].cents).toBeCloseTo((100 * calls * 100 + 20 * calls * 500) / 1_000_000);
    expect(model.heard[0]?.headers.authorization).toBe(`Bearer ${KEY}`);

    const votes = await app.get(Db).query<{ judge: string }>('SELECT DISTINCT judge FROM votes');
    expect(votes.map(({ judge }) => judge)).toContain('llm:buyers-model');
    const shown = await ok(call(app.url, 'GET', keyPath, { key: buyer.key }));
    const stored = await app.db.query('SELECT * FROM judge_keys');
    const sent = [good, poor].flatMap(({ agent }) => agent.log.map(({ rawBody, headers }) => [rawBody, headers]));
    for (const seen of [shown.body, stored, sent, bids, costs]) expect(JSON.stringify(seen)).not.toContain(KEY);
  });

  test('of others it is never used, and once removed it is gone', async () => {
    const app = await startApp();
    const model = await aModel(fair);
    const [buyer, other] = [await signUp(app), await signUp(app)];
    await withKey(app, buyer, model.url);
    expect((await call(app.url, 'GET', keyPath, { key: other.key })).body.error.code).toBe('JUDGE_KEY_NOT_SET');
    const refused = await call(app.url, 'POST', '/tasks', { key: other.key, body: brief({ judge: 'llm' }) });
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'MODEL_JUDGE_NOT_SET', field: 'judge' } } });
    await ok(call(app.url, 'DELETE', keyPath, { key: buyer.key }));
    await ok(call(app.url, 'DELETE', keyPath, { key: buyer.key }));
    expect((await call(app.url, 'GET', keyPath, { key: buyer.key })).status).toBe(404);
    expect(await app.db.query('SELECT 1 FROM judge_keys')).toEqual([]);
  });

  test.each([
    ['without an address', { url: undefined }, 'JUDGE_URL_MISSING'],
    ['at an address inside', { url: 'https://169.254.169.254/latest' }, 'URL_NOT_PUBLIC'],
    ['with a key that no header can carry', { key: 'sk-\r\nx-evil: 1' }, 'INVALID_INPUT'],
    ['with a word that nobody knows', { base_url: 'https://x.example' }, 'INVALID_INPUT'],
  ])('is refused %s, and the key is not repeated', async (_why, changes, code) => {
    const app = await startApp();
    const buyer = await signUp(app);
    const body = { url: 'https://api.example.com/v1', model: 'm', key: KEY, ...changes };
    const refused = await call(app.url, 'PUT', keyPath, { key: buyer.key, body });
    expect(refused).toMatchObject({ status: 422, body: { error: { code } } });
    expect(JSON.stringify(refused.body)).not.toMatch(/sk-/);
  });
});

describe("the server's model", () => {
  const env = (url: string) => ({ ...shownAll, JUDGE: 'llm', JUDGE_MODEL_URL: url, JUDGE_MODEL: 'house-model' });

  test('judges where nobody says otherwise, and not where the buyer wants rules', async () => {
    const model = await aModel(fair);
    const app = await startApp({ env: env(model.url) });
    const buyer = await signUp(app);
    await twoBids(app);
    const [byModel, byRules] = [await postTask(app, buyer), await postTask(app, buyer, { judge: 'rules' })];
    await Promise.all([byModel, byRules].map((id) => reaches(app, buyer, id, 'review')));
    const judges = async (id: string) =>
      (await gallery(app, buyer, id)).bids.map((bid: { judgement: { judge: string } }) => bid.judgement.judge);
    expect(new Set(await judges(byModel))).toEqual(new Set(['llm:house-model']));
    expect(new Set(await judges(byRules))).toEqual(new Set(['rules']));
  });

  test('that fails loses no task: rules judge, and the buyer reads why', async () => {
    const down: Mind = (_heard, response) => {
      response.writeHead(500).end();
    };
    const model = await aModel(down);
    const app = await startApp({ env: env(model.url) });
    const buyer = await signUp(app);
    await twoBids(app);
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    const { bids } = await gallery(app, buyer, taskId);
    expect(bids[0].judgement.judge).toBe('rules');
    expect(JSON.stringify(bids[0].judgement.criteria)).toContain('The model judge was not heard');
    const { data: costs } = (await ok(call(app.url, 'GET', `/tasks/${taskId}/judging`, { key: buyer.key }))).body;
    expect(costs[0]).toMatchObject({
      paid_by: 'platform',
      model: 'house-model',
      note: expect.stringContaining('status 500'),
    });
    const stranger = await signUp(app);
    expect((await call(app.url, 'GET', `/tasks/${taskId}/judging`, { key: stranger.key })).status).toBe(404);
  });
});
