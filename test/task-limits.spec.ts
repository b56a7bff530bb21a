import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startApp, type TestApp } from './support/app.js';
import { brief, postTask, signUp, someType, task } from './support/market.js';
import { expectRefusal, invalid, type Refusal, traces, unreadable } from './support/refusals.js';

const NUL = 'a brief with \u0000 in the middle of it';
const HALF = 'a brief with \ud83d in the middle of it';
const { requirements } = someType();
const needs = (changes: Record<string, unknown>) => ({ requirements: { ...requirements, ...changes } });
const rules = (...list: unknown[]) => ({ quality_rules: { rules: list } });
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What is changed in a good brief, and the field that is to blame. */
const BAD_BRIEFS: [change: Record<string, unknown>, field: string][] = [
  ...['title', 'description', 'category', 'task_type', 'budget'].map((name): [Record<string, unknown>, string] => [
    { [name]: undefined },
    name,
  ]),
  ...['title', 'description'].flatMap((name): [Record<string, unknown>, string][] =>
    [null, 5, {}, [], '', '    ', 'abc', NUL, HALF, 'x'.repeat(5_001)].map((value) => [{ [name]: value }, name]),
  ),
  [{ title: 'x'.repeat(201) }, 'title'],
  [{ description: 'nineteen characters' }, 'description'],
  ...[null, 1, '', 'x'.repeat(61), 'no-such-category', 'Writing', NUL, '__proto__', 'constructor'].map(
    (value): [Record<string, unknown>, string] => [{ category: value }, 'category'],
  ),
  ...[null, 1, '', 'x'.repeat(61), 'no-such-type', 'svg-logo', HALF, 'toString'].map(
    (value): [Record<string, unknown>, string] => [{ task_type: value }, 'task_type'],
  ),
  ...[null, 0, -1, 0.5, '100', 1e9 + 1, 2 ** 31, 2 ** 53, 1e300, true, {}, [100]].map(
    (value): [Record<string, unknown>, string] => [{ budget: value }, 'budget'],
  ),
  [{ budget: 1_000_001 }, 'budget'],
  ...[-1, 6, 1.5, '2', null].map((value): [Record<string, unknown>, string] => [
    { max_revisions: value },
    'max_revisions',
  ]),
  ...[-0.1, 1.1, '1', null].map((value): [Record<string, unknown>, string] => [
    { experimentation: value },
    'experimentation',
  ]),
  ...[null, 'x', [], 7].map((value): [Record<string, unknown>, string] => [{ requirements: value }, 'requirements']),
  [{ requirements: {} }, 'requirements.max_words'],
  [{ requirements: undefined }, 'requirements.max_words'],
  [needs({ max_words: '120' }), 'requirements.max_words'],
  [needs({ max_words: 29 }), 'requirements.max_words'],
  [needs({ max_words: 1_001 }), 'requirements.max_words'],
  [needs({ max_words: 99.5 }), 'requirements.max_words'],
  [needs({ format: 'poem' }), 'requirements.format'],
  [needs({ format: ['paragraph'] }), 'requirements.format'],
  [needs({ must_mention: 'Ostrand' }), 'requirements.must_mention'],
  [needs({ must_mention: Array(13).fill('x') }), 'requirements.must_mention'],
  [needs({ must_mention: ['x'.repeat(201)] }), 'requirements.must_mention'],
  [needs({ must_mention: [1] }), 'requirements.must_mention'],
  [needs({ must_mention: ['fine', NUL] }), 'requirements.must_mention.1'],
  [needs({ reader: 'x'.repeat(201) }), 'requirements.reader'],
  [needs({ reader: { deep: HALF } }), 'requirements.reader.deep'],
  [needs({ max_word: 100 }), 'requirements.max_word'],
  [needs({ prototype: 1 }), 'requirements.prototype'],
  [needs({ constructor: 1 }), 'requirements.constructor'],
  [needs({ reader: 2 ** 53 }), 'requirements'],
  [{ requirements: { ...requirements, reader: ['x'.repeat(20_000)] } }, 'requirements'],
  ...[null, [], 'x', { rules: {} }].map((value): [Record<string, unknown>, string] => [
    { quality_rules: value },
    Array.isArray(value) || value === null || value === 'x' ? 'quality_rules' : 'quality_rules.rules',
  ]),
  [rules(...Array(41).fill({ kind: 'no_commas' })), 'quality_rules.rules'],
  [rules({ kind: 'taste' }), 'quality_rules.rules.0.kind'],
  [rules({ kind: 'words', min: -1 }), 'quality_rules.rules.0.min'],
  [rules({ kind: 'words', max: 1_000_001 }), 'quality_rules.rules.0.max'],
  [rules({ kind: 'words', min: 9, max: 3 }), 'quality_rules.rules.0'],
  [rules({ kind: 'words' }), 'quality_rules.rules.0'],
  [rules({ kind: 'includes', terms: [] }), 'quality_rules.rules.0.terms'],
  [rules({ kind: 'includes', terms: Array(51).fill('x') }), 'quality_rules.rules.0.terms'],
  [rules({ kind: 'includes', terms: ['ok', NUL] }), 'quality_rules.rules.0.terms.1'],
  [rules({ kind: 'includes', terms: [HALF] }), 'quality_rules.rules.0.terms.0'],
  [rules({ kind: 'no_commas', odd: 1 }), 'quality_rules.rules.0.odd'],
  [rules({ kind: 'regex', pattern: 'x'.repeat(501) }), 'quality_rules.rules.0.pattern'],
  ...[null, 'x', {}].map((value): [Record<string, unknown>, string] => [{ attachments: value }, 'attachments']),
  [{ attachments: ['no-id'] }, 'attachments.0'],
  [{ attachments: [randomUUID()] }, 'attachments.0'],
  [{ attachments: Array.from({ length: 11 }, () => randomUUID()) }, 'attachments'],
  [{ attachments: Array(101).fill(1) }, 'attachments'],
  ...[null, 'x', [], 7].map((value): [Record<string, unknown>, string] => [{ metadata: value }, 'metadata']),
  [{ metadata: { text: 'x'.repeat(4_096) } }, 'metadata'],
  [{ metadata: { text: 'é'.repeat(2_048) } }, 'metadata'],
  [{ metadata: { list: [NUL] } }, 'metadata.list.0'],
  [{ metadata: { lost: 2 ** 53 } }, 'metadata'],
  [{ status: 'completed' }, 'status'],
  [{ fee_bps: 0 }, 'fee_bps'],
  [{ buyer_id: randomUUID() }, 'buyer_id'],
  [{ prototype: 1 }, 'prototype'],
];

