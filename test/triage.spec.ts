import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Clock } from '../src/platform/clock.js';
import { Config } from '../src/platform/config.js';
import { Db } from '../src/platform/database/db.js';
import { eligible } from '../src/triage/candidates.queries.js';
import { replay } from '../src/triage/decide.js';
import type { Decision, LeftOutReason, TriageRequest } from '../src/triage/decision.js';
import { TriageView } from '../src/triage/triage.schema.js';
import { type StandingChange, Triage } from '../src/triage/triage.service.js';
import { triageView } from '../src/triage/triage.view.js';
import { createDatabase } from './support/databases.js';

const CATEGORY = 'data';
const TYPE = 'csv-cleaning';
const BUYER = '00000000-0000-4000-8000-0000000000b1';

interface Capability {
  readonly category?: string;
  readonly taskType?: string | null;
  readonly specialist?: boolean;
  readonly passed?: boolean;
}

/** What is different from a live, healthy agent of its own operator that has proven the task type. */
interface AgentChanges {
  readonly operatorId?: string;
  readonly minPrice?: number;
  readonly visibility?: string;
  readonly active?: boolean;
  readonly paused?: boolean;
  readonly health?: string;
  readonly capabilities?: readonly Capability[];
}

class FixedClock extends Clock {
  now(): Date {
    return new Date('2026-03-01T12:00:00.000Z');
  }
}

async function startTriage() {
  const database = await createDatabase();
  const source = await new DataSource({ type: 'postgres', url: database.appUrl, poolSize: 10 }).initialize();
  onTestFinished(async () => {
    await source.destroy();
    await database.drop();
  });
  const db = new Db(source);
  const triage = new Triage(db, new FixedClock(), Config.fromEnvironment({}));
  const record = (...changes: StandingChange[]) => db.transaction((tx) => triage.record(tx, changes));
  const keep = (decision: Decision) => db.transaction((tx) => triage.keep(tx, decision));
  return {
    db,
    triage,
    record,
    keep,
    givenAgent: (name: string, changes?: AgentChanges) => givenAgent(db, name, changes),
  };
}

async function givenAgent(db: Db, name: string, changes: AgentChanges = {}): Promise<string> {
  const {
    operatorId = randomUUID(),
    minPrice = 10,
    visibility = 'live',
    active = true,
    paused = false,
    health = 'healthy',
  } = changes;
  const id = randomUUID();
  await db.query(
    `INSERT INTO agents (id, operator_id, name, slug, description, endpoint_url, max_concurrency, min_price, model_notes, visibility,
                         paused_at, active, health, health_failures, next_probe_at, version, created_at, updated_at)
     VALUES ($1::uuid, $2, $3, $1::text, 'cleans', 'https://agent.example/execute', 1, $4, '', $5,
             CASE WHEN $6 THEN now() END, $7, $8, 0, now(), 1, now(), now())`,
    [id, operatorId, name, minPrice, visibility, paused, active, health],
  );
  for (const { category = CATEGORY, taskType = TYPE, specialist = false, passed = true } of changes.capabilities ?? [
    {},
  ]) {
    await db.query(
      `INSERT INTO agent_capabilities (id, agent_id, category, task_type, specialist, passed_at)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, CASE WHEN $5 THEN now() END)`,
      [id, category, taskType, specialist, passed],
    );
  }
  return id;
}

function aRequest(changes: Partial<TriageRequest> = {}): TriageRequest {
  return {
    taskId: randomUUID(),
    round: 1,
    buyerId: BUYER,
    category: CATEGORY,
    taskType: TYPE,
    budget: 100,
    places: 3,
    experimentation: 0.3,
    seed: '00112233445566778899aabbccddeeff',
    ...changes,
  };
}

const about = (agentId: string) => ({ agentId, category: CATEGORY, taskType: TYPE });
const judged = (agentId: string, score: number, tookMs = 1_000): StandingChange => ({
  ...about(agentId),
  happened: 'judged',
  score,
  tookMs,
});
const names = (agents: readonly { readonly name: string }[]) => agents.map(({ name }) => name).sort();

