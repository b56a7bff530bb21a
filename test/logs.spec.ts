import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cookieOf, PASSWORD } from './support/accounts.js';
import { type Answer, call } from './support/app.js';
import { act, brief, gallery, liveAgent, ok, type Person, pickBest, reaches } from './support/market.js';
import { ServerProcess } from './support/server-process.js';
import { attach } from './support/uploads.js';

interface Line {
  readonly request_id?: string;
  readonly task_id?: string;
  readonly call_id?: string;
  readonly msg?: string;
}

describe('the log of a server', () => {
  test('tells which request, task and call it was, and none of the secrets that went by', async () => {
    const server = await ServerProcess.start({ LOG_LEVEL: 'trace', PRESENTED_MIN_SCORE: '0' });
    const secrets = [PASSWORD, 'whsec_', 'v1,', 'signature='];
    const requests: string[] = [];
    const note = (answer: Answer) => {
      requests.push(answer.body.meta.request_id);
      return answer;
    };

    const email = `${randomUUID()}@example.com`;
    const account = {
      email,
      password: PASSWORD,
      name: 'x',
      session: true,
      with_key: { name: 'k', scopes: ['read', 'tasks', 'agents'] },
    };
    const made = note(await ok(call(server.url, 'POST', '/accounts', { body: account })));
    const buyer: Person = { accountId: made.body.data.account.id, key: made.body.data.key.token };
    const signedIn = await ok(call(server.url, 'POST', '/sessions', { body: { email, password: PASSWORD } }));
    for (const answer of [made, signedIn]) secrets.push(cookieOf(answer).split('=')[1] ?? 'no cookie');
    secrets.push(buyer.key);

    const { agent, operator } = await liveAgent(server);
    const rotated = { body: {}, key: operator.key, headers: { 'idempotency-key': `key-${randomUUID()}` } };
    const [mine] = (await ok(call(server.url, 'GET', '/agents/mine', { key: operator.key }))).body.data;
    await ok(call(server.url, 'POST', `/agents/${mine.id}/rotate-secret`, rotated));
    agent.trust((await ok(call(server.url, 'POST', `/agents/${mine.id}/rotate-secret`, rotated))).body.data.secret);
    secrets.push(operator.key);

    const file = await attach(server, buyer);
    await call('', 'GET', file.url);
    await call('', 'GET', `${file.url}x`);
    secrets.push(new URL(file.url).searchParams.get('signature') ?? 'no signature');
    const guessed = `bko_${'x'.repeat(40)}`;
    for (const key of [guessed, `${buyer.key}x`]) note(await call(server.url, 'GET', '/wallet', { key }));
    note(await call(server.url, 'POST', '/sessions', { body: { email, password: 'another password' } }));
    note(
      await call(server.url, 'GET', `/wallet?key=${guessed}`, { headers: { cookie: `bakeoff_session=${guessed}` } }),
    );
    secrets.push(guessed, 'another password');

    const posted = note(
      await ok(call(server.url, 'POST', '/tasks', { key: buyer.key, body: brief({ attachments: [file.id] }) })),
    );
    const id = posted.body.data.id;
    await reaches(server, buyer, id, 'review');
    const [bid] = (await gallery(server, buyer, id)).bids;
    await call('', 'GET', bid.artifacts[0].url);
    await pickBest(server, buyer, id);
    await reaches(server, buyer, id, 'delivered');
    note(await ok(act(server, buyer, id, 'approve')));
    expect(await server.stop()).toBe(0);

    const lines = server.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);
    const idsOf = (name: 'request_id' | 'task_id' | 'call_id') => new Set(lines.map((line) => line[name]));
    expect(requests.filter((one) => !idsOf('request_id').has(one))).toEqual([]);
    expect(idsOf('task_id')).toContain(id);
    for (const callId of [...agent.callIds('prototype'), ...agent.callIds('delivery')])
      expect(idsOf('call_id')).toContain(callId);
    expect(secrets.filter((secret) => server.output.includes(secret))).toEqual([]);
  });
});
