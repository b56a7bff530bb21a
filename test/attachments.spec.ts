import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { Config } from '../src/platform/config.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { type Reply, send as reply, work } from './support/agents.js';
import { type Answer, call, sharedApp, startApp, type TestApp } from './support/app.js';
import { brief, gallery, liveAgent, postTask, reaches, signUp, task } from './support/market.js';
import { expectRefusal, invalid, traces } from './support/refusals.js';
import { attach, form, send, type Upload, upload } from './support/uploads.js';

const DAY_MS = 86_400_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const ELF = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.alloc(64)]);
const MZ = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
/** Without a worker nothing but the request itself happens. */
const quiet = { ROLE: 'api' };
const running = sharedApp({ env: quiet });

const refused = (status: number) => ({ status, code: 'ATTACHMENT_REFUSED', field: 'file' });
const tooLarge = { status: 413, code: 'BODY_TOO_LARGE' };

describe('an upload', () => {
  test('is what its bytes say, and what its name says only where it is text', async () => {
    const app = running();
    const buyer = await signUp(app);
    const files: [Upload, string][] = [
      [{ name: 'data.csv', content: 'a,b\n1,2\n', type: 'text/plain' }, 'text/csv'],
      [{ name: 'data.csv', content: PNG, type: 'text/csv' }, 'image/png'],
      [{ name: 'logo.svg', content: SVG }, 'image/svg+xml'],
      [{ name: 'logo.svg', content: `<?xml version="1.0"?>${SVG}` }, 'image/svg+xml'],
      [{ name: 'notes', content: 'some words' }, 'text/plain'],
      [{ name: 'notes.made-up', content: 'some words', type: 'text/x-made-up' }, 'text/x-made-up'],
      [{ name: 'page', content: '<script>', type: 'application/xhtml+xml' }, 'text/plain'],
      [{ name: 'data.json', content: Buffer.from([0xff, 0xfe, 0, 1]) }, 'application/octet-stream'],
    ];
    for (const [file, mediaType] of files) {
      const answer = await upload(app, buyer, file);
      expect([answer.status, answer.body.data?.media_type], file.name).toEqual([201, mediaType]);
      expect(answer.body.data).toMatchObject({ name: file.name, size: Buffer.from(file.content).length });
    }
  });

  test('that is empty, a program, too large or no form is refused, and nothing is kept', async () => {
    const app = await startApp({ env: { ...quiet, MAX_ATTACHMENT_BYTES: '1000' } });
    const buyer = await signUp(app);
    const before = await traces(app, buyer);
    expectRefusal(await upload(app, buyer, { name: 'a.txt', content: '' }), refused(422));
    expectRefusal(await upload(app, buyer, { name: 'a.txt', content: ELF, type: 'text/plain' }), refused(415));
    expectRefusal(await upload(app, buyer, { name: 'a.png', content: MZ }), refused(415));
    expectRefusal(await upload(app, buyer, { name: 'a.txt', content: 'x'.repeat(1_001) }), tooLarge);
    const [a, b] = [
      { name: 'a.txt', content: 'a' },
      { name: 'b.txt', content: 'b' },
    ];
    for (const parts of [
      [a, b],
      [a, { content: 'a field', field: 'note' }],
      [{ ...a, field: 'attachment' }, b],
    ])
      expectRefusal(await upload(app, buyer, parts), refused(422));
    expectRefusal(await upload(app, buyer, [a, b, a]), tooLarge);
    expectRefusal(await upload(app, buyer, { content: 'no file, a field' }), refused(422));
    expectRefusal(await upload(app, buyer, { name: 'a.txt', content: 'a', field: 'attachment' }), refused(422));
    expectRefusal(await send(app, buyer.key, form([])), refused(422));
    expectRefusal(await send(app, buyer.key, form([{ name: 'a.txt', content: 'a' }]).subarray(0, 100)), {
      status: 400,
      code: 'BAD_REQUEST',
    });
    expectRefusal(await send(app, buyer.key, Buffer.from('nonsense')), { status: 400, code: 'BAD_REQUEST' });
    expectRefusal(await send(app, buyer.key, Buffer.alloc(0)), refused(422));
    expectRefusal(
      await send(app, buyer.key, form([{ name: 'a.txt', content: 'a' }]), { 'content-type': 'multipart/form-data' }),
      { status: 400, code: 'BAD_REQUEST' },
    );
    expectRefusal(await app.call('POST', '/attachments', { key: buyer.key, body: { file: 'a' } }), refused(415));
    expectRefusal(await app.call('POST', '/attachments', { key: buyer.key }), refused(415));
    expectRefusal(await app.call('POST', '/attachments', { body: '{}' }), { status: 401, code: 'UNAUTHENTICATED' });
    expect(await traces(app, buyer)).toEqual(before);
    expect((await upload(app, buyer, { name: 'a.txt', content: 'x'.repeat(1_000) })).status).toBe(201);
    // Far too large: the connection is good for the next request.
    expectRefusal(await upload(app, buyer, { name: 'a.txt', content: Buffer.alloc(3_000_000, 97) }), tooLarge);
    expectRefusal(await upload(app, buyer, [a, { name: 'b.txt', content: Buffer.alloc(3_000_000, 97) }]), tooLarge);
    expect((await upload(app, buyer, a)).status).toBe(201);
  });

  test('may be larger than a JSON body', async () => {
    const app = running();
    const buyer = await signUp(app);
    const file = await attach(app, buyer, 'big.bin', Buffer.alloc(3 * 2 ** 20, 1));
    expect((await open(app, file.url)).headers['content-length']).toBe(String(3 * 2 ** 20));
  });

  test('keeps a name that can be saved anywhere, and no other', async () => {
    const app = running();
    const buyer = await signUp(app);
    const names: [given: string, kept: string][] = [
      ['../../etc/passwd', 'passwd'],
      ['C:\\\\Users\\\\x\\\\data.csv', 'data.csv'],
      ['a\u202egnp.exe.txt', 'agnp.exe.txt'],
      ['Übersicht (1) *’.txt', 'Übersicht (1) *’.txt'],
      ['a\tb.txt', 'ab.txt'],
      ['x'.repeat(200), 'x'.repeat(200)],
    ];
    for (const [given, kept] of names) {
      const { data } = (await upload(app, buyer, { name: given, content: 'x' })).body;
      expect(data?.name, given).toBe(kept);
      const header = String((await open(app, data.url)).headers['content-disposition']);
      expect(header).toMatch(/^attachment; filename\*=UTF-8''[\w.!~%-]+$/);
      expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(kept);
    }
    for (const given of ['', ' ', '..', '.', '/', '\u200b', 'x'.repeat(201)]) {
      expectRefusal(await upload(app, buyer, { name: given, content: 'x' }), refused(422), given);
    }
  });

  test('is stored once for the same bytes, and made once for an Idempotency-Key', async () => {
    const app = await startApp({ env: quiet });
    const [one, other] = [await signUp(app), await signUp(app)];
    const key = { 'idempotency-key': 'k' };
    const first = await upload(app, one, { name: 'a.txt', content: 'the same' }, key);
    const again = await upload(app, one, { name: 'a.txt', content: 'the same' }, key);
    expect(again.body.data).toEqual(first.body.data);
    expectRefusal(await upload(app, one, { name: 'a.txt', content: 'another' }, key), {
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
      field: 'Idempotency-Key',
    });
    await upload(app, other, { name: 'b.txt', content: 'the same' });
    expect(await app.db.query('SELECT 1 FROM attachments')).toHaveLength(2);
    expect(await files(app)).toHaveLength(2); // "another" waits for the sweep
  });
});

