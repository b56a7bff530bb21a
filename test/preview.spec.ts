import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PreviewView } from '../src/tasks/preview.schema.js';
import { startApp, type TestApp } from './support/app.js';
import { brief, liveAgent, ok, type Person, reaches, signUp } from './support/market.js';
import { expectRefusal, invalid, traces } from './support/refusals.js';
import { until } from './support/until.js';

const preview = (app: TestApp, { key }: Person, changes: Record<string, unknown> = {}) =>
  app.call('POST', '/tasks/preview', { key, body: brief(changes) });

async function seen(app: TestApp, buyer: Person, changes?: Record<string, unknown>): Promise<PreviewView> {
  return PreviewView.parse((await ok(preview(app, buyer, changes))).body.data);
}

/** All but the texts of agents in the form that triage compares: a cache that any question to it brings up to date. */
async function tracesOf(app: TestApp, buyer: Person): Promise<unknown> {
  const { rows, ...rest } = await traces(app, buyer);
  const counted = Object.entries(rows as Record<string, string>);
  return { ...rest, rows: counted.filter(([name]) => !/^(agent_profiles|profile_|term_|lexeme)/.test(name)) };
}

describe('a preview', () => {
  test('tells who would be asked, who not and what would help, and leaves nothing behind', async () => {
    const app = await startApp({ env: { ROLE: 'api', POOL_SIZE: '3', RATE_LIMIT_PREVIEW_PER_MIN: '1000' } });
    const buyer = await signUp(app);
    const placed = [await liveAgent(app), await liveAgent(app, undefined, { min_price: 80 })];
    await liveAgent(app, undefined, { min_price: 300 });
    const before = await tracesOf(app, buyer);
    const view = await seen(app, buyer);
    expect(view).toMatchObject({ affordable: true, places: 3, candidates_total: 2, expected_calls: 2, budget: 100 });
    expect(view.expected.map(({ agent }) => agent.id).sort()).toEqual(placed.map(({ id }) => id).sort());
    expect(view.expected.map(({ propensity }) => propensity)).toEqual([1, 1]);
    expect(view.left_out).toEqual([{ reason: 'too_expensive', agents: 1, meaning: 'ask for more than the budget' }]);
    expect(view.hints.map(({ code, budget }) => [code, budget])).toEqual([
      ['few', null],
      ['raise_budget', 300],
      ['lower_budget', 80],
    ]);
    expect(view.findings.find(({ code }) => code === 'budget_tight')?.message).toContain('2 of 3');
    for (const { operator } of placed) expect(JSON.stringify(view)).not.toContain(operator.accountId);
    // Scores may have moved a little: what texts weigh is worked out behind the first question.
    const { expected, hints, seed } = await seen(app, buyer);
    expect({ hints, seed, agents: expected.map(({ agent }) => agent.id).sort() }).toEqual({
      hints: view.hints,
      seed: view.seed,
      agents: view.expected.map(({ agent }) => agent.id).sort(),
    });
    expect((await seen(app, buyer, { budget: 900 })).affordable).toBe(false);
    expect(await tracesOf(app, buyer)).toEqual(before);
  });

  test('asks of the very agents that a posted task then calls', async () => {
    const app = await startApp({ env: { POOL_SIZE: '2', EXPERIMENTATION: '0', ROLE: 'all' } });
    const buyer = await signUp(app);
    for (let n = 0; n < 2; n++) await liveAgent(app);
    const { expected } = await seen(app, buyer);
    const taskId = (await ok(app.call('POST', '/tasks', { key: buyer.key, body: brief() }))).body.data.id;
    const { body } = await until(
      () => app.call('GET', `/tasks/${taskId}/triage`, { key: buyer.key }),
      ({ status }) => status === 200,
    );
    const called = body.data.chosen.map(({ agent }: { agent: { id: string } }) => agent.id);
    expect(called.sort()).toEqual(expected.map(({ agent }) => agent.id).sort());
  });

  test('turns the dial as the buyer wishes, and a posted task keeps the wish in its decision', async () => {
    const app = await startApp({ env: { POOL_SIZE: '2', EXPERIMENTATION: '0.3', ROLE: 'all' } });
    const buyer = await signUp(app);
    for (let n = 0; n < 2; n++) await liveAgent(app);
    const terms = (await ok(app.call('GET', '/terms'))).body.data;
    expect(terms).toMatchObject({ experimentation: 0.3, places: 2, fee_bps: 1_500 });
    expect([
      (await seen(app, buyer)).experimentation,
      (await seen(app, buyer, { experimentation: 0.75 })).experimentation,
    ]).toEqual([0.3, 0.75]);
    const body = brief({ experimentation: 0.75 });
    const posted = (await ok(app.call('POST', '/tasks', { key: buyer.key, body }))).body.data;
    expect(posted.experimentation).toBe(0.75);
    await reaches(app, buyer, posted.id, 'prototyping');
    const { body: triage } = await ok(app.call('GET', `/tasks/${posted.id}/triage`, { key: buyer.key }));
    expect(triage.data.experimentation).toBe(0.75);
  });

  test('refuses what posting refuses, in the same words, and names what was most likely meant', async () => {
    const app = await startApp({ env: { ROLE: 'api', RATE_LIMIT_PREVIEW_PER_MIN: '1000' } });
    const buyer = await signUp(app);
    const cases: [Record<string, unknown>, string, RegExp][] = [
      [{ category: 'writting' }, 'category', /did you mean "writing"\?/],
      [{ category: 'summary', task_type: 'summary' }, 'category', /did you mean "writing"\?/],
      [{ task_type: 'sumary' }, 'task_type', /did you mean "summary"\?/],
      [{ category: 'data' }, 'task_type', /belongs to the category "writing"/],
      [{ category: 'zzzz', task_type: 'zzzz' }, 'category', /GET \/categories lists them/],
      [{ budget: 2_000_000 }, 'budget', /at most/],
      [{ attachments: [randomUUID()] }, 'attachments.0', /no attachment of yours/],
      [{ title: 5 }, 'title', /^must be text, not a number$/],
      [{ title: undefined }, 'title', /^is missing$/],
      [{ title: 'x' }, 'title', /^must have at least 5 characters$/],
      [{ description: 'x'.repeat(5_001) }, 'description', /^must have at most 5,?000 characters$/],
      [{ budget: 1.5 }, 'budget', /^must be a whole number$/],
      [{ budget: 0 }, 'budget', /^must be at least 1$/],
      [{ budgt: 5 }, 'budgt', /^is no field here$/],
      [{ attachments: ['x'] }, 'attachments.0', /^must be an id \(a UUID\)$/],
      [{ quality_rules: { rules: [{ kind: 'wordz' }] } }, 'quality_rules.rules.0.kind', /\S/],
    ];
    for (const [change, field, words] of cases) {
      const [here, there] = [
        await preview(app, buyer, change),
        await app.call('POST', '/tasks', { key: buyer.key, body: brief(change) }),
      ];
      expectRefusal(here, invalid(field), JSON.stringify(change).slice(0, 80));
      expect(here.body.error.fields[0].message, field).toMatch(words);
      expect(there.body.error).toEqual(here.body.error);
    }
  });

  test('is counted for the account, from whichever address', async () => {
    const app = await startApp({ env: { ROLE: 'api', RATE_LIMIT_PREVIEW_PER_MIN: '2' } });
    const buyer = await signUp(app);
    app.clock.nextHour();
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await preview(app, buyer)).status);
    expect(statuses).toEqual([200, 200, 429]);
    const other = await startApp({ env: { ROLE: 'api' } });
    const stranger = await other.call('POST', '/tasks/preview', { body: brief() });
    expectRefusal(stranger, { status: 401, code: 'UNAUTHENTICATED' });
  });
});