describe('a candidate', () => {
  const CANDIDATES: Record<string, AgentChanges> = {
    'is live': { visibility: 'live' },
    'is in beta': { visibility: 'beta' },
    'fails some probes': { health: 'failing' },
    'has not been probed yet': { health: 'unknown' },
    'asks for the whole budget': { minPrice: 100 },
    'has proven the whole category': { capabilities: [{ taskType: null }] },
    'has proven the category, and not yet the type': { capabilities: [{ taskType: null }, { passed: false }] },
  };

  test.each(Object.entries(CANDIDATES))('%s', async (_, changes) => {
    const { triage, givenAgent } = await startTriage();
    const id = await givenAgent('it', changes);
    const { candidates, chosen, leftOut } = await triage.decide(aRequest());
    expect([candidates, chosen].map((agents) => agents.map(({ agentId }) => agentId))).toEqual([[id], [id]]);
    expect(leftOut).toEqual({ counts: {}, complete: true });
  });

  const LEFT_OUT: [string, LeftOutReason, AgentChanges][] = [
    ['is a draft', 'not_visible', { visibility: 'draft' }],
    ['is coming soon', 'not_visible', { visibility: 'coming_soon' }],
    ['is hidden', 'not_visible', { visibility: 'hidden' }],
    ['is not active', 'not_active', { active: false }],
    ['is paused', 'paused', { paused: true }],
    ['is out of health', 'unhealthy', { health: 'out' }],
    ["is the buyer's own", 'own_agent', { operatorId: BUYER }],
    ['asks for more than the budget', 'too_expensive', { minPrice: 101 }],
    ['has not proven what it declares', 'unproven', { capabilities: [{ passed: false }] }],
    ['does other work in the category', 'other_task_type', { capabilities: [{ taskType: 'dedupe' }] }],
  ];

  test.each(LEFT_OUT)('is nobody that %s', async (_, reason, changes) => {
    const { triage, givenAgent } = await startTriage();
    await givenAgent('it', changes);
    await givenAgent('other');
    const { candidates, leftOut } = await triage.decide(aRequest());
    expect(names(candidates)).toEqual(['other']);
    expect(leftOut).toEqual({ counts: { [reason]: 1 }, complete: true });
  });

  test('is nobody of another category, who is not counted either', async () => {
    const { triage, givenAgent } = await startTriage();
    await givenAgent('it', { capabilities: [{ category: 'design', taskType: null }] });
    const { candidates, chosen, leftOut } = await triage.decide(aRequest());
    expect({ candidates, chosen, leftOut }).toEqual({
      candidates: [],
      chosen: [],
      leftOut: { counts: {}, complete: true },
    });
  });

  test('is known by what it has proven: the type, the category alone, a specialist only once that type is passed', async () => {
    const { triage, givenAgent } = await startTriage();
    await givenAgent('type');
    await givenAgent('category', { capabilities: [{ taskType: null }] });
    await givenAgent('specialist', { capabilities: [{ specialist: true }, { taskType: null }] });
    await givenAgent('claims', { capabilities: [{ specialist: true, passed: false }, { taskType: null }] });
    await givenAgent('beta', { visibility: 'beta' });
    const { candidates } = await triage.decide(aRequest());
    const factors = Object.fromEntries(
      candidates.map(({ name, factors: { fit, affinity, beta } }) => [name, [fit, affinity, beta]]),
    );
    expect(factors).toEqual({
      type: [1, 1, 1],
      category: [0.7, 1, 1],
      specialist: [1, 1.15, 1],
      claims: [0.7, 1, 1],
      beta: [1, 1, 0.5],
    });
  });

  test('brings its record in the category and its mean everywhere', async () => {
    const { triage, record, givenAgent } = await startTriage();
    const id = await givenAgent('it');
    await record(judged(id, 80, 2_000));
    await record(judged(id, 90, 3_000), { ...about(id), happened: 'presented' }, { ...about(id), happened: 'picked' });
    await record({ agentId: id, category: 'design', taskType: 'logo', happened: 'judged', score: 40, tookMs: 9 });
    await record({ agentId: id, category: 'design', taskType: 'logo', happened: 'failed' });
    const { candidates } = await triage.decide(aRequest());
    expect(candidates[0]?.record).toEqual({
      recent: [90, 80],
      recentMs: [3_000, 2_000],
      presented: 1,
      picked: 1,
      setbacks: 0,
      setbackAt: null,
      all: { judged: 3, mean: 70 },
    });
  });
});

