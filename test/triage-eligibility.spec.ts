import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PayoutReadiness } from '../src/payouts/payout-readiness.js';
import { CUT, eligible, eligibleOf, withNamed } from '../src/triage/candidates.queries.js';
import type { TriageRequest } from '../src/triage/decision.js';
import { about, aRequest, CATEGORY, judged, names, startTriage, TYPE } from './support/triage.js';

/** What the query is asked, besides what triage is. */
const asking = (changes: Partial<TriageRequest> = {}) => ({
  ...aRequest(changes),
  now: new Date('2026-03-01T12:00:00.000Z'),
  operatorQuota: 100,
});

describe('nobody is a candidate', () => {
  test('that was called in an earlier round of the task, and another task changes nothing', async () => {
    const { triage, keep, givenAgent } = await startTriage();
    const ids = [await givenAgent('a'), await givenAgent('b')];
    const first = aRequest({ places: 1, experimentation: 0 });
    const decision = await triage.decide(first);
    await keep(decision);
    const second = await triage.decide({ ...first, round: 2 });
    expect(second.candidates.map(({ agentId }) => agentId)).toEqual(
      ids.filter((id) => id !== decision.chosen[0]?.agentId),
    );
    expect(second.leftOut.counts).toEqual({ earlier_round: 1 });
    expect((await triage.decide(aRequest({ round: 2 }))).candidates).toHaveLength(2);
  });

  test('that mostly takes longer than the round lasts; a day later it is tried again', async () => {
    const { db, triage, record, givenAgent } = await startTriage();
    const [slow, late, quick] = [await givenAgent('slow'), await givenAgent('late'), await givenAgent('quick')];
    for (let bid = 0; bid < 5; bid++) {
      await record(judged(slow, 90, bid === 0 ? 1_000 : 50_000), judged(quick, 50, 5_000));
      await record({ ...about(late), happened: 'late', waitedMs: 30_000 });
    }
    const within = async (windowMs: number) => names((await triage.decide(aRequest({ windowMs }))).candidates);
    expect(await within(30_000)).toEqual(['quick']); // who did not answer in 30 s does not now
    expect(await within(40_000)).toEqual(['late', 'quick']); // in 40 s it may
    expect(await within(60_000)).toEqual(['late', 'quick', 'slow']);
    expect((await triage.decide(aRequest({ windowMs: 30_000 }))).leftOut.counts).toEqual({ too_slow: 2 });
    await db.query(`UPDATE agent_standing SET answered_at = answered_at - interval '25 hours'`);
    expect(await within(30_000)).toEqual(['late', 'quick', 'slow']);
  });

  test('that is known too little to be called slow', async () => {
    const { triage, record, givenAgent } = await startTriage();
    const id = await givenAgent('new');
    for (let bid = 0; bid < 4; bid++) await record(judged(id, 50, 90_000));
    expect((await triage.decide(aRequest({ windowMs: 30_000 }))).candidates).toHaveLength(1);
  });

  test('whose operator has had its calls of the hour, all agents together', async () => {
    const { db, keep, triage, givenAgent } = await startTriage();
    const operatorId = randomUUID();
    for (const name of 'abc') await givenAgent(name, { operatorId });
    const other = await givenAgent('other');
    for (let call = 0; call < 4; call++) await keep(await triage.decide(aRequest()));
    const left = async (operatorQuota: number) =>
      (await eligible(db, { ...asking(), operatorQuota })).map(({ candidate }) => candidate.agentId);
    expect(await left(5)).toHaveLength(4);
    expect(await left(4)).toEqual([]); // the other one was called four times too
    await db.query('DELETE FROM operator_calls WHERE operator_id <> $1', [operatorId]);
    expect(await left(4)).toEqual([other]);
    await db.query(`UPDATE operator_calls SET since = since - interval '61 minutes'`);
    expect(await left(4)).toHaveLength(4);
  });

  test('whose operator can not be paid', async () => {
    const operatorId = randomUUID();
    class NotThisOne extends PayoutReadiness {
      notReady = async (ids: readonly string[]) => new Set(ids.filter((id) => id === operatorId));
    }
    const { triage, givenAgent } = await startTriage({}, new NotThisOne());
    await givenAgent('unpayable', { operatorId });
    await givenAgent('payable');
    const { candidates, leftOut } = await triage.decide(aRequest());
    expect(names(candidates)).toEqual(['payable']);
    expect(leftOut.counts).toEqual({ payout_not_ready: 1 });
  });
});

describe('of very many candidates', () => {
  test('those whose texts fit are compared too, if they may be called', async () => {
    const { db, givenAgent } = await startTriage();
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => givenAgent(`agent-${index}`)));
    const paused = await givenAgent('paused', { paused: true });
    const relevant = [paused, ...ids.slice(7, 9)];
    for (let seed = 0; seed < 10; seed++) {
      const asked = asking({ seed: `${seed}` });
      const cut = withNamed(await eligible(db, asked, 12), await eligibleOf(db, asked, relevant));
      const found = cut.map(({ candidate }) => candidate.agentId);
      expect(new Set(found).size).toBe(12);
      expect(found).toEqual(expect.arrayContaining(ids.slice(7, 9)));
      expect(found).not.toContain(paused);
    }
  });

  test('the best by their record are always compared, the others by turns, and nobody is passed over for ever', async () => {
    const { db, record, givenAgent } = await startTriage();
    const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => givenAgent(`agent-${index}`)));
    await record(...ids.slice(0, 3).map((id, index) => judged(id, 90 - index)));
    // Places on the circle are random; two that lie close together would make this wait for a rare draw.
    for (const [at, id] of ids.entries())
      await db.query('UPDATE agent_capabilities SET turn = $2 WHERE agent_id = $1', [id, at / ids.length]);
    const seen = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const cut = (await eligible(db, asking({ seed: seed.toString(16) }), 4)).map(
        ({ candidate }) => candidate.agentId,
      );
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
               true, 'healthy', 0, now(), 1, now(), now() FROM generate_series(1, ${CUT + 10}) n RETURNING id)
      INSERT INTO agent_capabilities (id, agent_id, category, task_type, specialist, passed_at)
      SELECT gen_random_uuid(), id, '${CATEGORY}', '${TYPE}', false, now() FROM made`);
    const { candidates, leftOut } = await triage.decide(aRequest());
    expect(candidates).toHaveLength(CUT);
    expect(leftOut).toEqual({ counts: { beyond_the_cut: 10 }, complete: true });
  });
});
