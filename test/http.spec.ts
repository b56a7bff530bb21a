import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { describe, expect, inject, test } from 'vitest';
import { HealthController } from '../src/platform/http/health.controller.js';
import { type Answer, sharedApp, startApp, type TestApp } from './support/app.js';
import { adminQuery } from './support/databases.js';
import { act, postTask, signUp, someType, wallet } from './support/market.js';
import { expectEnvelope, expectRefusal, notFound } from './support/refusals.js';

const quiet = { ROLE: 'api' };
const running = sharedApp({ env: quiet });

describe('every answer', () => {
  test('has its own request id, in the envelope and nowhere twice', async () => {
    const app = running();
    const { key } = await signUp(app);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.call('GET', '/wallet', { key, headers: { 'x-request-id': 'mine' } })),
    );
    for (const { body } of answers) {
      expect(body).toEqual({
        ok: true,
        data: expect.anything(),
        meta: { request_id: expect.stringMatching(/^req_[\w-]{12}$/), timestamp: expect.any(String) },
      });
    }
    expect(new Set(answers.map(({ body }) => body.meta.request_id)).size).toBe(20);
  });

  test('is a refusal in the envelope where there is no such route, whatever is sent', async () => {
    const app = running();
    const { key } = await signUp(app);
    for (const path of [
      '/nonsense',
      '/tasks/a/b/c',
      '/TASKS',
      '/tasks/',
      '/api/tasks',
      '/.env',
      '/files',
      '/docs/../nonsense',
    ]) {
      expectRefusal(await app.call('GET', path, { key }), notFound('ROUTE_NOT_FOUND'), path);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      expectRefusal(await app.call(method, '/nonsense', { key, body: { a: 1 } }), notFound('ROUTE_NOT_FOUND'), method);
    }
  });

  test('is one in the envelope too where there was no request to read', async () => {
    const app = running();
    for (const [sent, status] of [
      ['nonsense\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
      ['POST /tasks HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n', 400],
    ] as const) {
      const answer = await raw(app, sent);
      expect(answer.status).toBe(status);
      expectEnvelope(answer);
    }
  });

  test('says what went wrong with the credential, and how one comes by one', async () => {
    const app = running();
    const headers: Record<string, string>[] = [
      {},
      { authorization: 'Basic eDp5' },
      { authorization: 'Bearer bko_x' },
      { authorization: `Bearer bko_${'x'.repeat(40)}` },
      { cookie: 'bakeoff_session=x' },
    ];
    for (const one of headers) {
      const answer = await app.call('GET', '/tasks', { headers: one });
      expectRefusal(answer, { status: 401, code: 'UNAUTHENTICATED' });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
    const reader = await signUp(app, ['read']);
    expectRefusal(await app.call('POST', '/tasks', { key: reader.key, body: {} }), {
      status: 403,
      code: 'SCOPE_MISSING',
    });
  });

  test('carries headers that keep browsers from guessing and from telling', async () => {
    const app = running();
    for (const path of ['/categories', '/nonsense', '/health/live']) {
      expect((await app.call('GET', path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    }
    const kept = ['/wallet', '/nonsense', '/categories'].map(
      async (path) => (await app.call('GET', path)).headers['cache-control'],
    );
    expect(await Promise.all(kept)).toEqual(['no-store', 'no-store', 'public, max-age=300']);
  });
});

describe('as many requests at once as there are connections', () => {
  test('do not wait for each other', async () => {
    const app = await startApp({ env: { ...quiet, DATABASE_POOL_SIZE: '4' } });
    const buyer = await signUp(app);
    const ids = await Promise.all(Array.from({ length: 12 }, () => postTask(app, buyer, { budget: 1 })));
    const cancelled = await Promise.all(ids.map((id) => act(app, buyer, id, 'cancel')));
    expect(cancelled.map(({ status }) => status)).toEqual(ids.map(() => 200));
    expect(await wallet(app, buyer)).toMatchObject({ available: 500, held: 0 });
  });
});

describe('health and metrics', () => {
  test('answer without a key', async () => {
    const app = await startApp();
    for (const path of ['/health/live', '/health/ready']) {
      expect(await app.call('GET', path)).toMatchObject({ status: 200, body: { status: 'ok' } });
    }
    const { body, headers } = await app.call('GET', '/metrics');
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    const names = [...String(body).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['bakeoff_call_attempts_total', 'bakeoff_call_ms', 'bakeoff_process_cpu_seconds_total']),
    );
    expect(names.filter((name) => !name?.startsWith('bakeoff_'))).toEqual([]);
  });

  test('say so when the database is gone; everything else is refused, and the process lives', async () => {
    const app = await startApp({ env: quiet });
    const { key } = await signUp(app);
    const { adminUrl } = inject('cluster');
    await adminQuery(adminUrl, `ALTER DATABASE ${app.db.name} ALLOW_CONNECTIONS false`);
    await adminQuery(
      adminUrl,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${app.db.name}'`,
    );
    expect((await app.call('GET', '/health/live')).status).toBe(200);
    expectRefusal(await app.call('GET', '/health/ready'), { status: 503, code: 'NOT_READY' });
    expectRefusal(await app.call('GET', '/wallet', { key }), { status: 503, code: 'DATABASE_UNAVAILABLE' });
    await adminQuery(adminUrl, `ALTER DATABASE ${app.db.name} ALLOW_CONNECTIONS true`);
    expect((await app.call('GET', '/health/ready')).status).toBe(200);
    expect((await app.call('GET', '/wallet', { key })).status).toBe(200);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document, read here and there
type Document = any;

describe('the OpenAPI document', () => {
  test('describes every route there is, once, with the schema of its answer and of a refusal', async () => {
    const app = running();
    const { body: document } = await app.call('GET', '/openapi.json');
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Bakeoff', version: expect.any(String) } });
    const operations = operationsOf(document);
    expect(operations.map(({ route }) => route).sort()).toEqual(routesOf(app).sort());
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { route, operation } of operations) {
      expect(operation, route).toMatchObject({
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        summary: expect.stringMatching(/\S/),
        security: expect.any(Array),
      });
      const success = Object.entries<Document>(operation.responses).filter(([status]) => status.startsWith('2'));
      expect(success, route).toHaveLength(1);
      for (const { schema } of Object.values<Document>(success[0]?.[1].content))
        expect(schema.type, route).toMatch(/object|string/);
      expect(operation.responses.default.content['application/json'].schema.$ref, route).toBe(
        '#/components/schemas/Error',
      );
      for (const response of Object.values<Document>(operation.responses))
        expect(response.description, route).toMatch(/\S/);
    }
    expect(danglingRefs(document)).toEqual([]);
  });

  test('says what is really sent', async () => {
    const app = running();
    const { key } = await signUp(app);
    const { body: document } = await app.call('GET', '/openapi.json');
    const { category, task_type } = someType();
    for (const [path, route] of [
      ['/wallet', '/wallet'],
      ['/tasks', '/tasks'],
      ['/accounts/me', '/accounts/me'],
      ['/agents', '/agents'],
      [`/categories/${category}/task-types/${task_type}`, '/categories/{slug}/task-types/{type}'],
    ] as const) {
      const { body } = await app.call('GET', path, { key });
      const { schema } = document.paths[route].get.responses[200].content['application/json'];
      expect(Object.keys(body).sort(), route).toEqual([...schema.required].sort());
      expect(Object.keys(body.meta).sort(), route).toEqual(
        Object.keys(resolved(document, schema.properties.meta).properties).sort(),
      );
      const data = resolved(document, schema.properties.data);
      if (data.type === 'object')
        expect(Object.keys(data.properties), route).toEqual(expect.arrayContaining(Object.keys(body.data)));
      else expect([route, data.type, Array.isArray(body.data)]).toEqual([route, 'array', true]);
    }
    expect((await app.call('GET', '/docs')).body).toContain('swagger-ui');
  });
});

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

function operationsOf({ paths }: Document): { route: string; operation: Document }[] {
  return Object.entries<Document>(paths).flatMap(([path, operations]) =>
    METHODS.filter((method) => operations[method]).map((method) => ({
      route: `${method} ${path}`,
      operation: operations[method],
    })),
  );
}

/** Every route of every controller but health's, which is for machines that need no document. */
function routesOf(app: TestApp): string[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const types = controllers.map(({ metatype }) => metatype as Type).filter((type) => type !== HealthController);
  return types.flatMap((type) => {
    const prefix = String(Reflect.getMetadata(PATH_METADATA, type) ?? '');
    const names = Object.getOwnPropertyNames(type.prototype).filter((name) =>
      Reflect.hasMetadata(METHOD_METADATA, type.prototype[name]),
    );
    return names.map((name) => {
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, type.prototype[name])]?.toLowerCase();
      const path = `/${prefix}/${Reflect.getMetadata(PATH_METADATA, type.prototype[name])}`
        .replace(/\/+/g, '/')
        .replace(/(.)\/$/, '$1');
      return `${method} ${path.replace(/:(\w+)/g, '{$1}')}`;
    });
  });
}

function resolved(document: Document, schema: Document): Document {
  return schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)] : schema;
}

function danglingRefs(document: Document): string[] {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  return refs.filter((name) => !(name in document.components.schemas));
}

/** Sends bytes that are perhaps no HTTP at all. */
async function raw(app: TestApp, sent: string): Promise<Answer> {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(sent);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), headers: {}, body: JSON.parse(body) };
}
