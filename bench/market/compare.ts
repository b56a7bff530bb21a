// Runs over seeds: policies in one and the same market, and each attack with its honest twin.
import { ATTACKS, attackNamed } from './attacks.ts';
import type { Round } from './bids.ts';
import type { CachedJudge } from './judge.ts';
import { type Estimate, estimate, type Gain, gains, type Marks, marks, sum } from './marks.ts';
import { type MarketPolicy, policyOf } from './policies.ts';
import { run } from './run.ts';
import { attackedWorld, type Size, type World } from './world.ts';

export interface Sizes {
  readonly seeds: number;
  readonly market: Size;
  readonly attacked: Size;
  readonly attackSeeds: number;
}

export type Progress = (said: string) => void;

export interface PolicyResult {
  readonly policy: string;
  readonly marks: Readonly<Record<keyof Marks, Estimate>>;
  /** By how much its welfare differs from that of the first policy, market by market. */
  readonly more_welfare: Estimate;
  readonly gains: Readonly<Record<string, Readonly<Record<keyof Gain, Estimate>>>>;
  /** Welfare by tenth of the tasks. */
  readonly course: readonly Estimate[];
}

/** Every policy meets the same buyers, bidders and answers. */
export async function comparePolicies(
  policies: readonly MarketPolicy[],
  worldOf: (seed: string, size: Size) => World,
  { seeds, market }: Sizes,
  judge: CachedJudge,
  say: Progress,
): Promise<PolicyResult[]> {
  const found = policies.map(() => ({
    marks: [] as Marks[],
    gains: [] as Map<string, Gain>[],
    course: [] as number[][],
  }));
  for (let seed = 1; seed <= seeds; seed++) {
    const world = worldOf(`market ${seed}`, market);
    for (const [at, policy] of policies.entries()) {
      say(`market ${seed} of ${seeds}: ${policy.name}`);
      const rounds = await run(world, policy, judge);
      found[at]?.marks.push(marks(world, rounds, policy.places));
      found[at]?.gains.push(gains(rounds));
      found[at]?.course.push(courseOf(rounds));
    }
  }
  return policies.map(({ name }, at) => {
    const { marks: seen = [], gains: had = [], course = [] } = found[at] ?? {};
    const kinds = [...new Set(had.flatMap((one) => [...one.keys()]))];
    return {
      policy: name,
      marks: estimates(seen),
      more_welfare: estimate(seen.map(({ welfare }, seed) => welfare - (found[0]?.marks[seed]?.welfare ?? Number.NaN))),
      gains: Object.fromEntries(kinds.map((kind) => [kind, estimates(had.flatMap((one) => one.get(kind) ?? []))])),
      course: Array.from({ length: TENTHS }, (_, tenth) => estimate(course.map((one) => one[tenth] ?? Number.NaN))),
    };
  });
}

const TENTHS = 10;

function courseOf(all: readonly Round[]): number[] {
  const rounds = all.filter(({ task }) => task.star === null);
  return Array.from({ length: TENTHS }, (_, tenth) => {
    const part = rounds.slice((tenth * rounds.length) / TENTHS, ((tenth + 1) * rounds.length) / TENTHS);
    return sum(part, ({ surplus }) => surplus) / sum(part, ({ bestSurplus }) => bestSurplus);
  });
}

/** One kind of attack by two persons, in a market that is honest but for them. Everything is for each person and 100 tasks. */
export interface AttackResult {
  readonly attack: string;
  readonly about: string;
  /** The same persons without the trick. */
  readonly twin: AttackMarks;
  readonly attacked: AttackMarks;
  /** With the product's measure against it switched off; null: it has none. */
  readonly undefended: AttackMarks | null;
  readonly undefendedBy: string | null;
}

export interface AttackMarks {
  readonly calls: Estimate;
  readonly picks: Estimate;
  readonly credits: Estimate;
  readonly welfare: Estimate;
}

const PERSONS = 2;

export async function compareAttacks(
  names: readonly string[],
  policy: MarketPolicy,
  sizes: Sizes,
  judge: CachedJudge,
  say: Progress,
): Promise<AttackResult[]> {
  const results: AttackResult[] = [];
  for (const [at, name] of names.entries()) {
    say(`attack ${at + 1} of ${names.length}: ${name}`);
    const { about, undefended } = attackNamed(name);
    results.push({
      attack: name,
      about,
      twin: await attackMarks(name, true, policy, sizes, judge),
      attacked: await attackMarks(name, false, policy, sizes, judge),
      undefended: undefended ? await attackMarks(name, false, policyOf('undefended', undefended), sizes, judge) : null,
      undefendedBy: undefended ?? null,
    });
  }
  return results;
}

export const ALL_ATTACKS = Object.keys(ATTACKS);

async function attackMarks(
  name: string,
  twin: boolean,
  policy: MarketPolicy,
  { attackSeeds, attacked }: Sizes,
  judge: CachedJudge,
): Promise<AttackMarks> {
  const found: Readonly<Record<'calls' | 'picks' | 'credits' | 'welfare', number>>[] = [];
  for (let seed = 1; seed <= attackSeeds; seed++) {
    const world = attackedWorld(`attack ${seed}`, attacked, name, twin);
    const rounds = await run(world, policy, judge);
    const { calls = 0, picks = 0, credits = 0 } = gains(rounds).get(name) ?? {};
    const per = PERSONS * (attacked.tasks / 100);
    const { welfare } = marks(world, rounds, policy.places);
    found.push({ calls: calls / per, picks: picks / per, credits: credits / per, welfare });
  }
  return estimates(found);
}

function estimates<K extends string>(all: readonly Readonly<Record<K, number>>[]): Record<K, Estimate> {
  const [first] = all;
  const keys = first ? (Object.keys(first) as K[]) : [];
  const entries = keys.map((key) => [key, estimate(all.map((one) => one[key]))] as const);
  return Object.fromEntries(entries) as Record<K, Estimate>;
}