describe('of very many candidates', () => {
  test('the best by their record are always compared, the others by turns, and nobody is passed over for ever', async () => {
    const { db, record, givenAgent } = await startTriage();
    const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => givenAgent(`agent-${index}`)));
    await record(...ids.slice(0, 3).map((id, index) => judged(id, 90 - index)));
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const cut = (await eligible(db, aRequest({ seed: seed.toString(16) }), 4)).map(({ agentId }) => agentId);
      expect(cut).toHaveLength(4);
      expect(cut).toEqual(expect.arrayContaining(ids.slice(0, 2)));
      for (const id of cut) seen.add(id);
    }
    expect(seen.size).toBe(12);
  });

  test('those beyond the cut are counted', async () => {
    const { db, triage } = await startTriage();
    await db.query(`
      WITH made AS (
        INSERT INTO agents (id, operator_id, name, slug, description, endpoint_url, max_concurrency, min_price, model_notes, visibility,
                            active, health, health_failures, next_probe_at, version, created_at, updated_at)
        SELECT gen_random_uuid(), gen_random_uuid(), 'agent', 'agent-' || n, 'cleans', 'https://agent.example/execute', 1, 1, '', 'live',
               true, 'healthy', 0, now(), 1, now(), now() FROM generate_series(1, 510) n RETURNING id)
      INSERT INTO agent_capabilities (id, agent_id, category, task_type, specialist, passed_at)
      SELECT gen_random_uuid(), id, '${CATEGORY}', '${TYPE}', false, now() FROM made`);
    const { candidates, leftOut } = await triage.decide(aRequest());
    expect(candidates).toHaveLength(500);
    expect(leftOut).toEqual({ counts: { beyond_the_cut: 10 }, complete: true });
  });
});

describe('a decision', () => {
  test('is kept whole, reads back as it was and replays to the same pool', async () => {
    const { triage, keep, record, givenAgent } = await startTriage();
    const ids = await Promise.all([...'abcdefgh'].map((name) => givenAgent(name)));
    await record(...ids.map((id, index) => judged(id, 30 + 7.3 * index, 1_000 * index)), {
      ...about(ids[3] ?? ''),
      happened: 'late',
    });
    for (let round = 1; round <= 10; round++) {
      const decision = await triage.decide(aRequest({ round, seed: `5eed${round}` }));
      await keep(decision);
      const kept = await triage.of(decision.request.taskId, round);
      expect(kept).toEqual(decision);
      expect(kept && replay(kept)).toEqual(decision.chosen);
    }
  });

  test('of a round is one: of two at once one is kept, and its agents alone count a try', async () => {
    const { triage, keep, givenAgent } = await startTriage();
    await givenAgent('a');
    const request = aRequest();
    const [first, second] = [await triage.decide(request), await triage.decide(request)];
    const results = await Promise.allSettled([keep(first), keep(second)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await triage.decide(request)).candidates[0]?.tries).toBe(1);
  });

  test('that was made and not kept leaves nothing', async () => {
    const { db, triage, givenAgent } = await startTriage();
    await givenAgent('a');
    const decision = await triage.decide(aRequest());
    const failing = db.transaction(async (tx) => {
      await triage.keep(tx, decision);
      throw new Error('the round was cancelled');
    });
    await expect(failing).rejects.toThrow('cancelled');
    expect(await triage.of(decision.request.taskId, 1)).toBeNull();
    expect((await triage.decide(decision.request)).candidates[0]?.tries).toBe(0);
  });

  test('with nobody to call is kept too', async () => {
    const { triage, keep } = await startTriage();
    const decision = await triage.decide(aRequest());
    await keep(decision);
    expect(await triage.of(decision.request.taskId, 1)).toMatchObject({ chosen: [], candidates: [] });
  });

  test('takes one agent of an operator: the best, unless another has its turn to be tried', async () => {
    const { triage, record, givenAgent } = await startTriage();
    const operatorId = randomUUID();
    const [best, other] = [await givenAgent('best', { operatorId }), await givenAgent('other', { operatorId })];
    await record(judged(best, 90), judged(other, 20));
    const { candidates, chosen } = await triage.decide(aRequest({ places: 1, experimentation: 0 }));
    expect(names(candidates)).toEqual(['best', 'other']);
    expect(names(chosen)).toEqual(['best']);
  });

  test('after decision calls everybody that fits sooner or later, the worst included', async () => {
    const { triage, keep, record, givenAgent } = await startTriage();
    const ids = await Promise.all(Array.from({ length: 9 }, (_, index) => givenAgent(`agent-${index}`)));
    await record(...ids.map((id, index) => judged(id, 90 - 10 * index)));
    for (let round = 1; round <= 30; round++) {
      await keep(await triage.decide(aRequest({ round, experimentation: 0, seed: `${round}` })));
    }
    const { candidates } = await triage.decide(aRequest());
    expect(Math.min(...candidates.map(({ tries }) => tries))).toBeGreaterThanOrEqual(4);
  });

  test('is shown to the buyer with a reason for each, parts that add up, and no operator', async () => {
    const { triage, record, givenAgent } = await startTriage();
    const operatorId = randomUUID();
    const ids = [
      await givenAgent('a', { operatorId }),
      await givenAgent('b'),
      await givenAgent('c'),
      await givenAgent('d'),
    ];
    await givenAgent('e', { paused: true });
    await record(...ids.map((id, index) => judged(id, 80 - 10 * index)));
    const decision = await triage.decide(aRequest());
    const view = TriageView.parse(triageView(decision));
    expect(view.chosen.map(({ agent }) => agent.name)).toEqual(decision.chosen.map(({ name }) => name));
    expect(view.candidates.filter(({ called }) => called)).toHaveLength(3);
    expect(view.candidates.every(({ called, why }) => why.startsWith(called ? 'Called' : 'Not called'))).toBe(true);
    for (const { score, parts } of view.candidates) {
      expect(Object.values(parts).reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 9);
    }
    expect(view.left_out).toEqual([{ reason: 'paused', agents: 1, meaning: 'are paused by their operators' }]);
    expect(JSON.stringify(view)).not.toContain(operatorId);
  });
});

