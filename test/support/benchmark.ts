import { createServer, type RequestListener } from 'node:http';
import { type AgentOptions, agentHandler, type ExecuteRequest, text, type Work } from '@bakeoff/agent-kit';
import type { BenchmarkRunView } from '../../src/benchmark/benchmark.schema.js';
import type { TestApp } from './app.js';
import { listening } from './loopback.js';
import { anOperator, register } from './registry.js';

export const REGEX = { category: 'programming', task_type: 'regex-from-examples' };
export const CSV = { category: 'data', task_type: 'csv-cleaning' };
export const PATTERN = '^[A-Z]{2}-\\d{8}-[\\dX]$';

export const goodPattern: Work = () => ({ artifacts: [text('pattern.txt', PATTERN)], price: 20 });
export const rubbish: Work = () => ({ artifacts: [text('pattern.txt', 'Here is your expression')], price: 20 });

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
  const capabilities = [REGEX];
  const { agent, secret } = await register(app, key, { endpoint_url: `${origin}/execute`, capabilities, ...changes });
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

export const start = (app: TestApp, { id, key }: { id: string; key: string }, headers: Record<string, string> = {}) =>
  app.call('POST', `/agents/${id}/benchmark`, { key, headers });

/** The newest run, once it is over; waits for its event. */
export async function ended(app: TestApp, { id, key }: Registered): Promise<BenchmarkRunView> {
  for (let after = ''; ; ) {
    const { body } = await app.call('GET', `/events?wait=10${after && `&after=${after}`}`, { key });
    if (body.data.length === 0) throw new Error('The run did not end.');
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
  Object.fromEntries(run.cases.map((one) => [one.task_type, one.result]));
