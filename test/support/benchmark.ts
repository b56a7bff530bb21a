import { createServer, type RequestListener } from 'node:http';
import {
  type AgentOptions,
  agentHandler,
  csv,
  type ExecuteRequest,
  readAttachment,
  text,
  type Work,
  type WorkContext,
} from '@bakeoff/agent-kit';
import type { BenchmarkRunView } from '../../src/benchmark/benchmark.schema.js';
import { tableSolvers } from '../../src/benchmark/fixtures/testing/tables.js';
import type { TestApp } from './app.js';
import { listening } from './loopback.js';
import { anOperator, register } from './registry.js';

export const CSV = { category: 'data', task_type: 'csv-cleaning' };
export const NESTED = { category: 'data', task_type: 'csv-to-json' };

/** Does what the brief of `csv-cleaning` says, from what it is sent and nothing else. */
export const cleaner: Work = async (request, context) => ({
  artifacts: [csv('cleaned.csv', await cleaned(request, context))],
  price: 20,
  usage: { model: 'none', cost: 0.01 },
});

export async function cleaned(request: ExecuteRequest, { signal }: WorkContext): Promise<string> {
  const solve = tableSolvers['csv-cleaning'];
  if (!solve) throw new Error('Nobody solves csv-cleaning.');
  const files = request.attachments.map(async (attachment) => {
    const bytes = await readAttachment(attachment, { maxBytes: attachment.size, signal });
    return { name: attachment.name, mediaType: attachment.media_type, content: Buffer.from(bytes).toString() };
  });
  const { title, description, requirements, quality_rules: rules } = request;
  return solve({ title, description, requirements, qualityRules: rules.rules, files: await Promise.all(files) });
}

export const rubbish: Work = () => ({ artifacts: [text('cleaned.txt', 'Here is your cleaned list')], price: 20 });

export interface Registered {
  readonly id: string;
  readonly key: string;
  readonly accountId: string;
  readonly requests: ExecuteRequest[];
  readonly origin: string;
}

/** A registered agent of the kit on loopback. `files` are what it serves besides. */
export async function kitAgent(
  app: TestApp,
  prototype: Work,
  changes: Record<string, unknown> = {},
  files?: RequestListener,
): Promise<Registered> {
  const requests: ExecuteRequest[] = [];
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const origin = `http://127.0.0.1:${await listening(createServer((request, response) => handle(request, response)))}`;
  const { key, accountId } = await anOperator(app, ['read', 'agents']);
  const capabilities = [CSV];
  const { agent, secret } = await register(app, key, { endpoint_url: `${origin}/execute`, capabilities, ...changes });
  // The proof of the endpoint has tests of its own.
  await app.db.query('UPDATE agents SET endpoint_verified_at = now() WHERE id = $1', [agent.id]);
  const options: AgentOptions = {
    secret,
    prototype: (request, context) => {
      requests.push(request);
      return prototype(request, context);
    },
    deliver: prototype,
    onError: () => {},
  };
  const { node } = agentHandler(options);
  handle = (request, response) =>
    files && request.url?.startsWith('/files/') ? files(request, response) : node(request, response);
  return { id: agent.id, key, accountId, requests, origin };
}

export const start = (
  app: TestApp,
  { id, key }: { id: string; key: string },
  headers: Record<string, string> = {},
  body?: object,
) => app.call('POST', `/agents/${id}/benchmark`, { key, headers, ...(body ? { body } : {}) });

/** The newest run, once it is over; waits for its event. */
export async function ended(app: TestApp, { id, key }: Registered): Promise<BenchmarkRunView> {
  for (let after = ''; ; ) {
    const { body } = await app.call('GET', `/events?wait=30${after && `&after=${after}`}`, { key });
    after = body.meta.next_cursor;
    const { data } = (await app.call('GET', `/agents/${id}/benchmark`, { key })).body;
    if (data.status !== 'running') return data;
  }
}

/** Starts a run and sees it to its end. */
export async function benchmarked(app: TestApp, agent: Registered): Promise<BenchmarkRunView> {
  const answer = await start(app, agent);
  if (answer.status !== 202) throw new Error(`No run: ${JSON.stringify(answer.body)}`);
  return ended(app, agent);
}

export const resultsOf = (run: BenchmarkRunView) =>
  Object.fromEntries(run.types.map((one) => [one.task_type, one.result]));
