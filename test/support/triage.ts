import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { onTestFinished } from 'vitest';
import { EverybodyIsReady, type PayoutReadiness } from '../../src/payouts/payout-readiness.js';
import { Clock } from '../../src/platform/clock.js';
import { Config } from '../../src/platform/config.js';
import { Db } from '../../src/platform/database/db.js';
import { parseAllow } from '../../src/platform/egress/addresses.js';
import { Egress } from '../../src/platform/egress/egress.js';
import type { Decision, TriageRequest } from '../../src/triage/decision.js';
import { Embeddings } from '../../src/triage/embeddings.service.js';
import { Profiles } from '../../src/triage/profiles.service.js';
import type { Judged } from '../../src/triage/standing.js';
import { type StandingChange, Triage } from '../../src/triage/triage.service.js';
import { createDatabase } from './databases.js';

export const CATEGORY = 'data';
export const TYPE = 'csv-cleaning';
export const BUYER = '00000000-0000-4000-8000-0000000000b1';

interface Capability {
  readonly category?: string;
  readonly taskType?: string | null;
  readonly specialist?: boolean;
  readonly passed?: boolean;
}

/** What is different from a live, healthy agent of its own operator that has proven the task type. */
export interface AgentChanges {
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

/** Triage on a database of its own, without the rest of the application. It ends with the test. */
export async function startTriage(
  embeddings: Readonly<Record<string, string>> = {},
  payouts: PayoutReadiness = new EverybodyIsReady(),
) {
  const database = await createDatabase();
  const source = await new DataSource({ type: 'postgres', url: database.appUrl, poolSize: 10 }).initialize();
  onTestFinished(async () => {
    await source.destroy();
    await database.drop();
  });
  const db = new Db(source);
  const profiles = new Profiles(
    db,
    new FixedClock(),
    new Embeddings(
      new Egress({ allow: parseAllow(embeddings.EGRESS_ALLOW ?? '') }),
      Config.fromEnvironment(embeddings),
    ),
  );
  const triage = new Triage(db, new FixedClock(), Config.fromEnvironment({}), payouts, profiles);
  const record = (...changes: StandingChange[]) => db.transaction((tx) => triage.record(tx, changes));
  const keep = (decision: Decision) => db.transaction((tx) => triage.keep(tx, decision));
  return {
    db,
    triage,
    profiles,
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

export function aRequest(changes: Partial<TriageRequest> = {}): TriageRequest {
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

export const about = (agentId: string) => ({ agentId, category: CATEGORY, taskType: TYPE });
export const judged = (agentId: string, score: number, tookMs = 1_000): Judged => ({
  ...about(agentId),
  happened: 'judged',
  score,
  tookMs,
  agentVersion: 1,
  rubricVersion: 1,
});
export const names = (agents: readonly { readonly name: string }[]) => agents.map(({ name }) => name).sort();
