import type { Matched } from './market.js';

/** So many agents' votes are taken as spread over all capabilities: one agent's word decides nothing. */
const PRIOR = 3;
const MAX_TASKS = 3;
/** What one word can say for or against a capability, as a logarithm. */
const LEAST = -1.5;
const MOST = 3;
/** How sharply the best capability stands out: larger is softer. */
const TEMPERATURE = 2;
/** A word is wholly believed when it is so many times as common among agents of the capability as elsewhere. */
const BELIEVED = 5;
/** A word that nobody else uses. */
const ALONE = 0.8;

/** Which capabilities the words of a brief speak for, learned from the profiles at hand. */
export interface Learned {
  /** 0-1, summing to 1 over all capabilities: how far the brief sounds like the work of the others that declare it. */
  readonly implied: (key: string, agent: Matched) => number;
  /** How far a word of an agent's own agrees with what others say that declare the same, 0-1. */
  readonly agreement: (word: number, agent: Matched) => number;
}

/**
 * Each agent has one vote for each word, divided among all that it declares, and its own votes are taken out again where
 * they would speak for itself: so neither a stuffed description nor a long list of capabilities gains by it.
 *
 * @param weights how much each word of the brief tells, about 1 for a rare one
 */
export function learnedFrom(agents: readonly Matched[], weights: readonly number[]): Learned {
  const votes = new Votes(agents, weights.length);
  const { keys } = votes;
  const heard = Array.from(weights, (weight, word) => ({ word, weight })).filter(({ word }) => votes.knows(word));
  const logarithms = votes.logarithms();
  const scores = Array.from(keys.values(), (key) =>
    sum(heard.map(({ word, weight }) => weight * (logarithms[votes.cell(word, key)] ?? 0))),
  );
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const all = sum(scores.map((score) => Math.exp((score - best) / TEMPERATURE)));
  return {
    implied: (name, agent) => {
      const key = keys.get(name);
      if (key === undefined) return Math.exp(-best / TEMPERATURE) / all;
      let itself = 0;
      for (const word of agent.own) {
        const alone = (logarithms[votes.cell(word, key)] ?? 0) - logarithm(votes.lift(word, key, agent));
        itself += (weights[word] ?? 0) * Math.max(0, alone);
      }
      return Math.exp(((scores[key] ?? 0) - itself - best) / TEMPERATURE) / all;
    },
    agreement: (word, agent) => {
      if (agent.capabilities.length === 0) return 1;
      if (!votes.knows(word, agent)) return ALONE;
      let most = 0;
      for (const { key } of agent.capabilities) most = Math.max(most, votes.lift(word, keys.get(key) ?? -1, agent));
      return Math.min(1, most / BELIEVED);
    },
  };
}

function logarithm(lift: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.log(lift)));
}

/** How far a description is taken at its word: less with each capability that it names and does not declare. */
export function honestyOf({ foreign }: Matched): number {
  return 1 / Math.max(1, foreign);
}

/** Who of those that declare a capability uses a word. Words and capabilities go by number. */
class Votes {
  /** The number of each capability. */
  readonly keys = new Map<string, number>();
  private readonly declared: Float64Array;
  /** By word and capability. */
  private readonly cells: Float64Array;
  private readonly totals: Float64Array;
  private readonly agents: number;

  constructor(agents: readonly Matched[], words: number) {
    const voters = agents.filter(({ capabilities }) => capabilities.length > 0);
    for (const { capabilities } of voters)
      for (const { key } of capabilities) if (!this.keys.has(key)) this.keys.set(key, this.keys.size);
    this.agents = voters.length;
    this.declared = new Float64Array(this.keys.size);
    this.cells = new Float64Array(this.keys.size * words);
    this.totals = new Float64Array(words);
    for (const agent of voters) this.add(agent);
  }

  cell(word: number, key: number): number {
    return word * this.keys.size + key;
  }

  /** Whether anybody uses it; with `without`, anybody else, as far as its own text goes. */
  knows(word: number, without?: Matched): boolean {
    return (this.totals[word] ?? 0) - (without ? honestyOf(without) : 0) > 1e-9;
  }

  /** How many times as common the word is where the capability is declared: 1 says nothing. */
  lift(word: number, key: number, without?: Matched): number {
    const usual = (this.declared[key] ?? 0) / Math.max(this.agents, 1);
    if (usual === 0) return 1;
    const own = without ? honestyOf(without) : 0;
    const share = without ? own / Math.max(without.capabilities.length, 1) : 0;
    const votesFor = Math.max(0, (this.cells[this.cell(word, key)] ?? 0) - share);
    return (votesFor / usual + PRIOR) / (Math.max(0, (this.totals[word] ?? 0) - own) + PRIOR);
  }

  /** By cell: the logarithm of the lift. Most cells are empty, and of those a word's are all alike. */
  logarithms(): Float64Array {
    const { cells, totals } = this;
    const found = new Float64Array(cells.length);
    for (let word = 0; word < totals.length; word++) {
      const empty = logarithm(PRIOR / ((totals[word] ?? 0) + PRIOR));
      for (let key = 0; key < this.keys.size; key++) {
        const cell = this.cell(word, key);
        found[cell] = cells[cell] === 0 ? empty : logarithm(this.lift(word, key));
      }
    }
    return found;
  }

  private add(agent: Matched): void {
    const keys = agent.capabilities.map(({ key }) => this.keys.get(key) ?? 0);
    const share = 1 / keys.length;
    for (const key of keys) this.declared[key] = (this.declared[key] ?? 0) + share;
    const honesty = honestyOf(agent);
    for (const word of agent.own) this.vote(word, honesty, keys);
    for (const [word, tasks] of agent.past) this.vote(word, Math.min(tasks, MAX_TASKS), keys);
  }

  private vote(word: number, count: number, keys: readonly number[]): void {
    if (word >= this.totals.length) return;
    this.totals[word] = (this.totals[word] ?? 0) + count;
    const share = count / keys.length;
    for (const key of keys) {
      const cell = this.cell(word, key);
      this.cells[cell] = (this.cells[cell] ?? 0) + share;
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
