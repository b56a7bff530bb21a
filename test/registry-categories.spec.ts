import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { startApp, type TestApp } from './support/app.js';
import { codeOf, someCapabilities } from './support/registry.js';

/** Not the one of the whole process, which others have made their own. */
const dispatcher = new Agent();

async function getUnless(app: TestApp, path: string, known: string): Promise<[number, string]> {
  const { statusCode, body } = await request(`${app.url}${path}`, {
    headers: { 'if-none-match': known },
    dispatcher,
  });
  return [statusCode, await body.text()];
}

test('the taxonomy is public, and is not sent again to whoever has it', async () => {
  const app = await startApp({ env: { ROLE: 'api' } });
  const { category, types } = someCapabilities();
  const first = await app.call('GET', '/categories');
  const etag = String(first.headers.etag);

  expect([first.status, first.headers['cache-control']]).toEqual([200, 'public, max-age=300']);
  const found = first.body.data.find(({ slug }: { slug: string }) => slug === category);
  expect(found.task_types.map(({ slug }: { slug: string }) => slug)).toEqual(expect.arrayContaining(types));
  expect(await getUnless(app, '/categories', `"other", ${etag}`)).toEqual([304, '']);
  expect((await getUnless(app, '/categories', 'W/"old"'))[0]).toBe(200);
});

test('a task type says what a brief holds and how work is judged, and keeps its benchmark to itself', async () => {
  const app = await startApp({ env: { ROLE: 'api' } });
  const { category, types, other } = someCapabilities();
  const path = `/categories/${category}/task-types/${types[0]}`;
  const { status, body, headers } = await app.call('GET', path);

  expect([status, body.data.slug, body.data.category]).toEqual([200, types[0], category]);
  expect(Object.keys(body.data).sort()).toEqual([
    'artifact',
    'category',
    'decidable_share',
    'name',
    'quality_rules',
    'requirements',
    'rubric',
    'slug',
  ]);
  expect(await getUnless(app, path, String(headers.etag))).toEqual([304, '']);
  const missing = await app.call('GET', `${path}x`);
  expect([missing.status, codeOf(missing)]).toEqual([404, 'UNKNOWN_TASK_TYPE']);
  expect(missing.body.error.suggestion).toContain(types[0]);
  expect(codeOf(await app.call('GET', `/categories/${other}/task-types/${types[0]}`))).toBe('UNKNOWN_TASK_TYPE');
  expect(codeOf(await app.call('GET', '/categories/nonsense/task-types/x'))).toBe('UNKNOWN_CATEGORY');
});
