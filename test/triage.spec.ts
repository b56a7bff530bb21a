import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LeftOutReason } from '../src/triage/decision.js';
import { replay } from '../src/triage/replay.js';
import { TriageView } from '../src/triage/triage.schema.js';
import { triageView } from '../src/triage/triage.view.js';
import { type AgentChanges, about, aRequest, BUYER, judged, names, startTriage } from './support/triage.js';

describe('a candidate', () => {
  const CANDIDATES: Record<string, AgentChanges> = {
    'is live': { visibility: 'live' },
    'is in beta': { visibility: 'beta' },
    'fails some probes': { health: 'failing' },
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
    ['has not been probed yet', 'unhealthy', { health: 'unknown' }],
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
    await record({
      agentId: id,
      category: 'design',
      taskType: 'logo',
      happened: 'judged',
      score: 40,
      tookMs: 9,
      agentVersion: 1,
      rubricVersion: 1,
    });
    await record({ agentId: id, category: 'design', taskType: 'logo', happened: 'failed' });
    const { candidates } = await triage.decide(aRequest());
    expect(candidates[0]?.record).toMatchObject({
      recent: [90, 80],
      recentMs: [3_000, 2_000],
      presented: 1,
      picked: 1,
      // From the other category: an endpoint that fails there fails here.
      setbacks: 1,
      setbackAt: '2026-03-01T12:00:00.000Z',
    });
    expect(candidates[0]?.record.here?.mean).toBeCloseTo(85, 1);
    expect(candidates[0]?.record.all.mean).toBeCloseTo(70, 0);
    expect(candidates[0]?.record.all.judged).toBeCloseTo(3, 1);
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

  test('calls, with those that follow, everybody that fits, the worst included', async () => {
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
      expect(Object.values(parts).reduce((sum, part) => sum + (part?.points ?? 0), 0)).toBeCloseTo(score, 9);
    }
    expect(view.left_out).toEqual([{ reason: 'paused', agents: 1, meaning: 'are paused by their operators' }]);
    expect(JSON.stringify(view)).not.toContain(operatorId);
  });
});
