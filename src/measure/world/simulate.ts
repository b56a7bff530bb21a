import { random } from '../../platform/random.js';
import { decided } from '../../triage/decide.js';
import type { Candidate } from '../../triage/decision.js';
import { LEARNING, type Learning, learned, type Memory, NOTHING, summary } from '../../triage/learning.js';
import { POLICY, type Policy } from '../../triage/policy.js';
import { REMEMBERED } from '../../triage/standing.js';
import { fits, type RecordedWorld } from './recorded.js';

export interface Terms {
  /** How many agents are called in a round. */
  readonly places: number;
  readonly experimentation: number;
  readonly seed: string;
  readonly policy?: Policy;
  readonly learning?: Learning;
}

/** One step: whom the policy called for a task, and what the buyer got. */
export interface Step {
  /** Positions in the world's lists. */
  readonly task: number;
  readonly called: readonly number[];
  /** The best of their scores, 0-1000; 0 if none answered. */
  readonly got: number;
}

export interface Run {
  /** Tasks in the order they came. */
  readonly steps: readonly Step[];
  /** By agent: before which step it joined. */
  readonly joined: readonly number[];
}

interface Record {
  readonly called: Map<string, number>;
  calledAnywhere: number;
  readonly here: Map<string, Memory>;
  all: Memory;
  readonly recent: Map<string, number[]>;
  readonly presented: Map<string, number>;
  readonly picked: Map<string, number>;
}

/**
 * Plays the world through the real policy: tasks come in an order shuffled by the seed, a third of the agents join half way, each step the
 * policy calls so many, sees their scores and nothing else, and the buyer takes the best.
 */
export function simulate(world: RecordedWorld, terms: Terms): Run {
  const order = shuffled([...world.tasks.keys()], terms.seed, 'tasks');
  const joined = joining(world, terms.seed);
  const records = world.agents.map(nothingKnown);
  const steps = order.map((task, step): Step => {
    const present = [...world.agents.keys()].filter((agent) => (joined[agent] ?? 0) <= step);
    const called = call(world, records, present, task, step, terms);
    return { task, called, got: learn(world, records, called, task, terms.learning ?? LEARNING) };
  });
  return { steps, joined };
}

/** A third of the agents, drawn by the seed, come when half of the tasks are done. */
function joining(world: RecordedWorld, seed: string): number[] {
  const half = Math.floor(world.tasks.length / 2);
  const late = new Set(
    shuffled([...world.agents.keys()], seed, 'newcomers').slice(0, Math.floor(world.agents.length / 3)),
  );
  return world.agents.map((_, agent) => (late.has(agent) ? half : 0));
}

function call(
  world: RecordedWorld,
  records: readonly Record[],
  present: readonly number[],
  task: number,
  step: number,
  { places, experimentation, seed, policy = POLICY }: Terms,
): number[] {
  const category = world.tasks[task]?.category ?? '';
  const candidates = present.flatMap((position) => {
    const [agent, record] = [world.agents[position], records[position]];
    return agent && record && fits(agent, category) ? [candidate(position, record, category)] : [];
  });
  const decision = decided({
    id: '',
    at: NOW,
    request: {
      taskId: `${task}`,
      round: 1,
      buyerId: 'buyer',
      category,
      taskType: category,
      budget: 1,
      places,
      experimentation,
      seed: `${seed}-${step}`,
    },
    policy,
    candidates,
    leftOut: { counts: {}, complete: true },
  });
  const called = decision.chosen.map(({ agentId }) => Number(agentId));
  for (const position of called) {
    const record = records[position];
    if (!record) continue;
    add(record.called, category, 1);
    record.calledAnywhere += 1;
  }
  return called;
}

const NOW = '2026-01-01T00:00:00.000Z';
const QUICK_MS = 1_000;

function candidate(position: number, record: Record, category: string): Candidate {
  const recent = record.recent.get(category) ?? [];
  return {
    agentId: `${position}`,
    operatorId: `${position}`,
    name: '',
    version: 1,
    minPrice: 1,
    beta: false,
    health: 'healthy',
    exactType: true,
    specialist: false,
    tries: record.called.get(category) ?? 0,
    triesAnywhere: record.calledAnywhere,
    record: {
      recent,
      recentMs: recent.map(() => QUICK_MS),
      presented: record.presented.get(category) ?? 0,
      picked: record.picked.get(category) ?? 0,
      setbacks: 0,
      setbackAt: null,
      here: summary(record.here.get(category) ?? NOTHING),
      all: summary(record.all),
    },
  };
}

/** Judges the bids, lets the buyer take the best, and puts both on the records as the product does. */
function learn(
  { tasks, scores }: RecordedWorld,
  records: readonly Record[],
  called: readonly number[],
  task: number,
  learning: Learning,
): number {
  const category = tasks[task]?.category ?? '';
  const bids = called.flatMap((position) => {
    const [record, score] = [records[position], scores[position]?.[task]];
    return record && score !== null && score !== undefined ? [{ record, score }] : [];
  });
  const round = bids.map(({ record, score }) => ({
    score: score / 10,
    version: 1,
    here: record.here.get(category) ?? NOTHING,
    all: record.all,
  }));
  for (const [index, { relative, here, all }] of learned(round, learning).entries()) {
    const record = bids[index]?.record;
    if (!record) continue;
    record.here.set(category, here);
    record.all = all;
    record.recent.set(category, [relative * 100, ...(record.recent.get(category) ?? [])].slice(0, REMEMBERED));
    add(record.presented, category, 1);
  }
  const best = bids.reduce<(typeof bids)[number] | null>(
    (top, bid) => (top && top.score >= bid.score ? top : bid),
    null,
  );
  if (best) add(best.record.picked, category, 1);
  return best?.score ?? 0;
}

function nothingKnown(): Record {
  return {
    called: new Map(),
    calledAnywhere: 0,
    here: new Map(),
    all: NOTHING,
    recent: new Map(),
    presented: new Map(),
    picked: new Map(),
  };
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function shuffled<T>(values: readonly T[], seed: string, label: string): T[] {
  const next = random(seed, label);
  return values
    .map((value) => ({ value, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
