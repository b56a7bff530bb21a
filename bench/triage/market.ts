// A market of many agents in one category, in a PostgreSQL of its own, with the real tables and the real triage on top.
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import type { Db as DbType } from '../../src/platform/database/db.ts';
import type { Doc } from '../../src/triage/relevance/doc.ts';
import type { Triage as TriageType } from '../../src/triage/triage.service.ts';
import { built } from './built.ts';
import { type Random, randomOf, type Task } from './worlds.ts';

const { Clock } = await built<typeof import('../../src/platform/clock.ts')>('platform/clock.js');
const { Config } = await built<typeof import('../../src/platform/config.ts')>('platform/config.js');
const { Db } = await built<typeof import('../../src/platform/database/db.ts')>('platform/database/db.js');
const { migrate } =
  await built<typeof import('../../src/platform/database/migrate.ts')>('platform/database/migrate.js');
const { PreparedClient } = await built<typeof import('../../src/platform/database/prepared-client.ts')>(
  'platform/database/prepared-client.js',
);
const { parseAllow } =
  await built<typeof import('../../src/platform/egress/addresses.ts')>('platform/egress/addresses.js');
const { Egress } = await built<typeof import('../../src/platform/egress/egress.ts')>('platform/egress/egress.js');
const { EverybodyIsReady } =
  await built<typeof import('../../src/payouts/payout-readiness.ts')>('payouts/payout-readiness.js');
const { SCHEMA } = await built<typeof import('../../src/migrations.ts')>('migrations.js');
const { Embeddings } =
  await built<typeof import('../../src/triage/embeddings.service.ts')>('triage/embeddings.service.js');
const { storeProfiles } =
  await built<typeof import('../../src/triage/profiles.queries.ts')>('triage/profiles.queries.js');
const { Profiles } = await built<typeof import('../../src/triage/profiles.service.ts')>('triage/profiles.service.js');
const { Triage } = await built<typeof import('../../src/triage/triage.service.ts')>('triage/triage.service.js');

const run = promisify(execFile);
const PG = new URL('../../scripts/pg.mjs', import.meta.url).pathname;
const CATEGORY = 'data';
const TYPE = 'csv-cleaning';
const BATCH = 2_000;

class Now extends Clock {
  override now(): Date {
    return new Date();
  }
}

export interface Market {
  readonly db: DbType;
  readonly triage: TriageType;
  close(): Promise<void>;
}

