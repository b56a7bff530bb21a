import { taskType } from '../../src/registry/taxonomy.js';
import type { TaskStatus } from '../../src/tasks/lifecycle.js';
import { type Reply, TestAgent } from './agents.js';
import { type Answer, call, type TestApp } from './app.js';
import type { TestDatabase } from './databases.js';
import { PATIENCE_MS } from './until.js';

/** What a helper needs of a server, in this process or in one of its own. */
export interface Place {
  readonly url: string;
  readonly db: TestDatabase;
}

export interface Person {
  readonly accountId: string;
  readonly key: string;
}

let people = 0;

export async function signUp(place: Place, scopes: readonly string[] = ['read', 'tasks', 'agents']): Promise<Person> {
  const email = `person-${++people}@example.com`;
  const body = {
    email,
    password: 'correct horse battery',
    name: `Person ${people}`,
    with_key: { name: 'test', scopes },
  };
  const { data } = (await ok(call(place.url, 'POST', '/accounts', { body }))).body;
  return { accountId: data.account.id, key: data.key.token };
}

/** The task type that tests post, with the requirements of its own fixture. */
export function someType(): { category: string; task_type: string; requirements: Record<string, unknown> } {
  const type = taskType('summary');
  if (!type) throw new Error('The taxonomy has no summary.');
  return { category: type.category, task_type: type.slug, requirements: type.fixture.requirements };
}

export interface Placed {
  readonly id: string;
  readonly operator: Person;
  /** Its signing secret. */
  readonly secret: string;
  readonly agent: TestAgent;
}

let agents = 0;

/** A registered agent of a new operator, put live by hand: the benchmark has tests of its own. */
export async function liveAgent(place: Place, reply?: Reply, changes: Record<string, unknown> = {}): Promise<Placed> {
  const agent = await TestAgent.start(reply);
  const operator = await signUp(place);
  const { category, task_type } = someType();
  const body = {
    name: `Agent ${++agents}`,
    slug: `agent-number-${agents}`,
    description: 'Does what the test asks of it.',
    endpoint_url: agent.endpointUrl,
    capabilities: [{ category, task_type }],
    max_concurrency: 20,
    ...changes,
  };
  const { data } = (await ok(call(place.url, 'POST', '/agents', { key: operator.key, body }))).body;
  agent.trust(data.secret);
  const id = data.agent.id;
  await place.db.query(
    `UPDATE agents SET visibility = 'live', active = true, health = 'healthy', endpoint_verified_at = now(), next_probe_at = now() + interval '1 day' WHERE id = $1`,
    [id],
  );
  await place.db.query('UPDATE agent_capabilities SET passed_at = now() WHERE agent_id = $1', [id]);
  return { id, operator, secret: data.secret, agent };
}

export function brief(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'Something that wants doing',
    description:
      'A brief of some length that says what is wanted, for whom it is, and how one will know that it is good.',
    ...someType(),
    budget: 100,
    ...changes,
  };
}

export async function postTask(place: Place, { key }: Person, changes: Record<string, unknown> = {}): Promise<string> {
  return (await ok(call(place.url, 'POST', '/tasks', { key, body: brief(changes) }))).body.data.id;
}

/** Waits, by the task's own events, until it has been in a status. */
export async function reaches(place: Place, { key }: Person, taskId: string, status: TaskStatus): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  const seen: string[] = [];
  let after = '';
  while (performance.now() < end) {
    const path = `/tasks/${taskId}/events?wait=5${after ? `&after=${after}` : ''}`;
    const answer = await call(place.url, 'GET', path, { key }).catch(() => null);
    if (answer?.status !== 200) {
      // The server is being killed or started by the test: the events wait in the database.
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    for (const { type, data } of answer.body.data) {
      seen.push(`${type}${data.reason ? ` (${data.reason})` : ''}`);
      if (type === `task.${status}`) return;
    }
    after = answer.body.meta.next_cursor;
  }
  throw new Error(`The task did not become ${status}; its events were: ${seen.join(', ')}`);
}

export async function task(place: Place, { key }: Person, taskId: string) {
  return (await ok(call(place.url, 'GET', `/tasks/${taskId}`, { key }))).body.data;
}

export async function gallery(place: Place, { key }: Person, taskId: string) {
  return (await ok(call(place.url, 'GET', `/tasks/${taskId}/bids`, { key }))).body.data;
}

export async function act(
  place: Place,
  { key }: Person,
  taskId: string,
  action: string,
  body?: unknown,
): Promise<Answer> {
  return call(place.url, 'POST', `/tasks/${taskId}/${action}`, { key, ...(body === undefined ? {} : { body }) });
}

/** Picks the best presented bid. */
export async function pickBest(place: Place, buyer: Person, taskId: string): Promise<string> {
  const { bids } = await gallery(place, buyer, taskId);
  const best = bids.toSorted((a: { rank: number }, b: { rank: number }) => a.rank - b.rank)[0];
  await ok(act(place, buyer, taskId, 'select', { bid_id: best.id }));
  return best.id;
}

/** Everything up to a delivery that waits for the buyer. */
export async function delivered(place: Place, buyer: Person, changes: Record<string, unknown> = {}): Promise<string> {
  const taskId = await postTask(place, buyer, changes);
  await reaches(place, buyer, taskId, 'review');
  await pickBest(place, buyer, taskId);
  await reaches(place, buyer, taskId, 'delivered');
  return taskId;
}

export async function wallet(
  place: Place,
  { key }: Person,
): Promise<{ gift: number; earned: number; available: number; held: number }> {
  return (await ok(call(place.url, 'GET', '/wallet', { key }))).body.data;
}

export async function ok(answer: Promise<Answer>): Promise<Answer> {
  const settled = await answer;
  if (settled.status >= 300) throw new Error(`${settled.status}: ${JSON.stringify(settled.body)}`);
  return settled;
}

/** Fails unless the books are clean: recomputed from the entries by the product's own audit. */
export async function cleanAudit(place: Place, app: TestApp): Promise<void> {
  const { Audit } = await import('../../src/payouts/audit.service.js');
  const report = await app.get(Audit).run();
  if (!report.ok) throw new Error(`The audit found: ${JSON.stringify(report.problems)} in ${place.db.name}`);
}