describe('a link', () => {
  test('opens without a key, as a download that runs nothing, for SIGNED_URL_MINUTES', async () => {
    const app = await startApp({ env: { ...quiet, SIGNED_URL_MINUTES: '5' } });
    const buyer = await signUp(app);
    const file = await attach(app, buyer, 'logo.svg', SVG);
    const answer = await open(app, file.url);
    expect([answer.status, answer.body]).toEqual([200, SVG]);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-disposition': "attachment; filename*=UTF-8''logo.svg",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-site',
      'referrer-policy': 'no-referrer',
    });
    expect(answer.headers['content-security-policy']).toMatch(
      /^sandbox; default-src 'none'.*form-action 'none'; frame-ancestors 'self'$/,
    );
    app.clock.advance(4 * 60_000);
    expect((await open(app, file.url)).status).toBe(200);
    app.clock.advance(61_000);
    expectRefusal(await open(app, file.url), { status: 403, code: 'LINK_EXPIRED' });
  });

  test('shows a drawing in a frame of the app, and saves it anywhere else', async () => {
    const app = running();
    const buyer = await signUp(app);
    const framed = async (name: string, opener?: string) => {
      const { pathname, search } = new URL((await attach(app, buyer, name, name.endsWith('.svg') ? SVG : 'text')).url);
      const headers = opener === undefined ? {} : { 'sec-fetch-dest': opener };
      const answer = await app.call('GET', `${pathname}/framed${search}`, { headers });
      return [
        answer.status,
        answer.headers['content-type'],
        String(answer.headers['content-disposition']).split(';')[0],
      ];
    };
    const shown = [200, 'image/svg+xml; charset=utf-8', 'inline'];
    expect(await framed('a.svg', 'iframe')).toEqual(shown);
    expect(await framed('b.svg')).toEqual(shown);
    expect(await framed('c.svg', 'document')).toEqual([200, 'image/svg+xml', 'attachment']);
    expect(await framed('d.txt', 'iframe')).toEqual([200, 'text/plain', 'attachment']);
    expectRefusal(await app.call('GET', `/files/attachments/${(await attach(app, buyer)).id}/framed`), {
      status: 403,
      code: 'LINK_EXPIRED',
    });
  });

  test('that was tampered with, or is none of ours, opens nothing', async () => {
    const app = running();
    const buyer = await signUp(app);
    const [file, other] = [await attach(app, buyer), await attach(app, buyer, 'b.txt', 'b')];
    const url = String(file.url);
    const path = url.split('?')[0] ?? '';
    const later = url.replace(/expires=(\d+)/, (_, at) => `expires=${Number(at) + 60}`);
    const tampered = [
      later,
      path,
      `${url}&x=1`,
      `${url}0`,
      url.slice(0, -1),
      url.replace(file.id, other.id),
      url.replace('attachments', 'artifacts'),
      url.replace(file.id, file.id.toUpperCase()),
      `${path}?signature=x&expires=9999999999`,
    ];
    for (const one of tampered) expectRefusal(await open(app, one), { status: 403, code: 'LINK_EXPIRED' }, one);
    expectRefusal(await app.call('GET', new URL(path).pathname, { key: buyer.key }), {
      status: 403,
      code: 'LINK_EXPIRED',
    });
  });

  test('to bytes that are gone says so', async () => {
    const app = running();
    const file = await attach(app, await signUp(app));
    await app.db.query('UPDATE attachments SET hash = $1 WHERE id = $2', ['0'.repeat(64), file.id]);
    expectRefusal(await open(app, file.url), { status: 410, code: 'FILE_MISSING' });
    await app.db.query('DELETE FROM attachments WHERE id = $1', [file.id]);
    expectRefusal(await open(app, file.url), { status: 404, code: 'FILE_NOT_FOUND' });
  });
});

