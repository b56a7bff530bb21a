// What a run shows: of buyers, of bidders, and of those who attack.
import { type Agent, GOOD_SKILL } from './agents.ts';
import type { Round } from './bids.ts';
import { gini } from './product.ts';
import { drawn, qualityOf } from './work.ts';
import type { MarketTask, World } from './world.ts';

/** A newcomer's first chances: so many tasks that it could have been called for. */
const EARLY = 24;
/** Fewer chances than this say nothing of an agent. */
const LEAST_CHANCES = 12;

export interface Marks {
  /** What buyers got for their money, of what the luckiest choice of everybody would have given. */
  readonly welfare: number;
  /** The best bid of each round, of the best that the agents with most skill would have sent. */
  readonly best_choice: number;
  /** True quality of what was picked as a prototype, of the best bid that came. */
  readonly picked_best: number;
  /** Honest newcomers that were called at least twice in their first 24 chances. */
  readonly newcomers_tried: number;
  /** Good newcomers that in the second half of their chances are called at least as often as if all were alike. */
  readonly newcomers_thrive: number;
  /** How often good newcomers were called for each of those chances, of how often good agents were that came first. */
  readonly newcomers_parity: number;
  /** Of how often honest agents were called for each chance: 0 is all alike. */
  readonly gini: number;
  /** Honest agents that were never called. */
  readonly never_tried: number;
  /** Calls that brought nothing: late and failed. */
  readonly lost_calls: number;
  /** Tasks whose buyer picked nothing. */
  readonly no_pick: number;
  /** What attackers had of all calls, of all picks, and of all credits paid out. */
  readonly bad_calls: number;
  readonly bad_picks: number;
  readonly bad_credits: number;
}

/** Of one kind of attack. */
export interface Gain {
  readonly calls: number;
  /** As many as its persons would have had, had each person who could be called been as likely. */
  readonly fair_calls: number;
  readonly picks: number;
  /** Received, after the fee. */
  readonly credits: number;
}

export function marks(world: World, all: readonly Round[], places: number): Marks {
  const rounds = all.filter(({ task }) => task.star === null);
  const picks = rounds.flatMap(({ pick }) => pick ?? []);
  const calls = rounds.flatMap(({ called }) => called);
  const withPick = rounds.filter(({ pick }) => pick !== null);
  const honest = world.agents.filter(({ isHonest }) => isHonest);
  const exposed = honest.map((agent) => chancesOf(agent, rounds)).filter((own) => own.length >= LEAST_CHANCES);
  return {
    welfare: sum(rounds, ({ surplus }) => surplus) / sum(rounds, ({ bestSurplus }) => bestSurplus),
    best_choice: sum(rounds, ({ bestBid }) => bestBid) / sum(rounds, (round) => bestInHindsight(world, round, places)),
    picked_best: sum(withPick, ({ pick }) => pick?.promised ?? 0) / sum(withPick, ({ bestBid }) => bestBid),
    ...newcomers(honest, rounds),
    gini: gini(exposed.map((own) => share(own, Boolean))),
    never_tried: exposed.filter((own) => !own.some(Boolean)).length,
    lost_calls: sum(rounds, ({ lost }) => lost) / calls.length,
    no_pick: share(rounds, ({ pick }) => pick === null),
    bad_calls: share(calls, ({ isHonest }) => !isHonest),
    bad_picks: share(picks, ({ agent }) => !agent.isHonest),
    bad_credits: sum(picks, ({ agent, earned }) => (agent.isHonest ? 0 : earned)) / sum(picks, ({ earned }) => earned),
  };
}

/** What the attackers of each kind had. */
export function gains(all: readonly Round[]): Map<string, Gain> {
  const rounds = all.filter(({ task }) => task.star === null);
  const bad = rounds.flatMap(({ able }) => able).filter(({ isHonest }) => !isHonest);
  return new Map([...new Set(bad.map(({ kind }) => kind))].map((kind) => [kind, gainOf(kind, rounds)]));
}

