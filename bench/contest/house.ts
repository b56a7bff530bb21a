// A server of its own on a durable database of its own, with eight live agents and a buyer.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url).pathname;
const UNLIMITED = Object.fromEntries(
  ['KEY_PER_MIN', 'ACCOUNT_PER_MIN', 'ADDRESS_PER_MIN', 'SIGNUP_PER_HOUR'].map((name) => [
    `RATE_LIMIT_${name}`,
    '1000000',
  ]),
);

export interface House {
  readonly url: string;
  readonly key: string;
  readonly endpoints: readonly string[];
  readonly db: pg.Pool;
  /** What a contest asks for. */
  readonly brief: Record<string, unknown>;
  close(): Promise<void>;
}

export async function openHouse(bidders: number): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeoff-bench-'));
  const { stdout } = await run(process.execPath, [join(ROOT, 'scripts/pg.mjs'), 'start', '--data', folder]);
  const { appUrl, ownerUrl } = JSON.parse(stdout);
  const agents = await child(process.execPath, [join(ROOT, 'bench/contest/agents.ts')], {});
  const server = await child(process.execPath, [join(ROOT, 'dist/bundle/main.js')], {
    PORT: '0',
    DATABASE_URL: appUrl,
    MIGRATION_DATABASE_URL: ownerUrl,
    STORAGE_DIR: join(folder, 'files'),
    SECRETS_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
    EGRESS_ALLOW: '127.0.0.0/8',
    LOG_LEVEL: 'warn',
    POOL_SIZE: String(bidders),
    PRESENTED_MIN_SCORE: '0',
    ...UNLIMITED,
  });
  const db = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  const type = await summaryType();
  const endpoints = Array.from({ length: bidders }, (_, i) => `${agents.url}/${i}/execute`);
  for (const [i, endpoint] of endpoints.entries()) await liveAgent(server.url, db, i, endpoint, type);
  const { key } = await signUp(server.url, 'buyer');
  return {
    url: server.url,
    key,
    endpoints,
    db,
    brief: {
      title: 'Summarise the report',
      description:
        'A short and faithful summary of the report for people who will not read it, with its three main figures.',
      budget: 1,
      ...type,
    },
    close: async () => {
      await db.end();
      for (const process of [server.process, agents.process]) await end(process);
      await run('node', [join(ROOT, 'scripts/pg.mjs'), 'stop', '--data', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function summaryType() {
  const writing = JSON.parse(await readFile(join(ROOT, 'src/registry/taxonomy/writing.json'), 'utf8'));
  const type = writing.task_types.find(({ slug }: { slug: string }) => slug === 'summary');
  return { category: 'writing', task_type: 'summary', requirements: type.fixture.requirements };
}

/** Put live by hand: the benchmark of agents is not what is measured here. */
async function liveAgent(
  url: string,
  db: pg.Pool,
  i: number,
  endpoint: string,
  type: { category: string; task_type: string },
) {
  const operator = await signUp(url, `operator-${i}`);
  const { agent } = await post(`${url}/agents`, operator.key, {
    name: `Agent ${i}`,
    slug: `bench-agent-${i}`,
    description: 'Takes 200 ms over everything.',
    endpoint_url: endpoint,
    max_concurrency: 100,
    capabilities: [{ category: type.category, task_type: type.task_type }],
  });
  await db.query(
    `UPDATE agents SET visibility = 'live', active = true, health = 'healthy', endpoint_verified_at = now(), next_probe_at = now() + interval '1 day' WHERE id = $1`,
    [agent.id],
  );
  await db.query('UPDATE agent_capabilities SET passed_at = now() WHERE agent_id = $1', [agent.id]);
}

async function signUp(url: string, name: string): Promise<{ key: string }> {
  const with_key = { name: 'bench', scopes: ['read', 'tasks', 'agents'] };
  const data = await post(`${url}/accounts`, null, {
    email: `${name}@example.com`,
    password: 'a long password',
    name,
    with_key,
  });
  return { key: data.key.token };
}

// biome-ignore lint/suspicious/noExplicitAny: a bench reads the answers that it knows
type Json = any;

export async function post(url: string, key: string | null, body: unknown): Promise<Json> {
  const headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Json;
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

async function child(
  command: string,
  args: string[],
  env: Record<string, string>,
): Promise<{ url: string; process: ChildProcess }> {
  const started = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: started.stdout })) {
    const { url } = line.startsWith('{') ? JSON.parse(line) : { url: undefined };
    if (!url) continue;
    started.stdout.resume();
    return { url, process: started };
  }
  throw new Error(`${args[0]} did not start.`);
}

async function end(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null) return;
  const ended = once(started, 'exit');
  started.kill('SIGTERM');
  await ended;
}