describe('a task', () => {
  test('takes its buyer’s attachments, each once, and nobody else’s', async () => {
    const app = running();
    const [buyer, stranger] = [await signUp(app), await signUp(app)];
    const [a, b, theirs] = [
      await attach(app, buyer, 'a.txt', 'a'),
      await attach(app, buyer, 'b.txt', 'b'),
      await attach(app, stranger),
    ];
    const post = (attachments: string[]) =>
      app.call('POST', '/tasks', { key: buyer.key, body: brief({ attachments }) });
    const refusal = await post([a.id, theirs.id]);
    expectRefusal(refusal, invalid('attachments.1'));
    expect(refusal.body.error.message).toContain('no attachment of yours');
    const { data } = (await post([b.id, a.id, b.id, a.id.toUpperCase()])).body;
    expect(data.attachments.map(({ name }: { name: string }) => name)).toEqual(['b.txt', 'a.txt']);
    expect((await task(app, buyer, data.id)).attachments).toHaveLength(2);
  });

  test('hands them to its agents by links that work past the deadline', async () => {
    const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0', SIGNED_URL_MINUTES: '1' } });
    const buyer = await signUp(app);
    const got: string[] = [];
    const reader: Reply = async ({ request }, response) => {
      for (const { url } of request.attachments) got.push(String((await call('', 'GET', url)).body));
      reply(response, work('done'));
    };
    const { agent } = await liveAgent(app, reader);
    const file = await attach(app, buyer, 'data.csv', 'a,b\n1,2\n');
    const id = await postTask(app, buyer, { attachments: [file.id] });
    await reaches(app, buyer, id, 'review');
    expect(got).toEqual(['a,b\n1,2\n']);
    const { attachments, deadline_at } = agent.log[0]?.request ?? {};
    expect(attachments).toEqual([{ name: 'data.csv', media_type: 'text/csv', size: 8, url: expect.any(String) }]);
    expect(Number(/expires=(\d+)/.exec(attachments?.[0]?.url ?? '')?.[1])).toBeGreaterThanOrEqual(
      new Date(deadline_at ?? 0).getTime() / 1_000,
    );
    expect((await gallery(app, buyer, id)).bids).toHaveLength(1);
  });
});