function gainOf(kind: string, rounds: readonly Round[]): Gain {
  const own = rounds.flatMap(({ pick }) => (pick && pick.agent.kind === kind ? [pick] : []));
  return {
    calls: sum(rounds, ({ called }) => called.filter((agent) => agent.kind === kind).length),
    fair_calls: sum(rounds, ({ able, called }) => {
      const persons = new Set(able.map(({ person }) => person)).size;
      const its = new Set(able.filter((agent) => agent.kind === kind).map(({ person }) => person)).size;
      return persons === 0 ? 0 : (its / persons) * Math.min(called.length, persons);
    }),
    picks: own.length,
    credits: sum(own, ({ earned }) => earned),
  };
}

/** The best answer of those who have most skill for the task, so many of them: what knowing all about agents, and nothing of luck, gives. */
function bestInHindsight({ seed }: World, { task, able }: Round, places: number): number {
  const most = able
    .toSorted((a, b) => skillFor(b, task) - skillFor(a, task) || (a.id < b.id ? -1 : 1))
    .slice(0, places);
  return Math.max(
    0,
    ...most.map((agent) =>
      qualityOf(task.job, drawn(seed, agent.luck ?? agent.id, task.id, task.job, skillFor(agent, task))),
    ),
  );
}

function skillFor({ skill, deliverySkill }: Agent, { job }: MarketTask): number {
  return deliverySkill ?? skill[job.taskType] ?? 0;
}

type Newcomers = Pick<Marks, 'newcomers_tried' | 'newcomers_thrive' | 'newcomers_parity'>;

function newcomers(honest: readonly Agent[], rounds: readonly Round[]): Newcomers {
  const known = honest
    .map((agent) => ({ agent, chances: rounds.filter(({ able }) => able.includes(agent)) }))
    .filter(({ chances }) => chances.length >= LEAST_CHANCES)
    .map(({ agent, chances }) => ({
      agent,
      early: chances.slice(0, EARLY),
      later: chances.slice(Math.floor(chances.length / 2)),
    }));
  const good = known.filter(({ agent }) => Math.max(...Object.values(agent.skill)) >= GOOD_SKILL);
  const rate = ({ agent, later }: (typeof known)[number]) => share(later, ({ called }) => called.includes(agent));
  const fair = ({ later }: (typeof known)[number]) => mean(later, ({ called, able }) => called.length / able.length);
  const [news, olds] = [good.filter(isNew), good.filter((one) => !isNew(one))];
  return {
    newcomers_tried: share(
      known.filter(isNew),
      ({ agent, early }) => early.filter(({ called }) => called.includes(agent)).length >= 2,
    ),
    newcomers_thrive: share(news, (one) => rate(one) >= fair(one)),
    newcomers_parity: mean(news, rate) / mean(olds, rate),
  };
}

function isNew({ agent }: { readonly agent: Agent }): boolean {
  return agent.joinsAt > 0;
}

/** For each task that the agent could have been called for: whether it was. */
function chancesOf(agent: Agent, rounds: readonly Round[]): boolean[] {
  return rounds.filter(({ able }) => able.includes(agent)).map(({ called }) => called.includes(agent));
}

function share<T>(values: readonly T[], holds: (value: T) => boolean): number {
  return values.length === 0 ? Number.NaN : values.filter(holds).length / values.length;
}

function mean<T>(values: readonly T[], of: (value: T) => number): number {
  return sum(values, of) / values.length;
}

export function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

/** The mean over seeds, and half the width of its 95 % interval by Student's t. Seeds that say nothing are left out. */
export interface Estimate {
  readonly mean: number;
  readonly half: number;
}

const T95 = [0, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26];

export function estimate(given: readonly number[]): Estimate {
  const values = given.filter((value) => !Number.isNaN(value));
  if (values.length === 0) return { mean: Number.NaN, half: Number.NaN };
  const middle = mean(values, (value) => value);
  if (values.length === 1) return { mean: middle, half: Number.NaN };
  const variance = sum(values, (value) => (value - middle) ** 2) / (values.length - 1);
  return { mean: middle, half: (T95[values.length - 1] ?? 1.96) * Math.sqrt(variance / values.length) };
}
