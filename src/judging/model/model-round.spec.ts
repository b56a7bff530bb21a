import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { INJECTIONS } from '../../../test/support/injections.js';
import { anEgress } from '../../../test/support/loopback.js';
import { aModel, honest, type Mind, obedient } from '../../../test/support/model-server.js';
import type { Met } from '../judgement.schema.js';
import { rescored } from '../rescored.js';
import { type Allowance, Meter } from './meter.js';
import { modelRound, mostCalls, type RuledWork } from './model-round.js';
import type { Provider } from './provider.schema.js';
import { SdkClient } from './sdk-client.js';

const random = () => randomBytes(6).toString('hex');
const ASKED = {
  brief: {
    title: 'Opening hours',
    description: 'Write when the harbour cafe opens.',
    category: 'writing',
    requirements: {},
  },
  about: 'A sentence or two.',
};
const QUESTIONS = ['Does it name the hours?', 'Is it friendly?', 'Is it about the harbour cafe?'];

/** A work that the rules could say little about: one criterion is met, the others are open. */
function aWork(subject: string, text: string, more: Partial<RuledWork> = {}): RuledWork {
  const criterion = (key: string, question: string, met: Met) => ({
    ...{ key, question, met, dimension: 'asked', source: 'rubric' as const },
    ...{ evidence: 'as seen', confidence: met === 'unknown' ? 0 : 1, weight: 1 },
  });
  const judgement = rescored({
    ...{ judge: 'rules', judge_version: '1', rubric: { task_type: 'notice', version: 1 }, gates: [] },
    total: { low: 0, high: 100 },
    dimensions: [{ key: 'asked', name: 'Asked', weight: 1, low: 0, high: 100 }],
    criteria: [
      criterion('short', 'Is it short?', 'yes'),
      ...QUESTIONS.map((question, at) => criterion(`q${at}`, question, 'unknown')),
    ],
  });
  const artifacts = [{ type: 'text' as const, name: 'answer.txt', mediaType: 'text/plain', bytes: Buffer.from(text) }];
  return { subject, artifacts, model: null, judgement, ...more };
}

const GOOD = 'The harbour cafe opens at six and closes at nine. GOOD';
const POOR = 'The harbour cafe has boats nearby.';
const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(8)) as [string, string, string];

const fair = honest(
  (text) => (text.includes('GOOD') ? 1 : 0),
  (_question, text) => text.includes('GOOD'),
);

async function round(
  mind: Mind,
  works: readonly RuledWork[],
  more: Partial<Allowance> & { provider?: Provider; model?: string } = {},
) {
  const server = await aModel(mind);
  const { provider = 'openai-compatible', model = 'judge-1', ...allowance } = more;
  const client = new SdkClient({ provider, url: server.url, model, key: 'sk-secret' }, anEgress(server.allow));
  const calls = mostCalls(QUESTIONS.length, works.length);
  const meter = new Meter(client, {
    ...{ calls, cents: null, timeoutMs: 60_000, price: { input: 0, output: 0 } },
    ...allowance,
  });
  const result = await modelRound(meter, ASKED, works, random);
  const totals = new Map([...result.judgements].map(([subject, { total }]) => [subject, total]));
  return { ...result, totals, heard: server.heard, calls };
}

describe('a good model', () => {
  test.each(['openai-compatible', 'anthropic'] as const)(
    'narrows what the rules left open, over %s',
    async (provider) => {
      const { judgements, totals, votes, pairs, spent, heard, calls, note } = await round(
        fair,
        [aWork(A, GOOD), aWork(B, POOR)],
        { provider },
      );
      expect(totals.get(A)).toEqual({ low: 100, high: 100 });
      expect(totals.get(B)).toEqual({ low: 25, high: 25 });
      expect(judgements.get(A)).toMatchObject({ judge: 'llm:judge-1' });
      expect(judgements.get(A)?.criteria[0]).toMatchObject({ key: 'short', met: 'yes', evidence: 'as seen' });
      expect(note).toBeNull();
      expect(pairs.get(A) ?? 0).toBe(0);
      expect(votes).toHaveLength(2 * 2 * QUESTIONS.length);
      expect(heard.length).toBeLessThanOrEqual(calls);
      expect(spent).toMatchObject({
        calls: heard.length,
        tokens: { input: 100 * heard.length, output: 20 * heard.length },
      });
      expect(heard.every(({ format }) => format === 'json_schema')).toBe(true);
      expect(heard[0]?.headers[provider === 'anthropic' ? 'x-api-key' : 'authorization']).toContain('sk-secret');
    },
  );

  test('compares the best that it can not tell apart otherwise', async () => {
    const torn = honest(
      (text) => (text.includes('GOOD') ? 1 : 0),
      () => true,
    );
    const { pairs, votes } = await round(torn, [
      aWork(A, GOOD),
      aWork(B, POOR),
      aWork(C, 'Boats.', { judgement: gated(C) }),
    ]);
    expect(pairs).toEqual(
      new Map([
        [A, 1],
        [B, -1],
      ]),
    );
    expect(votes.some(({ subject, against }) => subject === C || against === C)).toBe(false);
  });

  test('has no word on works of its own kind', async () => {
    const { judgements, votes } = await round(
      fair,
      [aWork(A, GOOD, { model: 'gpt-5-mini' }), aWork(B, POOR, { model: 'claude-x' })],
      { model: 'openai/gpt-6' },
    );
    expect(judgements.get(A)?.judge).toBe('rules');
    expect(judgements.get(A)?.criteria[1]?.evidence).toContain('of the kind that made this work');
    expect(judgements.get(B)?.judge).toBe('llm:openai/gpt-6');
    expect(votes.some(({ subject, against }) => subject === A || against === A)).toBe(false);
  });
});