/** @param folder of an earlier market, which is used again; absent: a new one, which goes when it is closed */
export async function openMarket(docs: readonly Doc[], folder?: string): Promise<Market> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'bakeoff-bench-')));
  const { stdout } = await run(process.execPath, [PG, 'start', '--data', data]);
  const { ownerUrl, appUrl } = JSON.parse(stdout) as { ownerUrl: string; appUrl: string };
  const source = new DataSource({ type: 'postgres', url: ownerUrl, poolSize: 10, extra: { Client: PreparedClient } });
  const db = new Db(source);
  await migrate(ownerUrl, appUrl, SCHEMA);
  await source.initialize();
  const [known] = await db.query<{ agents: number }>('SELECT count(*)::int AS agents FROM agents');
  const clock = new Now();
  const config = Config.fromEnvironment({});
  const profiles = new Profiles(db, clock, new Embeddings(new Egress({ allow: parseAllow('') }), config));
  if (known?.agents !== docs.length) {
    await db.query('DROP INDEX agent_profiles_lexemes');
    await fill(db, docs);
    await db.query('CREATE INDEX agent_profiles_lexemes ON agent_profiles USING gin (lexemes) WITH (fastupdate = off)');
    const startedAt = performance.now();
    await profiles.count();
    console.log(`counting the words of ${docs.length} profiles took ${Math.round(performance.now() - startedAt)} ms`);
    await db.query('VACUUM ANALYZE');
  }
  return {
    db,
    triage: new Triage(db, clock, config, new EverybodyIsReady(), profiles),
    async close() {
      await source.destroy();
      await run(process.execPath, [PG, 'stop', '--data', data]);
      if (folder === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

/** A request that most agents of the market could serve. */
export function requestFor(task: Task) {
  return {
    ...{ taskId: randomUUID(), round: 1, buyerId: randomUUID(), category: CATEGORY, taskType: TYPE, budget: 100 },
    ...{ places: 5, experimentation: 0.3, seed: randomBytes(16).toString('hex'), windowMs: 300_000 },
    brief: { title: task.title, description: task.description, asked: [CATEGORY, TYPE] },
  };
}

async function fill(db: DbType, docs: readonly Doc[]): Promise<void> {
  const random = randomOf(5);
  for (let from = 0; from < docs.length; from += BATCH) {
    const agents = docs.slice(from, from + BATCH).map((doc, i) => agentOf(doc, from + i, random));
    await db.query(AGENTS, [JSON.stringify(agents)]);
    await db.query(CAPABILITIES, [JSON.stringify(agents.flatMap(({ capabilities }) => capabilities))]);
    await db.query(STANDING, [JSON.stringify(agents.flatMap(({ standing }) => standing))]);
    const made = agents.map(({ doc, id, proven }) => ({
      source: {
        profile: { agentId: id, name: '', description: '', capabilities: [], finished: [] },
        categories: [CATEGORY],
        updatedAt: MADE_AT,
        proven,
      },
      doc: { ...doc, agentId: id },
    }));
    await db.transaction((tx) => storeProfiles(tx, made, MADE_AT));
  }
}

const MADE_AT = new Date('2026-01-01T00:00:00.000Z');

/** Most may be called; one in ten declares other work, and some are drafts, paused, unproven, unhealthy or dear. A third has a record. */
function agentOf(doc: Doc, number: number, random: Random) {
  const id = idOf(number);
  const is = (share: number) => random() < share;
  const proven = is(0.95);
  const taskType = is(0.1) ? 'sql-queries' : is(0.2) ? null : TYPE;
  const capability = { agent_id: id, category: CATEGORY, task_type: taskType, passed: proven };
  const second = is(0.2) && taskType !== null ? [{ ...capability, task_type: 'log-analysis', passed: true }] : [];
  const weight = is(0.33) ? 1 + Math.floor(random() * 20) : 0;
  const rows = [CATEGORY, null].map((category) => ({
    ...{ agent_id: id, category, called: weight, judged: weight, score_sum: weight * 60, weight },
    relative_sum: weight * (0.3 + 0.4 * random()),
    recent: Array.from({ length: weight }, () => 30 + Math.floor(40 * random())),
    recent_ms: Array.from({ length: weight }, () => Math.floor(60_000 * random())),
  }));
  return {
    ...{ doc, id, operator_id: idOf(number % 50_000, 'b'), number },
    visibility: is(0.03) ? 'draft' : is(0.1) ? 'beta' : 'live',
    paused: is(0.02),
    health: is(0.04) ? 'out' : is(0.03) ? 'failing' : 'healthy',
    min_price: is(0.05) ? 500 : 1 + Math.floor(random() * 50),
    proven: (proven ? 1 : 0) + second.length,
    capabilities: [capability, ...second],
    standing: weight > 0 ? rows : [],
  };
}

/** In no order that says anything. */
function idOf(number: number, kind = 'a'): string {
  const scattered = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  return `${scattered.toString(16).padStart(8, '0')}-0000-4000-8000-${kind}${String(number).padStart(11, '0')}`;
}

const AGENTS = `
  INSERT INTO agents (id, operator_id, name, slug, description, endpoint_url, max_concurrency, min_price, model_notes, visibility,
                      paused_at, active, health, health_failures, next_probe_at, version, created_at, updated_at)
  SELECT id, operator_id, 'Agent ' || number, 'agent-' || number, 'cleans', 'https://agent.example/execute', 1, min_price, '', visibility,
         CASE WHEN paused THEN now() END, true, health, 0, now(), 1, '${MADE_AT.toISOString()}', '${MADE_AT.toISOString()}'
  FROM jsonb_to_recordset($1::jsonb) AS g (id uuid, operator_id uuid, number int, min_price int, visibility text, paused boolean, health text)`;
const CAPABILITIES = `
  INSERT INTO agent_capabilities (id, agent_id, category, task_type, specialist, passed_at)
  SELECT gen_random_uuid(), agent_id, category, task_type, task_type IS NOT NULL AND random() < 0.2, CASE WHEN passed THEN now() END
  FROM jsonb_to_recordset($1::jsonb) AS g (agent_id uuid, category text, task_type text, passed boolean)`;
const STANDING = `
  INSERT INTO agent_standing (agent_id, category, called, judged, score_sum, weight, relative_sum, recent, recent_ms, presented, picked,
                              late, failed, delivered, setbacks, updated_at)
  SELECT agent_id, category, called, judged, score_sum, weight, relative_sum, recent, recent_ms, judged, judged / 5, 0, 0, 0, 0, now()
  FROM jsonb_to_recordset($1::jsonb) AS g (agent_id uuid, category text, called int, judged int, score_sum float8, weight float8,
                                           relative_sum float8, recent real[], recent_ms int[])`;
