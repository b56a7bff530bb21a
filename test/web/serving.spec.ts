import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { aBrowser } from '../support/accounts.js';
import { startApp } from '../support/app.js';
import { codeOf } from '../support/registry.js';
import { visit } from './support/browser.js';

const BUILT = new URL('../../web/dist/assets/', import.meta.url);
const FIRST_PAGE_BYTES = 200_000;
const quiet = { ROLE: 'api' };

/** A header's directives by name: `{ 'script-src': ["'self'"] }`. */
function directives(policy: unknown): Record<string, string[]> {
  const lines = String(policy).split('; ');
  return Object.fromEntries(lines.map((line) => line.split(' ')).map(([name = '', ...values]) => [name, values]));
}

test('the page is sent at its addresses under a strict policy with a nonce of its own, and nowhere else', async () => {
  const app = await startApp({ env: quiet });
  const nonces = new Set<string>();
  for (const path of ['/', '/app', '/app/tasks/7?tab=gallery', '/app/no/such/page']) {
    const { status, headers, body } = await app.call('GET', path);
    const {
      'script-src': scripts = [],
      'style-src': styles = [],
      ...others
    } = directives(headers['content-security-policy']);
    const nonce = /'nonce-(.{22,})'/.exec(scripts.join(' '))?.[1] ?? '';
    expect({ path, status, scripts, styles, others }).toMatchObject({
      status: 200,
      scripts: ["'self'", `'nonce-${nonce}'`],
      styles: ["'self'", `'nonce-${nonce}'`],
      others: { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"] },
    });
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'referrer-policy': expect.stringMatching(/^(same|strict)-origin|no-referrer/),
    });
    // Each script and style of the page carries it: one without would not run.
    for (const [tag] of String(body).matchAll(/<(script|style)\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
    expect(body).not.toContain('__NONCE__');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(4);
  for (const path of ['/apple', '/tasks/none', '/no/such/page', '/index.html']) {
    const { status, headers } = await app.call('GET', path, { headers: { accept: 'text/html' } });
    expect([path, status < 500 && status >= 400, headers['content-type']]).toEqual([
      path,
      true,
      expect.stringContaining('json'),
    ]);
  }
});

test('its files are kept for a year, come packed as the browser reads them, and one that is gone is not the page', async () => {
  const app = await startApp({ env: quiet });
  const file = (await readdir(BUILT)).find((name) => /^index-.*\.js$/.test(name)) ?? '';
  const sent = async (encoding: string, name = file) => {
    const answer = await request(`${app.url}/assets/${name}`, { headers: { 'accept-encoding': encoding } });
    return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.from(await answer.body.arrayBuffer()) };
  };
  for (const [encoding, ending] of [
    ['br, gzip', '.br'],
    ['gzip', '.gz'],
    ['identity', ''],
  ] as const) {
    const { status, headers, bytes } = await sent(encoding);
    expect([status, headers['content-encoding']]).toEqual([200, ending === '' ? undefined : encoding.split(',')[0]]);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringContaining('javascript'),
      'x-content-type-options': 'nosniff',
    });
    expect(bytes.equals(await readFile(new URL(`${file}${ending}`, BUILT)))).toBe(true);
  }
  for (const name of ['index-gone.js', '..%2findex.html', '%2e%2e/index.html', '']) {
    const { status, bytes, headers } = await sent('gzip', name);
    expect([name, status]).toEqual([name, expect.toSatisfy((code: number) => code === 404 || code === 400)]);
    expect([name, String(bytes).includes('<html'), headers['cache-control'] ?? '']).toEqual([
      name,
      false,
      expect.not.stringContaining('immutable'),
    ]);
  }
});

test('a session cookie is out of reach for scripts, and what another site sends with it changes nothing', async () => {
  const app = await startApp({ env: { ...quiet, PUBLIC_URL: 'https://bakeoff.example' } });
  const { cookie, body } = await aBrowser(app);
  const origin = 'https://bakeoff.example';
  const signIn = (from: Record<string, string>) =>
    app.call('POST', '/sessions', { body: { email: body.email, password: body.password }, headers: from });
  const [set] = [(await signIn({ origin })).headers['set-cookie'] ?? ''].flat();
  for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/']) expect(set).toContain(attribute);

  const changed = (headers: Record<string, string>) =>
    app.call('PATCH', '/accounts/me', { body: { name: 'Changed' }, headers: { cookie, ...headers } });
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://bakeoff.example.evil.example' },
  ]) {
    const refused = await changed(headers as Record<string, string>);
    expect([headers, refused.status, codeOf(refused)]).toEqual([headers, 401, 'UNAUTHENTICATED']);
  }
  const form = { cookie, origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
  const posted = await app.call('POST', '/keys', { body: 'name=stolen', headers: form });
  expect(posted.status).toBeGreaterThanOrEqual(400);
  expect((await changed({ origin })).status).toBe(200);
});

test('what a visitor loads first is less than 200 kB of JavaScript', async () => {
  const app = await startApp({ env: quiet });
  const { page } = await visit(app.url);
  const files: string[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') files.push(basename(new URL(response.url()).pathname));
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  await page.locator('h1').waitFor();
  const sizes = await Promise.all(
    files.map(async (name) => [name, gzipSync(await readFile(new URL(name, BUILT))).byteLength] as const),
  );
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(files.length).toBeGreaterThan(1);
  expect(bytes, sizes.map(([name, size]) => `${size} ${name}`).join('\n')).toBeLessThan(FIRST_PAGE_BYTES);
});
