// A market of made-up buyers and bidders, some of them malicious, on the product's own triage, judging and pages. See docs/market.md.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attackNamed } from './attacks.ts';
import { ALL_ATTACKS, compareAttacks, comparePolicies } from './compare.ts';
import { drawings } from './drawings.ts';
import { CachedJudge } from './judge.ts';
import { builtIn, type MarketPolicy, parsePolicy } from './policies.ts';
import { runCommand, Unusable, wholeNumber } from './product.ts';
import { type Result, report } from './report.ts';
import { honestWorld, mixedWorld } from './world.ts';

const USAGE =
  'npm run -s bench:market -- [--policy NAME=key:value,...]... [--attack NAME|none]... [--seeds 4] [--tasks 160] [--honest 42] [--plot DIR] [--json]';
/** An attack by itself is compared in so many markets at most. */
const ATTACK_SEEDS = 3;

await runCommand(USAGE, async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      policy: { type: 'string', multiple: true, default: [] },
      attack: { type: 'string', multiple: true, default: [] },
      seeds: { type: 'string', default: '4' },
      tasks: { type: 'string', default: '160' },
      honest: { type: 'string', default: '42' },
      plot: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const policies = usable(() => (values.policy.length > 0 ? values.policy.map(parsePolicy) : builtIn()));
  const attacks = values.attack.length === 0 ? ALL_ATTACKS : values.attack.filter((name) => name !== 'none');
  usable(() => attacks.map(attackNamed));
  const tasks = wholeNumber('--tasks', values.tasks, 20, 100_000);
  const honest = wholeNumber('--honest', values.honest, 6, 10_000);
  const seeds = wholeNumber('--seeds', values.seeds, 1, 1_000);
  const result = await results(policies, attacks, seeds, { tasks, honest });
  if (values.plot !== undefined) await plot(values.plot, result);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : report(result));
});

async function results(
  policies: readonly MarketPolicy[],
  attacks: readonly string[],
  seeds: number,
  market: Result['sizes']['market'],
): Promise<Result> {
  const sizes = { seeds, market, attacked: market, attackSeeds: Math.min(seeds, ATTACK_SEEDS) };
  const [first = parsePolicy('product')] = policies;
  const startedAt = performance.now();
  const say = (said: string) =>
    console.error(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${said}`);
  const judge = new CachedJudge();
  try {
    const honest = await comparePolicies(policies, honestWorld, sizes, judge, (said) => say(`honest ${said}`));
    const attacked = await comparePolicies(policies, mixedWorld, sizes, judge, (said) => say(`attacked ${said}`));
    const found = await compareAttacks(attacks, first, sizes, judge, say);
    say('done');
    return { sizes, judged: judge.judged, honest, attacked, attacks: found };
  } finally {
    await judge.close();
  }
}

async function plot(folder: string, result: Result): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, drawing] of drawings(result)) await writeFile(join(folder, name), drawing);
}

/** @throws Unusable with what the names of policies and attacks are refused for */
function usable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Unusable(error instanceof Error ? error.message : 'unreadable');
  }
}
