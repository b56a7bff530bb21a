import { z } from 'zod';
import { POLICY, type Policy } from './policy.js';

/** Some of the numbers of a policy, to try a decision again with. */
export type PolicyChanges = { readonly [K in keyof Policy]?: Policy[K] extends number ? number : Partial<Policy[K]> };

/** What would divide by nothing, or turn a draw's weight negative. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  prior: [0.01, 1_000],
  keptPrior: [0.01, 1e9],
  spreads: [0, 100],
  leastSpread: [0.0001, 1],
  trendCap: [0.001, 1],
  speedHalfLifeMs: [1, 1e9],
  setbackHalfLifeH: [0.001, 1e6],
  setbackRestH: [0, 1e6],
  least: [0.01, 1_000],
  most: [0.01, 1_000],
  priorBids: [0, 1e6],
  afterFiveSetbacks: [1e-6, 1],
  jitter: [0, 0.99],
  affinityBoost: [0.01, 100],
  provenTries: [0, 1e6],
};
const ANY_SHARE = [0, 1] as const;

/** Built from the policy itself: a number that is added there can be tried here. */
export const PolicyChanges = z
  .strictObject(Object.fromEntries(Object.entries(POLICY).map(([name, value]) => [name, schemaOf(name, value)])))
  .meta({ id: 'TriagePolicyChanges' })
  .describe('What is absent stays as each round had it. Weights are shares: they are scaled so that they sum to 1.');

function schemaOf(name: string, value: unknown): z.ZodType {
  if (typeof value === 'object' && value !== null) {
    const shape = Object.entries(value).map(([key, inner]) => [key, schemaOf(key, inner)]);
    return z.strictObject(Object.fromEntries(shape)).optional();
  }
  const [least, most] = RANGES[name] ?? ANY_SHARE;
  return z.number().min(least).max(most).optional();
}

/** The policy with these changes; its weights sum to 1 again. All weights 0 count as equal. */
export function changedPolicy(policy: Policy, changes: PolicyChanges): Policy {
  const merged = Object.entries(policy).map(([name, value]: [string, unknown]) => {
    const change: unknown = changes[name as keyof Policy];
    const both = isObject(value) && isObject(change) ? { ...value, ...change } : (change ?? value);
    return [name, name === 'weights' && isObject(both) ? scaled(both) : both];
  });
  return { ...policy, ...Object.fromEntries(merged) };
}

function scaled(weights: Record<string, unknown>): Record<string, number> {
  const numbers = Object.entries(weights).map(([name, weight]) => [name, Number(weight)] as const);
  const sum = numbers.reduce((total, [, weight]) => total + weight, 0);
  return Object.fromEntries(numbers.map(([name, weight]) => [name, sum > 0 ? weight / sum : 1 / numbers.length]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The numbers that rounds of today are decided with, for a form that changes some of them. */
export const TODAYS_POLICY: Policy = POLICY;
