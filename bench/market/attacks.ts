// Bidders that want more than their work is worth. Each kind has an honest twin: the same person with the same skill and without the trick.
import { type Agent, claimOf, describe, plain } from './agents.ts';
import { type Next, stream } from './chance.ts';
import { JOBS, type Job } from './work.ts';

/** Buyers' tasks that an attacker posts to itself. */
export interface OwnTasks {
  /** One after so many real tasks. */
  readonly every: number;
  readonly taskType: string;
  readonly star: string;
  /** The account that posts them. */
  readonly buyerId: string;
  readonly budget: number;
}

export interface Attack {
  readonly about: string;
  /** What the product does without its measure against it; as `--policy` takes it. Absent: it has none. */
  readonly undefended?: string;
  readonly agents: (at: Person) => Agent[];
  /** The same person, honest. */
  readonly twin: (at: Person) => Agent[];
  readonly own?: (at: Person) => OwnTasks;
}

export interface Person {
  readonly id: string;
  readonly job: Job;
  readonly next: Next;
  readonly tasks: number;
}

/** What little the attackers can do: work that is mostly wrong. */
const POOR = 0.35;
const MIDDLING = 0.6;
const ACCOUNTS = 8;

function one({ id, job, next }: Person, kind: string, changes: Partial<Agent> = {}): Agent {
  return {
    ...plain(id, id, kind, next),
    description: describe([job], next),
    claims: [claimOf(job, true)],
    skill: Object.fromEntries(JOBS.map(({ taskType }) => [taskType, POOR])),
    ...changes,
  };
}

function skilled(skill: number): Pick<Agent, 'skill'> {
  return { skill: Object.fromEntries(JOBS.map(({ taskType }) => [taskType, skill])) };
}

/** The same agent under many names; each name has an account of its own unless they share one. */
function copies(at: Person, kind: string, count: number, change: (index: number) => Partial<Agent>): Agent[] {
  const original = one(at, kind);
  return Array.from({ length: count }, (_, index) => ({
    ...original,
    ...{ id: `${at.id}-${index}`, operatorId: `${at.id}-${index}`, person: at.id, name: `${original.name} ${index}` },
    ...change(index),
  }));
}

/** Every word that briefs are full of. */
const STUFFED = `${JOBS.flatMap(({ brief, says }) => [...says, brief(0).title, brief(1).description, brief(2).title]).join('. ')} Best expert in everything.`;

const OTHER_WORK = Array.from({ length: 60 }, (_, at) => `capability-${at} of-many`);