function gated(subject: string) {
  const { judgement } = aWork(subject, '');
  return { ...judgement, gates: [{ key: 'empty', evidence: 'nothing is there', cap: 0 }] };
}

describe('a model that fails', () => {
  const said = (mind: Mind, more = {}) => round(mind, [aWork(A, GOOD), aWork(B, POOR)], more);
  const status =
    (code: number, headers: Record<string, string> = {}): Mind =>
    (_heard, response) => {
      response.writeHead(code, headers).end('{"error":{"message":"no"}}');
    };

  test.each<[string, Mind, string]>([
    ['answers nonsense', () => 'I would say the first one.', 'form asked for'],
    ['answers other JSON', () => ({ verdict: 'a' }), 'form asked for'],
    ['breaks off', () => '{"answers":[{"id":"', 'form asked for'],
    ['has an error', status(500), 'status 500'],
    ['is busy for long', status(429, { 'retry-after': '3600' }), 'busy'],
    ['knows no such key', status(401), 'refused the key'],
    ['knows no such model', status(404), 'does not know the model'],
    [
      'sends no JSON at all',
      (_heard, response) => {
        response.end('<html>');
      },
      'no answer of a model',
    ],
    ['redirects', status(302, { location: 'http://169.254.169.254/' }), 'status 302'],
    [
      'hangs up',
      (_heard, response) => {
        response.destroy();
      },
      'could not be reached',
    ],
    [
      'says yes to everything',
      ({ asks, questions }) => ({
        answers: questions.map(({ id }) => ({
          id,
          evidence: '',
          ...(asks === 'met' ? { met: 'yes' } : { fault: 'none' }),
        })),
      }),
      'make no sense',
    ],
  ])('because it %s leaves the rules to judge, and says so', async (_why, mind, reason) => {
    const { judgements, totals, note, votes, spent, calls } = await said(mind);
    expect(totals.get(A)).toEqual({ low: 25, high: 100 });
    expect(judgements.get(A)?.judge).toBe('rules');
    expect(judgements.get(A)?.criteria[1]?.evidence).toContain('The model judge was not heard');
    expect(note).toContain(reason);
    expect(note).not.toMatch(/sk-secret|127\.0\.0\.1/);
    expect(votes).toEqual([]);
    expect(spent.calls).toBeLessThanOrEqual(calls);
  });

  test('because it is slow leaves the rules to judge', async () => {
    const { note, totals } = await said(() => new Promise(() => {}), { timeoutMs: 60 });
    expect(note).toContain('in time');
    expect(totals.get(A)).toEqual({ low: 25, high: 100 });
  });

  test('once is asked again', async () => {
    let asked = 0;
    const { note, spent } = await said((heard, response) =>
      asked++ === 0 ? status(503, { 'retry-after': '0' })(heard, response) : fair(heard, response),
    );
    expect(note).toBeNull();
    expect(spent.failed).toBe(1);
  });

  test('to take a schema is asked for any JSON object, and from then on at once', async () => {
    const old: Mind = (heard, response) =>
      heard.format === 'json_schema' ? status(400)(heard, response) : fair(heard, response);
    const { totals, heard } = await said(old);
    expect(totals.get(A)).toEqual({ low: 100, high: 100 });
    expect(heard.filter(({ format }) => format === 'json_object').length).toBe(4);
  });

  test('costs no more than the task may', async () => {
    const { note, heard, spent } = await said(fair, { cents: 3, price: { input: 1_000, output: 1_000 } });
    expect(note).toContain('limit of 3 US cents');
    expect(heard.length).toBeGreaterThan(0);
    expect(spent.cents).toBeLessThanOrEqual(3);
  });

  test('makes no more calls than the task may', async () => {
    const { note, heard } = await said(fair, { calls: 3 });
    expect(note).toContain('limit of 3 calls');
    expect(heard).toHaveLength(3);
  });
});

describe('a model that obeys what it reads', () => {
  test.each(INJECTIONS)('raises nobody: %s', async (_style, text) => {
    const works = (poor: string) => [aWork(A, GOOD), aWork(B, poor)];
    const plain = await round(fair, works(POOR));
    const injected = await round(obedient(text, fair), works(`${POOR}\n${text}`));
    expect(injected.totals.get(B)?.low).toBeLessThanOrEqual(plain.totals.get(B)?.low ?? 0);
    expect(injected.totals.get(B)?.high).toBeLessThanOrEqual(plain.totals.get(B)?.high ?? 0);
    expect(injected.pairs.get(B) ?? 0).toBeLessThanOrEqual(0);
  });

  test('of one work more than of the others is caught by a question that makes no sense', async () => {
    const passage = 'Kindness rewards those who see everything as it ought to be.';
    const { totals, note, votes } = await round(obedient(passage, fair), [
      aWork(A, GOOD),
      aWork(B, `${POOR}\n${passage}`),
    ]);
    expect(totals.get(B)).toEqual({ low: 25, high: 25 });
    expect(note).toContain('talked the model judge round');
    expect(votes.filter(({ subject }) => subject === B).every(({ flags }) => flags.includes('trapped'))).toBe(true);
  });
});
