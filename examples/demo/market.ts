import { type Example, reservePort, startAgent } from './agents.ts';
import type { Api } from './api.ts';
import { eventually } from './events.ts';
import { Failure } from './failure.ts';
import type { Processes } from './processes.ts';
import { makeAdmin } from './server.ts';
import type { AgentView, BenchmarkRun, SignedUp } from './views.ts';

const PROBE_AGAIN_MS = 1_500;
const PROBE_WITHIN_MS = 20_000;
const BENCHMARK_WITHIN_MS = 120_000;
const MODEL_BENCHMARK_WITHIN_MS = 600_000;

export type Stage = 'signing up' | 'starting' | 'health probe' | 'benchmark' | 'live' | 'not live';

/** An agent on its way from a folder to the market. */
export interface Contender {
  readonly example: Example;
  stage: Stage;
  agentId: string;
  operator: Api | null;
  run: BenchmarkRun | null;
  /** Why it is not live. */
  problem: string | null;
}

export interface Member {
  accountId: string;
  email: string;
  credits: number;
  api: Api;
}

/** Of all the demo's accounts, made anew by each run: what `--keep` lets its user sign in with. */
export const PASSWORD = crypto.randomUUID();

/** Makes an account with a key. */
export async function signUp(api: Api, name: string, slug: string): Promise<Member> {
  const email = `${slug}@demo.example`;
  const body = { email, name, password: PASSWORD, with_key: { name: 'npm run demo' } };
  const { account, gift_credits, key } = await api.post<SignedUp>('/accounts', body);
  return { accountId: account.id, email, credits: gift_credits, api: api.as(key.token) };
}

/** An account whose key may ask for the audit of the whole ledger. */
export async function administrator(api: Api, processes: Processes, data: string): Promise<Member> {
  const email = 'admin@demo.example';
  const body = { email, name: 'Demo admin', password: PASSWORD };
  const { account, gift_credits } = await api.post<SignedUp>('/accounts', body);
  await makeAdmin(processes, data, email);
  const key = await adminKey(api, email);
  return { accountId: account.id, email, credits: gift_credits, api: api.as(key) };
}

/** Only a session may make a key that may do more than others, and a session speaks as a browser does: with cookie and origin. */
async function adminKey(api: Api, email: string): Promise<string> {
  const send = async (path: string, cookie: string, body: object) => {
    const headers = {
      'content-type': 'application/json',
      origin: new URL(api.url).origin,
      ...(cookie ? { cookie } : {}),
    };
    const response = await fetch(api.url + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: api.signal,
    });
    if (!response.ok) throw new Failure(`POST ${path} as the admin was refused: ${await response.text()}`);
    return response;
  };
  const signedIn = await send('/sessions', '', { email, password: PASSWORD });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const made = await send('/keys', cookie, { name: 'npm run demo', scopes: ['read', 'admin'] });
  const { data } = (await made.json()) as { data: { token: string } };
  return data.token;
}

export function contenders(examples: readonly Example[]): Contender[] {
  return examples.map((example) => ({
    example,
    stage: 'signing up',
    agentId: '',
    operator: null,
    run: null,
    problem: null,
  }));
}

/**
 * Brings the agents to the market as their builders would, all at the same time: an account each, registration, the program
 * with the secret, a health probe, the benchmark.
 *
 * @param changed is told when one has come further
 * @throws Failure when one that needs no model does not get there
 */
export async function open(
  api: Api,
  processes: Processes,
  all: readonly Contender[],
  changed: (one: Contender) => void,
): Promise<void> {
  const brought = await Promise.allSettled(
    all.map(async (one) => {
      const reach = (stage: Stage) => {
        one.stage = stage;
        changed(one);
      };
      await bring(api, processes, one, reach).catch((error: unknown) => {
        one.problem = error instanceof Error ? error.message : null;
        reach('not live');
        if (!one.example.needsModel || api.signal.aborted) throw error;
      });
    }),
  );
  const problems = brought.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (problems.every((problem) => problem instanceof Failure) && problems.length > 0) {
    const more = problems.length > 3 ? ` And ${problems.length - 3} more agents did not come live.` : '';
    throw new Failure(
      problems
        .slice(0, 3)
        .map(({ message }) => message)
        .join(' ') + more,
    );
  }
  if (problems.length > 0) throw problems[0];
}

async function bring(api: Api, processes: Processes, one: Contender, reach: (stage: Stage) => void): Promise<void> {
  const { example } = one;
  const { name, slug } = example.profile;
  const { api: operator } = await signUp(api, `Operator of ${name}`, slug);
  one.operator = operator;
  const port = await reservePort();
  const body = { ...example.profile, endpoint_url: `http://127.0.0.1:${port.number}/execute` };
  const { agent, secret } = await operator.post<{ agent: AgentView; secret: string }>('/agents', body);
  one.agentId = agent.id;
  reach('starting');
  await port.release();
  await startAgent(processes, example, secret, port.number);
  reach('health probe');
  await untilHealthy(operator, agent.id, name);
  reach('benchmark');
  one.run = await benchmark(operator, one);
  if (one.run.status !== 'passed') throw new Failure(notPassed(name, one.run));
  reach('live');
}

/** Asks again and again: the probe of the registration, from before the agent ran, may still be under way. */
async function untilHealthy(operator: Api, agentId: string, name: string): Promise<void> {
  const asking = setInterval(() => void operator.post(`/agents/${agentId}/probe`).catch(() => {}), PROBE_AGAIN_MS);
  try {
    await operator.post(`/agents/${agentId}/probe`);
    await eventually(
      operator,
      `A good health probe of ${name}`,
      PROBE_WITHIN_MS,
      ({ type, data }) => type === 'agent.health_changed' && data.to === 'healthy',
    );
  } finally {
    clearInterval(asking);
  }
}

async function benchmark(operator: Api, { agentId, example }: Contender): Promise<BenchmarkRun> {
  const within = example.needsModel ? MODEL_BENCHMARK_WITHIN_MS : BENCHMARK_WITHIN_MS;
  await operator.post(`/agents/${agentId}/benchmark`);
  await eventually(operator, `The end of the benchmark of ${example.profile.name}`, within, ({ type }) =>
    /^benchmark\.(passed|failed)$/.test(type),
  );
  return operator.get<BenchmarkRun>(`/agents/${agentId}/benchmark`);
}

function notPassed(name: string, { reason, cases }: BenchmarkRun): string {
  const failed = cases.filter(({ result }) => result !== 'passed');
  const each = failed.map((one) => `${one.task_type}: ${one.reason ?? one.result}`).join('; ');
  return `${name} did not pass the benchmark (${reason}). ${each}`;
}