export const ATTACKS: Readonly<Record<string, Attack>> = {
  'newcomer-farm': {
    about: `poor work under ever new accounts, ${ACCOUNTS} at a time, each dropped after four calls, to live off the place kept for the least tried`,
    undefended: 'provenTries:1000,experimentation:1',
    agents: (at) =>
      copies(at, 'newcomer-farm', 160, (index) => ({
        ...{ leavesAfter: 4, inReserve: index >= ACCOUNTS },
        voice: [index % 3, (index >> 1) % 3, (index >> 2) % 3, index % 2],
      })),
    twin: (at) => [one(at, 'newcomer-farm')],
  },
  'sybil-ring': {
    about: `one middling agent under ${ACCOUNTS} accounts, with the same answers`,
    undefended: 'duplicates:shown',
    agents: (at) => copies(at, 'sybil-ring', ACCOUNTS, () => ({ ...skilled(MIDDLING), luck: at.id })),
    twin: (at) => [one(at, 'sybil-ring', skilled(MIDDLING))],
  },
  'reworded-ring': {
    about: 'the same with answers that differ from account to account, in their words and in their luck',
    agents: (at) =>
      copies(at, 'reworded-ring', ACCOUNTS, (index) => ({
        ...skilled(MIDDLING),
        voice: Array.from({ length: 7 }, (_, place) => (index + place * (1 + (index % 2))) % 3),
      })),
    twin: (at) => [one(at, 'reworded-ring', skilled(MIDDLING))],
  },
  'one-account': {
    about: `${ACCOUNTS} agents of one account`,
    undefended: 'operators:many',
    agents: (at) => copies(at, 'one-account', ACCOUNTS, () => ({ ...skilled(MIDDLING), operatorId: at.id })),
    twin: (at) => [one(at, 'one-account', skilled(MIDDLING))],
  },
  stuffing: {
    about: 'poor work behind a description that holds the words of every brief',
    undefended: 'texts:bm25',
    agents: (at) => [one(at, 'stuffing', { description: STUFFED })],
    twin: (at) => [one(at, 'stuffing')],
  },
  everything: {
    about: 'poor work by an agent that declares all there is',
    undefended: 'texts:bm25',
    agents: (at) => [
      one(at, 'everything', { claims: JOBS.map((job) => claimOf(job, true)), alsoDeclares: OTHER_WORK }),
    ],
    twin: (at) => [one(at, 'everything')],
  },
  'bait-early': {
    about: 'good work for the first 12 calls, poor work from then on',
    undefended: 'weights.record:0,weights.wins:0',
    agents: (at) => [one(at, 'bait-early', { bait: { calls: 12, skill: 0.9 } })],
    twin: (at) => [one(at, 'bait-early')],
  },
  'bait-delivery': {
    about: 'good prototypes, poor deliveries',
    undefended: 'deliveries:unjudged',
    agents: (at) => [one(at, 'bait-delivery', { ...skilled(0.9), deliverySkill: POOR })],
    twin: (at) => [one(at, 'bait-delivery')],
  },
  injection: {
    about: 'poor work that tells the judge what to think of it',
    undefended: 'judge:naive',
    agents: (at) => [one(at, 'injection', { style: 'injected' })],
    twin: (at) => [one(at, 'injection')],
  },
  padding: {
    about: 'poor writing made long and dressed up',
    undefended: 'judge:naive',
    agents: (at) => [one(writer(at), 'padding', { style: 'padded' })],
    twin: (at) => [one(writer(at), 'padding')],
  },
  dumper: {
    about: 'poor work for two in a hundred of the budget',
    agents: (at) => [one(at, 'dumper', { price: 0.02 })],
    twin: (at) => [one(at, 'dumper')],
  },
  slow: {
    about: 'answers too late six times in ten',
    undefended: 'afterFiveSetbacks:1,slow:asked',
    agents: (at) => [one(at, 'slow', { ...skilled(MIDDLING), lateShare: 0.6, tookMs: 240_000 })],
    twin: (at) => [one(at, 'slow', skilled(MIDDLING))],
  },
  failing: {
    about: 'an endpoint that fails six times in ten',
    undefended: 'afterFiveSetbacks:1',
    agents: (at) => [one(at, 'failing', { ...skilled(MIDDLING), failShare: 0.6 })],
    twin: (at) => [one(at, 'failing', skilled(MIDDLING))],
  },
  'own-tasks': {
    about:
      'a middling agent whose person posts tiny tasks that nobody else works for, and lets it win against four of its own',
    agents: (at) => copies(at, 'own-tasks', 5, (index) => skilled(index === 0 ? MIDDLING : 0.05)),
    twin: (at) => [one(at, 'own-tasks', skilled(MIDDLING))],
    own: ({ id, job: { taskType } }) => ({ every: 2, taskType, star: `${id}-0`, buyerId: `${id}-buyer`, budget: 4 }),
  },
};

function writer(at: Person): Person {
  return { ...at, job: at.job.category === 'data' ? (JOBS.at(-2) ?? at.job) : at.job };
}

export function attackNamed(name: string): Attack {
  const attack = ATTACKS[name];
  if (!attack) throw new Error(`There is no attack "${name}". There are: ${Object.keys(ATTACKS).join(', ')}.`);
  return attack;
}

/** A person who attacks, or its honest twin; `at` tells several of one kind apart. */
export function attackers(seed: string, name: string, tasks: number, at = 0, twin = false) {
  const attack = attackNamed(name);
  const job = JOBS[(Object.keys(ATTACKS).indexOf(name) + at) % JOBS.length];
  if (!job) throw new Error('There are no jobs.');
  const person = { id: `${name}-${at}`, job, tasks, next: stream(seed, 'attacker', name, at) };
  const agents = twin ? attack.twin(person) : attack.agents(person);
  return { agents, own: !twin && attack.own ? [attack.own(person)] : [] };
}
