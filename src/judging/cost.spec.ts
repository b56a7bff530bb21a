import { describe, expect, test } from 'vitest';
import { checkedUsage, LIST_PRICES, priceOf, pricesWith } from './cost.js';

const usage = (more: object = {}) => ({
  model: 'gpt-4o',
  input_tokens: 2_000,
  output_tokens: 1_000,
  cost: 0.015,
  ...more,
});

describe('reported usage', () => {
  test('that fits the output and the price list is plausible', () => {
    expect(checkedUsage(usage(), 4_000)).toEqual({
      status: 'plausible',
      reason: 'the list price of these tokens is $0.015',
    });
  });

  test('may be far cheaper than the list, by caches, and somewhat dearer, by resellers', () => {
    expect(checkedUsage(usage({ cost: 0.003 }), 4_000).status).toBe('plausible');
    expect(checkedUsage(usage({ cost: 0.03 }), 4_000).status).toBe('plausible');
  });

  test.each([
    [
      { output_tokens: 100 },
      '4000 bytes of text take at least 400 tokens, and 100 are claimed; a program may have made part of it',
    ],
    [{ output_tokens: 9e9 }, 'no answer takes 9000000000 tokens'],
    [{ cost: 0 }, '$0.0 is less than a tenth of the list price, $0.015'],
    [{ cost: 40 }, '$40 is more than three times the list price, $0.015'],
  ])('of %j can not be', (more, reason) => {
    expect(checkedUsage(usage(more), 4_000)).toEqual({ status: 'implausible', reason });
  });

  test.each([
    [{ model: 'our-own-model', cost: 7 }, 'no price is known of our-own-model'],
    [{ cost: 7 }, 'no model is named'],
    [{ model: 'gpt-4o', cost: 7 }, 'without both numbers of tokens the cost has nothing to be held against'],
    [{}, 'it holds no numbers that could be checked'],
    [{ model: 'gpt-4o' }, 'it holds no numbers that could be checked'],
  ])('of %j is a claim', (claim, reason) => {
    expect(checkedUsage(claim, 4_000)).toEqual({ status: 'claimed', reason });
  });

  test('of tokens alone is held against the output', () => {
    expect(checkedUsage({ output_tokens: 1_000 }, 4_000).status).toBe('plausible');
    expect(checkedUsage({ output_tokens: 1 }, 4_000).status).toBe('implausible');
    expect(checkedUsage({ output_tokens: 1 }, 5).status).toBe('plausible');
  });

  test('follows the prices that it is given', () => {
    const own = pricesWith('our-own-model=1/1, gpt-4o=0.1/0.5');
    expect(priceOf('gpt-4o', own)).toEqual({ input: 0.1, output: 0.5 });
    expect(checkedUsage(usage({ model: 'our-own-model', cost: 0.003 }), 4_000, own).status).toBe('plausible');
  });
});

test.each([
  ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
  ['openai/gpt-4o', 'gpt-4o'],
  ['anthropic/claude-sonnet-4-20250514', 'claude-sonnet-4'],
  ['Claude-Opus-4-5', 'claude-opus-4-5'],
  ['deepseek-chat:free', 'deepseek-chat'],
  ['gpt-4.5', null],
  ['', null],
])('the price of %j is that of %j', (model, known) => {
  expect(priceOf(model, LIST_PRICES)).toEqual(known === null ? null : LIST_PRICES.get(known));
});
