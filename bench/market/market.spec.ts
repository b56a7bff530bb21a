import { afterAll, describe, expect, test } from 'vitest';
import { ATTACKS } from './attacks.ts';
import { type AttackResult, compareAttacks, comparePolicies, type Sizes } from './compare.ts';
import { drawings } from './drawings.ts';
import { CachedJudge } from './judge.ts';
import { estimate } from './marks.ts';
import { parsePolicy, policyOf } from './policies.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { JOBS, qualityOf } from './work.ts';
import { attackedWorld, honestWorld, mixedWorld } from './world.ts';

const SIZE = { tasks: 40, honest: 18 };
const SIZES: Sizes = { seeds: 1, market: SIZE, attacked: SIZE, attackSeeds: 1 };
const PRODUCT = parsePolicy('product');
const judge = new CachedJudge();
const quiet = () => undefined;

afterAll(() => judge.close());

describe('an answer', () => {
  test('is worth 1 with nothing wrong and 0 with everything wrong', () => {
    for (const job of JOBS) {
      expect(qualityOf(job, 0)).toBe(1);
      expect(qualityOf(job, 2 ** job.parts.length - 1)).toBeCloseTo(0, 9);
    }
  });

  test('is judged lower for what rules can see, and the same for what they can not', async () => {
    for (const job of JOBS) {
      const perfect = await judge.verdict('rules', job, 0, 0, 'plain');
      expect(perfect.high).toBeGreaterThan(90);
      for (const [at, { seen }] of job.parts.entries()) {
        const { high } = await judge.verdict('rules', job, 0, 1 << at, 'plain');
        if (seen) expect(high).toBeLessThan(perfect.high - 4);
        else expect(high).toBeCloseTo(perfect.high, 0);
      }
    }
  });
});

describe('a market', () => {
  test('is the same for the same seed, and another for another', async () => {
    const said = async (seed: string) => {
      const rounds = await run(mixedWorld(seed, SIZE), PRODUCT, judge);
      return JSON.stringify(rounds.map(({ task, called, pick }) => [task.id, called.map(({ id }) => id), pick]));
    };
    expect(await said('a')).toBe(await said('a'));
    expect(await said('a')).not.toBe(await said('b'));
  });

  test('gives agents the same answers under every policy', async () => {
    const world = honestWorld('a', SIZE);
    const [one, other] = [policyOf('one', 'slow:asked'), policyOf('other', 'slow:asked,choose:random')];
    const best = async (policy: typeof one) => (await run(world, policy, judge)).map(({ bestSurplus }) => bestSurplus);
    expect(await best(one)).toEqual(await best(other));
  });

  test('lets buyers fare well under the product, better than by chance, and tries every newcomer', async () => {
    const policies = [PRODUCT, parsePolicy('random')];
    const sizes = { ...SIZES, seeds: 2, market: { tasks: 100, honest: 30 } };
    const [product, random] = await comparePolicies(policies, honestWorld, sizes, judge, quiet);
    expect(product?.marks.welfare.mean).toBeGreaterThan(0.85);
    expect(product?.marks.best_choice.mean).toBeGreaterThan((random?.marks.best_choice.mean ?? 1) - 0.01);
    expect(product?.marks.newcomers_tried.mean).toBeGreaterThan(0.85);
    expect(product?.marks.never_tried.mean).toBe(0);
  });

  test('drops an account after its calls, and another of the same person comes', async () => {
    const rounds = await run(attackedWorld('a', SIZE, 'newcomer-farm', false), PRODUCT, judge);
    const calls = Map.groupBy(
      rounds.flatMap(({ called }) => called).filter(({ kind }) => kind === 'newcomer-farm'),
      ({ id }) => id,
    );
    expect(Math.max(...[...calls.values()].map((own) => own.length))).toBeLessThanOrEqual(4);
    expect(calls.size).toBeGreaterThan(8);
  });
});

describe('attackers', () => {
  const against = async (name: string): Promise<AttackResult> => {
    const [found] = await compareAttacks([name], PRODUCT, SIZES, judge, quiet);
    if (!found) throw new Error('nothing was compared');
    return found;
  };

  test.each(['stuffing', 'injection', 'padding', 'dumper'])('gain nothing to speak of by %s', async (name) => {
    const { attacked, twin } = await against(name);
    expect(attacked.calls.mean).toBeLessThan(twin.calls.mean + 5);
    expect(attacked.credits.mean).toBeLessThan(twin.credits.mean + 100);
    expect(attacked.welfare.mean).toBeGreaterThan(twin.welfare.mean - 0.05);
  });

  test.each(['slow', 'failing'])('are called less when they are %s', async (name) => {
    const { attacked, twin } = await against(name);
    expect(attacked.calls.mean).toBeLessThan(twin.calls.mean + 2);
  });

  test('would gain by talking to a naive judge', async () => {
    const { attacked, undefended } = await against('injection');
    expect(undefended?.credits.mean).toBeGreaterThan(attacked.credits.mean + 50);
  });
});

describe('policies', () => {
  test('are made of names and numbers, and what is wrong is said', () => {
    expect(policyOf('mine', 'experimentation:0.1,weights.record:1,texts:none')).toMatchObject({
      name: 'mine',
      experimentation: 0.1,
      texts: 'none',
    });
    expect(parsePolicy('mine=prior:5').triage.prior).toBe(5);
    expect(() => parsePolicy('unheard-of')).toThrow(/no-exploration/);
    expect(() => parsePolicy('mine=unheard:1')).toThrow(/unheard/);
    expect(() => parsePolicy('mine=prior:many')).toThrow(/number/);
    expect(() => parsePolicy('mine=texts:french')).toThrow(/bm25/);
  });
});

describe('the report', () => {
  test('shows every policy and attack, and its drawings are valid SVG', async () => {
    const policies = [PRODUCT, parsePolicy('random')];
    const attacked = await comparePolicies(policies, mixedWorld, SIZES, judge, quiet);
    const attacks = await compareAttacks(['stuffing', 'dumper'], PRODUCT, SIZES, judge, quiet);
    const result = { sizes: SIZES, judged: judge.judged, honest: attacked, attacked, attacks };
    for (const word of ['product', 'random', 'stuffing', 'dumper', 'welfare']) expect(report(result)).toContain(word);
    const files = drawings(result);
    expect([...files.keys()]).toContain('attack-credits.svg');
    for (const [name, drawing] of files) expect(await isValidSvg(name, drawing)).toBe(true);
  });

  test('knows how sure a mean is', () => {
    expect(estimate([1, 1, 1])).toEqual({ mean: 1, half: 0 });
    expect(estimate([0, 2]).half).toBeCloseTo(12.71, 2);
    expect(estimate([Number.NaN, 4]).mean).toBe(4);
  });
});

test('every attack has a twin that is as skilled and has one account', () => {
  for (const name of Object.keys(ATTACKS)) {
    const twins = attackedWorld('a', SIZE, name, true).agents.filter(({ isHonest }) => !isHonest);
    expect(new Set(twins.map(({ person }) => person)).size).toBe(2);
    expect(twins).toHaveLength(2);
  }
});

/** By the parser that checks bidders' drawings. */
async function isValidSvg(name: string, drawing: string): Promise<boolean> {
  const { parseSvg } = await import('../../src/judging/svg.js');
  const parsed = parseSvg(drawing);
  return name.endsWith('.svg') && parsed.kind === 'ok' && !/NaN|undefined|Infinity/.test(drawing);
}