describe('the sweep', () => {
  test('takes what no task refers to after a day, and nothing else', async () => {
    const app = await startApp({ env: quiet });
    const buyer = await signUp(app);
    const [kept, left] = [await attach(app, buyer, 'kept.txt', 'kept'), await attach(app, buyer, 'left.txt', 'left')];
    await attach(app, buyer, 'twin.txt', 'kept');
    await postTask(app, buyer, { attachments: [kept.id] });
    await sweep(app);
    expect(await files(app)).toHaveLength(2);

    app.clock.advance(DAY_MS + 60_000);
    await sweep(app);
    expect(await files(app)).toHaveLength(1);
    const names = await app.db.query('SELECT name FROM attachments');
    expect(names).toEqual([{ name: 'kept.txt' }]);
    expectRefusal(
      await app.call('POST', '/tasks', { key: buyer.key, body: brief({ attachments: [left.id] }) }),
      invalid('attachments.0'),
    );

    const fresh = await attach(app, buyer, 'again.txt', 'left');
    expect((await open(app, fresh.url)).body).toBe('left');
  });
});

async function sweep(app: TestApp): Promise<void> {
  for (const chore of ['forget-bids-and-traces', 'sweep-files']) await app.get(Chores).run(chore);
}

/** The stored files, by their hashes. */
async function files(app: TestApp): Promise<string[]> {
  const names = await readdir(app.get(Config).STORAGE_DIR ?? '', { recursive: true });
  return names.map((name) => name.split('/').at(-1) ?? '').filter((name) => /^[0-9a-f]{64}$/.test(name));
}

/** What a link leads to; a server without a worker does not know its own address. */
function open(app: TestApp, url: string): Promise<Answer> {
  const { pathname, search } = new URL(url);
  return app.call('GET', `${pathname}${search}`);
}
