import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startApp, type TestApp } from './support/app.js';
import { signUp } from './support/market.js';
import { codeOf } from './support/registry.js';

interface Check {
  readonly key: string;
  readonly status: string;
  readonly seen: string;
  readonly fix: string | null;
}

async function endpoint(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/execute`;
}

/** Health as it should be, and to calls whatever is said. */
const answering =
  (status: number, health = '{"status":"ok","agent":"mine"}'): RequestListener =>
  (request, response) => {
    const body = request.method === 'GET' ? health : '{}';
    request.resume().on('end', () => response.writeHead(request.method === 'GET' ? 200 : status).end(body));
  };

async function checked(app: TestApp, key: string, endpoint_url: string) {
  const { status, body } = await app.call('POST', '/agents/check-endpoint', { key, body: { endpoint_url } });
  expect([status, body.data?.checks.map(({ key: name }: Check) => name)]).toEqual([
    200,
    ['address', 'reachable', 'health', 'signature'],
  ]);
  return { ...body.data, statuses: body.data.checks.map(({ status: one }: Check) => one) };
}

test('an endpoint is looked at before it is registered, and each thing that is wrong is named', async () => {
  const app = await startApp({ env: { ROLE: 'api' } });
  const { key } = await signUp(app, ['agents']);
  const look = (url: string) => checked(app, key, url);

  const good = await look(await endpoint(answering(401)));
  expect([good.ok, good.statuses]).toEqual([true, ['passed', 'passed', 'passed', 'passed']]);
  expect(good.checks[2].seen).toContain('agent "mine"');

  const trusting = await look(await endpoint(answering(200)));
  expect([trusting.ok, trusting.statuses]).toEqual([false, ['passed', 'passed', 'passed', 'failed']]);
  expect(trusting.checks[3]).toMatchObject({ seen: 'it took the call: 200', fix: expect.stringContaining('401') });

  const unwell = await look(await endpoint(answering(401, '{"status":"down"}')));
  expect(unwell.statuses).toEqual(['passed', 'passed', 'failed', 'passed']);
  expect((await look(await endpoint(answering(403)))).statuses.at(-1)).toBe('warned');
  expect((await look(await endpoint(answering(307)))).checks[3].fix).toContain('redirects');

  const gone = await look('http://127.0.0.1:9/execute');
  expect(gone.statuses).toEqual(['passed', 'failed', 'skipped', 'skipped']);
  for (const url of [
    'http://example.com/execute',
    'https://10.0.0.1/execute',
    'https://example.com/agent',
    'no address',
  ]) {
    const refused = await look(url);
    expect([url, refused.statuses]).toEqual([url, ['failed', 'skipped', 'skipped', 'skipped']]);
    expect(refused.checks[0].fix).toMatch(/\S/);
  }
  expect(await app.db.query('SELECT FROM agents')).toEqual([]);
});

test('an endpoint that never answers is given up soon', async () => {
  const app = await startApp({ env: { ROLE: 'api' } });
  const { key } = await signUp(app, ['agents']);
  const silent = await checked(app, key, await endpoint(() => {}));
  expect(silent.statuses).toEqual(['passed', 'failed', 'skipped', 'skipped']);
  expect(silent.checks[1].fix).toBe('Answer within a few seconds: health and refusals need no model.');
});

test('checks of endpoints are counted, for the account and for the host', async () => {
  const app = await startApp({
    env: { ROLE: 'api', PROOFS_PER_HOST_PER_HOUR: '1', RATE_LIMIT_CHECK_ENDPOINT_PER_HOUR: '3' },
  });
  const { key } = await signUp(app, ['agents']);
  app.clock.nextHour();
  const [good, bad] = [await endpoint(answering(401)), await endpoint(answering(200))];
  // A host that is found to be an agent costs nothing.
  expect((await checked(app, key, good)).ok).toBe(true);
  expect((await checked(app, key, bad)).statuses.at(-1)).toBe('failed');
  const alone = await checked(app, key, bad);
  expect(alone.statuses).toEqual(['passed', 'skipped', 'skipped', 'skipped']);
  const over = await app.call('POST', '/agents/check-endpoint', { key, body: { endpoint_url: good } });
  expect(codeOf(over)).toBe('RATE_LIMITED');
});
