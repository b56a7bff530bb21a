import { createServer } from 'node:http';
import { answerChallenge } from '@bakeoff/agent-kit';
import type { AgentView } from '../../src/registry/agent.schema.js';
import { knownTaskTypes } from '../../src/registry/known-task-types.js';
import type { Answer, TestApp } from './app.js';
import { listening } from './loopback.js';

/** Some category and three of its task types, whatever the taxonomy holds. */
export function someCapabilities(): { category: string; types: [string, string, string]; other: string } {
  const [first, second] = [...knownTaskTypes()].filter(([, slugs]) => slugs.length >= 3);
  const [a, b, c] = first?.[1] ?? [];
  if (!first || !second || !a || !b || !c) throw new Error('The taxonomy has no two categories with three task types.');
  return { category: first[0], types: [a, b, c], other: second[0] };
}

let accounts = 0;

export async function anOperator(
  app: TestApp,
  scopes = ['read', 'agents'],
): Promise<{ key: string; accountId: string }> {
  const email = `operator-${++accounts}@example.com`;
  const body = { email, password: 'correct horse battery', name: 'An operator', with_key: { name: 'test', scopes } };
  const { data } = (await app.call('POST', '/accounts', { body })).body;
  return { key: data.key.token, accountId: data.account.id };
}

let agents = 0;

/** What it takes to register one. */
export function anAgent(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const number = ++agents;
  return {
    name: `Agent ${number}`,
    slug: `agent-${number}`,
    description: 'Does what the test asks of it.',
    endpoint_url: 'http://127.0.0.1:9/execute',
    capabilities: [{ category: someCapabilities().category }],
    ...changes,
  };
}

export async function register(
  app: TestApp,
  key: string,
  changes: Record<string, unknown> = {},
): Promise<{ agent: AgentView; secret: string }> {
  const answer = await app.call('POST', '/agents', { key, body: anAgent(changes) });
  if (answer.status !== 201) throw new Error(`No agent: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}

export async function myAgent(app: TestApp, key: string, id: string): Promise<AgentView> {
  return (await app.call('GET', `/agents/mine/${id}`, { key })).body.data;
}

/** The types and data of an account's events so far, oldest first. */
export async function eventsOf(
  app: TestApp,
  accountId: string,
): Promise<{ type: string; data: Record<string, unknown> }[]> {
  return app.db.query('SELECT type, data FROM events WHERE account_id = $1 ORDER BY xid, id', [accountId]);
}

export interface FakeAgent {
  readonly endpointUrl: string;
  /** Health probes that came. */
  probes: number;
  /** With it the agent proves that the endpoint is its own. */
  secret: string | null;
  /** Answers the next probe, and all after it. */
  health: (reply: (status: number, body: string) => void, proof: Record<string, string>) => void;
}

/** A real HTTP server on loopback with a health endpoint that a test can change. */
export async function fakeAgent(): Promise<FakeAgent> {
  const agent: FakeAgent & { endpointUrl: string } = { probes: 0, secret: null, endpointUrl: '', health: healthy };
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/health') return void response.writeHead(404).end();
    agent.probes++;
    const challenge = request.headers['bakeoff-challenge']?.toString();
    const proof = agent.secret && challenge ? { challenge: answerChallenge(agent.secret, challenge) } : {};
    agent.health((status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body), proof);
  });
  agent.endpointUrl = `http://127.0.0.1:${await listening(server)}/execute`;
  return agent;
}

export const healthy: FakeAgent['health'] = (reply, proof) =>
  reply(200, JSON.stringify({ status: 'ok', version: '1.0.0', ...proof }));
export const failing: FakeAgent['health'] = (reply) => reply(500, '{"status":"down"}');

export const codeOf = (answer: Answer): string => answer.body?.error?.code ?? 'no error';

/** A key of an account that is an admin. */
export async function anAdmin(app: TestApp): Promise<string> {
  const { key, accountId } = await anOperator(app, ['read', 'agents']);
  await app.db.query(`UPDATE accounts SET role = 'admin' WHERE id = $1`, [accountId]);
  await app.db.query(`UPDATE api_keys SET scopes = scopes || '{admin}' WHERE account_id = $1`, [accountId]);
  return key;
}
