import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../test/any-text.js';
import { artifactBytes, code, csv, file, html, image, json, markdown, text } from './artifacts.js';
import { LIMITS } from './contract/limits.js';
import { Answer } from './contract/response.js';
import { parseAnswer, parseJson } from './parse.js';

const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const problemOf = (value: unknown): string => {
  const parsed = parseAnswer(value instanceof Uint8Array ? value : bytes(value));
  return parsed.ok ? 'none' : parsed.problem;
};
const poem = text('poem.txt', 'Roses are red');
const withArtifact = (over: object) => ({ artifacts: [{ ...poem, ...over }] });

describe('parseAnswer', () => {
  test('an answer with every field comes back as it went', () => {
    const answer = {
      artifacts: [poem, image('dot.png', 'image/png', Buffer.from([137, 80, 78, 71]))],
      price: 120,
      summary: 'A poem and a dot',
      message: 'Grüße 🎂',
      usage: { model: 'none', input_tokens: 0, output_tokens: 12, cost: 0.002 },
    };
    expect(parseAnswer(bytes(answer))).toEqual({ ok: true, answer });
  });

  test('every helper makes an artifact that the contract accepts', () => {
    const artifacts = [
      poem,
      markdown('a.md', '# A'),
      html('a.html', '<p>A'),
      code('a.ts', 'let a', 'text/typescript'),
      csv('a.csv', 'a,b'),
      json('a.json', { a: 1 }),
      image('a.png', 'image/png', new Uint8Array([1, 2])),
      file('a.pdf', 'application/pdf', new Uint8Array()),
    ];
    expect(problemOf({ artifacts })).toBe('none');
    expect(Answer.safeParse({ artifacts }).success).toBe(true);
  });

  test('a polite no is no bad body', () => {
    expect(parseAnswer(bytes({ declined: { reason: 'not my field' } }))).toEqual({
      ok: true,
      declined: { reason: 'not my field' },
    });
    expect(problemOf({ declined: {} })).toBe('declined.reason: is missing');
    expect(problemOf({ declined: true })).toContain('declined: expected object');
    expect(problemOf({ declined: { reason: 'x' }, artifacts: [poem] })).toContain('both');
  });

  test('a price may be any JSON value, since the server judges it', () => {
    for (const price of [0, -1, 1.5, 'cheap', { a: 1 }, false]) {
      expect(parseAnswer(bytes({ artifacts: [poem], price }))).toEqual({
        ok: true,
        answer: { artifacts: [poem], price },
      });
    }
    expect(
      parseAnswer(
        bytes('{"artifacts":[{"type":"text","name":"a","media_type":"text/plain","content":""}],"price":1e999}'),
      ),
    ).toMatchObject({
      answer: { price: Number.POSITIVE_INFINITY },
    });
  });

  test('null counts as absent, and unknown fields are dropped', () => {
    const parsed = parseAnswer(
      bytes({
        artifacts: [{ ...poem, base64: null, mood: 'sad' }],
        price: null,
        message: null,
        usage: { model: null },
        x: 1,
      }),
    );
    expect(parsed).toStrictEqual({ ok: true, answer: { artifacts: [poem], usage: {} } });
  });

  test('each refusal names the field', () => {
    expect(problemOf({})).toContain('artifacts: is missing');
    expect(problemOf({ artifacts: [] })).toBe('artifacts: must have at least one artifact');
    expect(problemOf({ artifacts: poem })).toBe('artifacts: expected array, received object');
    expect(problemOf({ artifacts: Array(21).fill(poem) })).toBe(
      'artifacts: must have at most 20 artifacts, and has 21',
    );
    expect(problemOf({ artifacts: [poem, 7] })).toBe('artifacts[1]: expected object, received number');
    expect(problemOf(withArtifact({ name: undefined }))).toBe('artifacts[0].name: is missing');
    expect(problemOf(withArtifact({ type: 'movie' }))).toContain('artifacts[0].type: expected one of "text"');
    expect(problemOf(withArtifact({ media_type: 'text' }))).toContain('artifacts[0].media_type: must be a media type');
    expect(problemOf(withArtifact({ content: undefined }))).toBe(
      'artifacts[0]: needs exactly one of content, base64 and url',
    );
    expect(problemOf(withArtifact({ url: 'https://a.example/b' }))).toContain('needs exactly one');
    expect(problemOf({ artifacts: [poem], summary: 'x'.repeat(2_001) })).toBe(
      'summary: must have at most 2000 characters',
    );
    expect(problemOf({ artifacts: [poem], usage: { input_tokens: -1 } })).toContain('usage.input_tokens:');
    expect(problemOf('[]')).toBe('the body must be a JSON object');
  });

  test.each([
    'a/b',
    '../b',
    '..',
    '.',
    '..b',
    'a\\b',
    '',
    ' ',
    'a\nb',
    'a\u007f',
    'evil\u202egpj.exe',
    'x'.repeat(256),
  ])('an artifact may not be called %j', (name) => {
    expect(problemOf(withArtifact({ name }))).toContain('artifacts[0].name: must');
  });

  test.each(['report.md', 'wait... what.txt', '.env.example', 'Übersicht 2.csv', '報告.md', 'x'.repeat(255)])(
    'an artifact may be called %j',
    (name) => {
      expect(problemOf(withArtifact({ name }))).toBe('none');
    },
  );

  test('media types may have parameters, and nothing may hide behind them', () => {
    for (const good of ['text/plain; charset=utf-8', 'image/svg+xml', 'text/csv;header=present', 'a/b; c="d e"']) {
      expect(problemOf(withArtifact({ media_type: good }))).toBe('none');
    }
    for (const bad of [
      'text/',
      '/plain',
      'text/plain;',
      'text/plain\r\nx-a: b',
      'text/plain; a="\n"',
      'a/b/c',
      'te xt/a',
    ]) {
      expect(problemOf(withArtifact({ media_type: bad }))).toContain('media_type');
    }
  });

  test('base64 is standard, padded, in one line, with no bits to spare', () => {
    const given = (base64: string) => problemOf(withArtifact({ content: undefined, base64 }));
    for (const good of ['', 'AA==', 'AAA=', 'AAAA', '+/+/']) expect(given(good)).toBe('none');
    for (const bad of [
      'A',
      'AA',
      'AB==',
      'AAB=',
      'AAAA\n',
      '-_-_',
      '====',
      'A===',
      'AA=A',
      'äAAA',
      'data:image/png;base64,AA==',
    ]) {
      expect(given(bad)).toContain('artifacts[0].base64: must be standard base64');
    }
    fc.assert(
      fc.property(fc.uint8Array(), (raw) => {
        const artifact = file('x', 'a/b', raw);
        expect(given(artifact.base64 ?? '')).toBe('none');
        expect(artifactBytes(artifact)).toEqual(Buffer.from(raw));
      }),
    );
  });

  test('an address is absolute and of the web', () => {
    const given = (url: string) => problemOf(withArtifact({ content: undefined, url }));
    expect(given('https://cdn.example.com/a.png?x=1')).toBe('none');
    for (const bad of [
      '',
      '/a.png',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/plain,a',
      'https://',
      `https://a/${'x'.repeat(2_048)}`,
    ]) {
      expect(given(bad)).toContain('artifacts[0].url: must');
    }
  });

  test('NUL and half a surrogate pair are a bad body wherever they stand', () => {
    expect(problemOf(withArtifact({ content: 'a\u0000b' }))).toBe(
      'artifacts[0].content: must not have a NUL character',
    );
    expect(problemOf('{"artifacts":[],"x":{"a":["\\ud83d"]}}')).toBe('x.a[0]: must not have half a surrogate pair');
    expect(problemOf('{"artifacts":[],"\\udc00":1}')).toContain("a field's name");
    expect(problemOf(withArtifact({ content: 'written \\u0000, not meant' }))).toBe('none');
    expect(problemOf(`{"artifacts":[{"type":"text","name":"a","media_type":"a/b","content":"\\ud83c\\udf82"}]}`)).toBe(
      'none',
    );
  });

  test('what is no UTF-8 or no JSON is said to be so, and a byte order mark is forgiven', () => {
    expect(problemOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toBe('the body is not valid UTF-8');
    expect(problemOf(new Uint8Array())).toBe('the body is empty');
    for (const bad of ['{', '<html>', '{"a":1}x', "{'a':1}", '{"a":NaN}', '\u0000']) {
      expect(problemOf(bad)).toBe('the body is not valid JSON');
    }
    expect(problemOf(`\ufeff${JSON.stringify({ artifacts: [poem] })}`)).toBe('none');
  });

  test('32 levels pass, and 33, or a million, are refused before anything is built', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(parseJson(bytes(nested(32))).ok).toBe(true);
    expect(problemOf(nested(33))).toContain('nested more than 32');
    expect(problemOf('['.repeat(1_000_000))).toContain('nested more than 32');
    expect(parseJson(bytes(JSON.stringify({ a: '[{'.repeat(100), b: '\\"[[[' }))).ok).toBe(true);
  });

  test('a field called __proto__ changes nothing', () => {
    const sneaky = `{"__proto__":{"artifacts":[],"polluted":1},"constructor":{"prototype":{"polluted":1}},"artifacts":[{"__proto__":{"content":"x"},"type":"text","name":"a","media_type":"a/b"}]}`;
    expect(problemOf(sneaky)).toContain('exactly one of content');
    expect(problemOf('{"__proto__":{"declined":{"reason":"x"}}}')).toContain('artifacts: is missing');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('a body of full size is read, one byte more is refused, and neither takes long', () => {
    const frame = JSON.stringify(withArtifact({ content: '' })).length;
    const full = bytes(withArtifact({ content: 'x'.repeat(LIMITS.bodyBytes - frame) }));
    expect(full.byteLength).toBe(LIMITS.bodyBytes);
    expect(parseAnswer(full).ok).toBe(true);
    expect(problemOf(Buffer.concat([full, Buffer.from(' ')]))).toBe('the body must have at most 10485760 bytes');
    expect(problemOf(`{"artifacts":[${'0,'.repeat(5_000_000)}0]}`)).toContain('must have at most 20 artifacts');
    expect(problemOf(withArtifact({ content: undefined, base64: 'A'.repeat(8_000_000) }))).toBe('none');
    expect(problemOf(withArtifact({ content: undefined, base64: `${'A'.repeat(7_999_999)}-` }))).toContain('base64');
  });

  test('whatever comes, it answers and never throws', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('text', 'a.md', 'text/plain', '../x', '\u0000', 'QQ==', 'https://a.b/c', null),
    );
    const artifact = fc.dictionary(
      fc.constantFrom('type', 'name', 'media_type', 'content', 'base64', 'url', '__proto__'),
      field,
    );
    const answer = fc.record(
      {
        artifacts: fc.oneof(fc.array(artifact, { maxLength: 25 }), field),
        declined: field,
        price: field,
        summary: field,
        usage: fc.oneof(fc.dictionary(fc.constantFrom('model', 'input_tokens', 'cost'), field), field),
      },
      { requiredKeys: [] },
    );
    const check = (body: Uint8Array) => {
      const parsed = parseAnswer(body);
      if (!parsed.ok) expect(parsed.problem.length).toBeLessThan(400);
      else expect('answer' in parsed).not.toBe('declined' in parsed);
    };
    fc.assert(
      fc.property(answer, (value) => check(bytes(value))),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), check), { numRuns: 300 });
    fc.assert(fc.property(anyText(), (value) => check(bytes(value))));
    fc.assert(
      fc.property(answer, fc.nat(), fc.nat(255), (value, at, byte) => {
        const body = Buffer.from(JSON.stringify(value));
        body[at % body.length] = byte;
        check(body);
      }),
    );
  });

  test('whatever is accepted, is accepted again once it is printed', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const content = anyText();
    fc.assert(
      fc.property(name, content, (given, inside) => {
        const first = parseAnswer(bytes(withArtifact({ name: given, content: inside })));
        if (first.ok) expect(parseAnswer(bytes(first.answer))).toEqual(first);
      }),
    );
  });
});