/** Bodies as text: what no `JSON.stringify` makes. */
const good = JSON.stringify(brief());
const withMetadata = (json: string) => good.replace(/}$/, `,"metadata":{"a":${json}}}`);
const BAD_BODIES: [body: string | Uint8Array, expected: Refusal, what: string][] = [
  ['', invalid('body'), 'no body'],
  ['{"title":', unreadable, 'broken JSON'],
  ['{}{}', unreadable, 'two values'],
  [Buffer.from([...Buffer.from('{"title":"'), 0xc3, 0x28, ...Buffer.from('"}')]), unreadable, 'no UTF-8'],
  [withMetadata(nested(40)), unreadable, 'too deep'],
  [nested(400_000), unreadable, 'far too deep'],
  [`[${'0,'.repeat(400_000)}0]`, unreadable, 'too many values'],
  [good.replace(/}$/, `,"attachments":[${'0,'.repeat(300_000)}0]}`), unreadable, 'too many attachments'],
  [withMetadata('{"__proto__":{"admin":true}}'), unreadable, 'a prototype'],
  [withMetadata('1e999'), invalid('metadata'), 'a number that is none'],
  [withMetadata('12345678901234567890'), invalid('metadata'), 'a number that loses digits'],
  [good.replace('"budget":100', '"budget":1e999'), invalid('budget'), 'a budget beyond all'],
  [good.replace(/}$/, `,"x":"${'x'.repeat(2 ** 20)}"}`), { status: 413, code: 'BODY_TOO_LARGE' }, 'over a MiB'],
  ['null', invalid('body'), 'null'],
  ['"text"', invalid('body'), 'a text'],
  ['[]', invalid('body'), 'a list'],
];

async function marketplace() {
  // Without a worker a task stays as it was posted.
  const app = await startApp({ env: { ROLE: 'api' } });
  return { app, buyer: await signUp(app) };
}

const post = (app: TestApp, key: string, body: unknown, type?: string) =>
  app.call('POST', '/tasks', { key, body, ...(type === undefined ? {} : { headers: { 'content-type': type } }) });

describe('posting a task', () => {
  test('has a limit for every field: what breaks one is named, and nothing is written', async () => {
    const { app, buyer } = await marketplace();
    const before = await traces(app, buyer);
    for (const [change, field] of BAD_BRIEFS) {
      const answer = await post(app, buyer.key, brief(change));
      expectRefusal(answer, invalid(field), JSON.stringify(change).slice(0, 100));
    }
    expect(await traces(app, buyer)).toEqual(before);
  });

  test('refuses bodies that cannot be read, and every type of content but JSON', async () => {
    const { app, buyer } = await marketplace();
    const before = await traces(app, buyer);
    for (const [body, expected, what] of BAD_BODIES) expectRefusal(await post(app, buyer.key, body), expected, what);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/xml',
      'application/jsonp',
      'nonsense',
    ]) {
      expectRefusal(await post(app, buyer.key, good, type), { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' }, type);
    }
    expect(await traces(app, buyer)).toEqual(before);
  });

  test('refuses a budget that the wallet does not hold, with what is missing', async () => {
    const { app, buyer } = await marketplace();
    const before = await traces(app, buyer);
    const answer = await post(app, buyer.key, brief({ budget: 501 }));
    expect(answer).toMatchObject({ status: 402, body: { error: { code: 'INSUFFICIENT_CREDITS' } } });
    expect(answer.body.error.suggestion).toContain('500');
    expect(await traces(app, buyer)).toEqual(before);
  });

  test('gives back metadata as it came, whatever its fields are called', async () => {
    const { app, buyer } = await marketplace();
    const metadata = {
      prototype: 1,
      constructor: { name: 'x' },
      '': null,
      list: [0.1, -1, 'é😀', [[]]],
      max: 2 ** 53 - 1,
    };
    const id = await postTask(app, buyer, { metadata });
    expect((await task(app, buyer, id)).metadata).toEqual(metadata);
  });

  test('takes what just fits', async () => {
    const { app, buyer } = await marketplace();
    const metadata = { text: 'x'.repeat(4_096 - '{"text":""}'.length) };
    await postTask(app, buyer, {
      title: 'x'.repeat(200),
      description: 'x'.repeat(5_000),
      max_revisions: 5,
      budget: 1,
      metadata,
    });
    await postTask(app, buyer, {
      max_revisions: 0,
      budget: 499,
      ...needs({ max_words: 30 }),
      metadata: JSON.parse(nested(20).replace(/^\[/, '{"a":[').replace(/\]$/, ']}')),
    });
  });
});