describe('the standing', () => {
  test('counts in the category and in the task type', async () => {
    const { triage, record } = await startTriage();
    const id = randomUUID();
    await record(judged(id, 60, 1_000), { ...about(id), happened: 'presented' }, { ...about(id), happened: 'picked' });
    await record(
      { ...about(id), taskType: 'dedupe', happened: 'judged', score: 90, tookMs: 3_000 },
      { ...about(id), happened: 'delivered' },
    );
    await record({ ...about(id), happened: 'late' }, { ...about(id), happened: 'failed' });
    const counts = { presented: 1, picked: 1, late: 1, failed: 1, delivered: 1, called: 0, trend: 0 };
    const none = { presented: 0, picked: 0, late: 0, failed: 0, delivered: 0, called: 0, trend: 0 };
    expect(await triage.standingOf([id, randomUUID()])).toEqual([
      { agentId: id, category: CATEGORY, taskType: null, judged: 2, mean: 75, medianMs: 2_000, ...counts },
      { agentId: id, category: CATEGORY, taskType: TYPE, judged: 1, mean: 60, medianMs: 1_000, ...counts },
      { agentId: id, category: CATEGORY, taskType: 'dedupe', judged: 1, mean: 90, medianMs: 3_000, ...none },
    ]);
  });

  test('remembers the latest 20 bids, newest first, and every one in the mean', async () => {
    const { db, triage, record } = await startTriage();
    const id = randomUUID();
    for (let score = 1; score <= 25; score++) await record(judged(id, score));
    const [row] = await db.query<{ recent: number[] }>(
      'SELECT recent FROM agent_standing WHERE agent_id = $1 AND task_type IS NULL',
      [id],
    );
    expect(row?.recent).toEqual(Array.from({ length: 20 }, (_, index) => 25 - index));
    expect((await triage.standingOf([id]))[0]).toMatchObject({ judged: 25, mean: 13, trend: 10 });
  });

  test('halves the setbacks with each judged bid and adds one with each failure, up to ten', async () => {
    const { db, record } = await startTriage();
    const id = randomUUID();
    const setbacks = async () =>
      (
        await db.query<{ setbacks: number }>(
          'SELECT setbacks FROM agent_standing WHERE agent_id = $1 AND task_type IS NULL',
          [id],
        )
      )[0]?.setbacks;
    for (let i = 0; i < 12; i++) await record({ ...about(id), happened: i % 2 === 0 ? 'late' : 'failed' });
    expect(await setbacks()).toBe(10);
    await record(judged(id, 50));
    expect(await setbacks()).toBe(5);
    await record(judged(id, 50), judged(id, 50));
    expect(await setbacks()).toBe(1);
  });

  test('loses nothing when many transactions record the same agents at once, in any order', async () => {
    const { triage, record } = await startTriage();
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const orders = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? ids : ids.toReversed()));
    await Promise.all(orders.map((order) => record(...order.map((id) => judged(id, 50)))));
    const standing = await triage.standingOf(ids);
    expect(standing).toHaveLength(12);
    expect(standing.every(({ judged }) => judged === 40)).toBe(true);
  });

  test('is unchanged by a transaction that rolls back', async () => {
    const { db, triage } = await startTriage();
    const id = randomUUID();
    const failing = db.transaction(async (tx) => {
      await triage.record(tx, [judged(id, 50)]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await triage.standingOf([id])).toEqual([]);
  });
});
