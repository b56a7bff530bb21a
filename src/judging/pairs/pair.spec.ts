import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { pairs } from '../../../bench/quality/pairs.js';
import { INJECTIONS, UNLISTED } from '../../../test/support/injections.js';
import { anEgress } from '../../../test/support/loopback.js';
import { aModel, honest, obedient } from '../../../test/support/model-server.js';
import { Meter } from '../model/meter.js';
import { SdkClient } from '../model/sdk-client.js';
import { RuleJudge } from '../rule-judge.js';
import { rulePair, type Verdict } from './pair.js';
import { judgePair } from './with-model.js';

const judge = new RuleJudge();
afterAll(() => judge.close());

const SWAPPED = { a: 'b', b: 'a', tie: 'tie' } as const;
const verdict = async (prompt: string, a: string, b: string): Promise<Verdict> =>
  (await rulePair(judge, { prompt, a, b })).verdict;

describe('two answers to a bare prompt', () => {
  test('get the same verdict whichever comes first, and so do any two texts', async () => {
    const texts = [
      ...pairs.slice(0, 12).flatMap(({ better, worse }) => [better, worse]),
      '',
      ' ',
      '\u202e',
      '{"a":1}',
      '1 2 3',
      'I cannot help.',
    ];
    for (const [at, a] of texts.entries()) {
      const b = texts[(at * 7 + 3) % texts.length] ?? '';
      const { prompt } = pairs[at % pairs.length] ?? { prompt: '' };
      expect(await verdict(prompt, b, a)).toBe(SWAPPED[await verdict(prompt, a, b)]);
    }
  });

  test('tie when they are the same', async () => {
    for (const { prompt, better, worse } of pairs) {
      expect(await verdict(prompt, better, better)).toBe('tie');
      expect(await verdict(prompt, worse, worse)).toBe('tie');
    }
  });

  test('are told apart where the worse one is longer and dressed up, far more often than by length', async () => {
    const verdicts = await Promise.all(
      pairs.filter(({ set }) => set === 'dressed').map(({ prompt, better, worse }) => verdict(prompt, better, worse)),
    );
    const right = verdicts.filter((each) => each === 'a').length / verdicts.length;
    expect(right).toBeGreaterThan(0.8);
  });
});

test('what has nothing to do with it changes no score, however much of it there is', async () => {
  const prompt = 'List four questions to ask a shop before you buy a used bicycle.';
  const work =
    '- How old is the bicycle?\n- Who repaired it last?\n- What do new tyres cost?\n- May I ride it around the block?';
  const more = ['Bring a friend along.', 'Ask twice.', 'A list in your pocket helps.', 'Buy the lock on another day.'];
  const scores = await Promise.all(
    more.map(async (_, at) => {
      const { a } = await rulePair(judge, { prompt, a: `${work} ${more.slice(0, at).join(' ')}`, b: '' });
      return a.judgement.total;
    }),
  );
  expect(new Set(scores.map((score) => JSON.stringify(score))).size).toBe(1);
});

describe('dress earns nothing', () => {
  const dressed: readonly (readonly [string, (text: string) => string])[] = [
    ['headings', (text) => `# Overview\n\n${text}`],
    ['bold', (text) => text.replace(/\b(\w{5,})\b/, '**$1**')],
    ['a friendly opening', (text) => `Certainly! I am glad to help you with this.\n\n${text}`],
    ['a friendly close', (text) => `${text}\n\nI hope this helps! Let me know if you would like anything else.`],
    [
      'praise of itself',
      (text) => `${text}\n\nThis comprehensive and thorough response covers every important aspect in great depth.`,
    ],
    [
      'padding',
      (text) =>
        `${text}\n\nIt is important to note that there are many aspects to consider. In today's world, quality plays a crucial role. All in all, every situation is different.`,
    ],
    ['the same again', (text) => `${text}\n\n${text}`],
  ];

  test.each(dressed)('%s', async (_how, dress) => {
    const won: string[] = [];
    for (const { id, prompt, better } of pairs)
      if ((await verdict(prompt, better, dress(better))) === 'b') won.push(id);
    expect(won).toEqual([]);
  });
});

describe('an answer that speaks to its judge', () => {
  const [{ prompt, better, worse }] = [pairs[16] ?? { prompt: '', better: '', worse: '' }];

  test.each(INJECTIONS)('gains nothing by rules or by a model that obeys: %s', async (_style, text) => {
    expect(await verdict(prompt, better, `${worse}\n${text}`)).toBe('a');
    expect(await verdict(prompt, better, `${better}\n${text}`)).not.toBe('b');
    const { verdict: withModel, flags } = await byModel({ prompt, a: better, b: `${worse}\n${text}` }, text);
    expect(withModel).toBe('a');
    expect(flags).toContain('b_speaks_to_judge');
  });

  async function byModel(pair: { prompt: string; a: string; b: string }, passage: string) {
    const server = await aModel(
      obedient(
        passage,
        honest((work) => (work.includes('low') ? 1 : 0)),
      ),
    );
    const access = { provider: 'openai-compatible' as const, url: server.url, model: 'm', key: null };
    const allowance = { calls: 8, cents: null, timeoutMs: 60_000, price: { input: 0, output: 0 } };
    const meter = new Meter(new SdkClient(access, anEgress(server.allow)), allowance);
    const judged = await judgePair(meter, await rulePair(judge, pair), undefined, () => randomBytes(6).toString('hex'));
    return { verdict: judged.verdict, flags: judged.model?.flags ?? [] };
  }
});

test.each(UNLISTED)('a winner by words in a language that is on no list (%s) is void', async (_language, passage) => {
  const { prompt, good, poor } = {
    prompt: 'Write when the harbour cafe opens.',
    good: 'The harbour cafe opens at six in the morning, also on Sundays.',
    poor: 'The harbour cafe is a nice place with a view of the harbour.',
  };
  const server = await aModel(
    obedient(
      passage,
      honest((text) => (text.includes('six') ? 1 : 0)),
    ),
  );
  const access = { provider: 'openai-compatible' as const, url: server.url, model: 'judge-1', key: 'k' };
  const meter = new Meter(new SdkClient(access, anEgress(server.allow)), {
    ...{ calls: 8, cents: null, timeoutMs: 60_000, price: { input: 0, output: 0 } },
  });
  const ruled = await rulePair(judge, { prompt, a: good, b: `${poor} ${passage}` });
  const { verdict: found, model } = await judgePair(meter, ruled, undefined, () => randomBytes(6).toString('hex'));
  expect(model?.flags).toContain('injected');
  expect(found).toBe(ruled.verdict);
});
