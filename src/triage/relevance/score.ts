import { honestyOf, type Learned, learnedFrom } from './learned.js';
import { focusOf, type MarketWords, type Matched, rarityOf } from './market.js';
import { type Naming, namingOf } from './naming.js';
import type { Query } from './query.js';
import type { NamedCapability, Relevance } from './relevance.js';

/** What each kind of evidence gives at most, in points: a rare proven capability that the brief names whole is 1. */
const POINTS = { named: 1, implied: 0.8, text: 0.2, history: 0.4, meaning: 0.25 } as const;
/** What a capability that no benchmark has shown counts. */
const CLAIMED = 0.8;
/** The share of all that the brief says, by rarity, at which text and history have given half. */
const HALF = 0.5;
/** What a word counts at least in the description of an agent that declares nothing of the kind. */
const LEAST_AGREEMENT = 0.15;
/** So many words of an agent's own text count, the strongest: nobody gains by holding the whole dictionary. */
const OWN_WORDS = 3;
/** So many points make half of the value. */
const HALF_POINTS = 0.6;
/** BM25's two: how soon repeating a word stops paying, and how much length costs. */
const K1 = 1.2;
const B = 0.5;
const SHOWN = 8;
const LEAST_SHOWN = 0.002;

/**
 * How well each of these agents fits the brief, in their order. Pure: the same facts give the same numbers.
 *
 * @param meanings likeness in meaning, 0-1, by agent; null: nobody was asked
 */
export function relevances(
  query: Query,
  market: MarketWords,
  agents: readonly Matched[],
  meanings: ReadonlyMap<string, number> | null = null,
): Relevance[] {
  const rarity = market.holders.map((holders) => rarityOf(holders, market.agents));
  const worth = query.weights.map((weight, word) => weight * (rarity[word] ?? 0));
  const said = sum(worth.filter((_, word) => (market.holders[word] ?? 0) > 0));
  const rarest = Math.log(2 + market.agents);
  const facts: Facts = {
    query,
    market,
    worth,
    said: Math.max(said, 1e-9),
    rarity: new Map(query.words.map((word, i) => [word, rarity[i] ?? 0])),
    learned: learnedFrom(
      agents,
      worth.map((value) => value / rarest),
    ),
    namings: new Map(),
  };
  return agents.map((agent) => relevanceOf(agent, facts, meanings?.get(agent.agentId) ?? null));
}

interface Facts {
  readonly query: Query;
  readonly market: MarketWords;
  /** By word: how much it tells. */
  readonly worth: readonly number[];
  /** All that the brief says. */
  readonly said: number;
  readonly rarity: ReadonlyMap<string, number>;
  readonly learned: Learned;
  /** What was found of a capability, since many agents declare the same. */
  readonly namings: Map<string, Naming | null>;
}

function relevanceOf(agent: Matched, facts: Facts, likeness: number | null): Relevance {
  const focus = focusOf(agent.declared, facts.market.usualDeclared);
  const named = namedOf(agent, focus, facts);
  const own = ownWords(agent, facts);
  const past = pastWords(agent, facts);
  const strongest = [...own.values()].toSorted((a, b) => b - a).slice(0, OWN_WORDS);
  const text = rounded(POINTS.text * focus * honestyOf(agent) * bounded(sum(strongest) / facts.said));
  const history = rounded(POINTS.history * bounded(sum(past.values()) / facts.said));
  const meaning = likeness === null ? null : rounded(POINTS.meaning * focus * Math.min(1, Math.max(0, likeness)));
  const points = sum(named.map((one) => one.points)) + text + history + (meaning ?? 0);
  return {
    value: rounded(points / (points + HALF_POINTS)),
    named: named.filter((one) => one.points >= LEAST_SHOWN).slice(0, SHOWN),
    text,
    history,
    meaning,
    terms: sharedWords(own, past, facts),
  };
}

/** The capabilities that the brief names or speaks for. A word of the brief counts for one of them. */
function namedOf(agent: Matched, focus: number, facts: Facts): NamedCapability[] {
  const spent = new Set<string>();
  return agent.capabilities
    .map(({ name, key, proven }) => ({ name, proven, ...evidenceFor(key, agent, facts) }))
    .toSorted((a, b) => b.named - a.named || (a.name < b.name ? -1 : 1))
    .map(({ name, proven, how, named, implied, words }): NamedCapability => {
      const left = words.length === 0 ? 1 : words.filter((word) => !spent.has(word)).length / words.length;
      for (const word of words) spent.add(word);
      const claim = focus * (proven ? 1 : CLAIMED);
      return { capability: name, how, proven, points: rounded(claim * Math.max(named * left, implied)) };
    })
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points || (a.capability < b.capability ? -1 : 1));
}

interface Evidence {
  readonly how: NamedCapability['how'];
  readonly named: number;
  readonly implied: number;
  readonly words: readonly string[];
}

function evidenceFor(key: string, agent: Matched, facts: Facts): Evidence {
  const { query, market, learned } = facts;
  const naming = namingFor(key, facts);
  const asked = query.asked.has(key);
  const rare = rarityOf(market.declarers(key), market.agents) / rarityOf(0, market.agents);
  const named = POINTS.named * rare * (asked ? 1 : (naming?.degree ?? 0));
  // Squared: that a brief sounds like work that many declare says little about each of them.
  const implied = POINTS.implied * rare ** 2 * learned.implied(key, agent);
  const how = asked ? 'asked' : naming?.whole ? 'whole' : named >= implied ? 'part' : 'implied';
  return { how, named, implied, words: naming?.said ?? [] };
}

function namingFor(key: string, { query, namings, rarity, market }: Facts): Naming | null {
  const known = namings.get(key);
  if (known !== undefined) return known;
  const rarest = rarityOf(0, market.agents);
  const naming = namingOf(key, query, (word) => rarity.get(word) ?? rarest);
  namings.set(key, naming);
  return naming;
}

/** Points of each word of the brief in what the agent says of itself: once each, and less in a long text. */
function ownWords(agent: Matched, { worth, market, learned }: Facts): Map<number, number> {
  const long = 1 + K1 * (1 - B + (B * agent.ownLength) / Math.max(market.meanOwn, 1));
  return new Map(
    agent.own.map((word) => {
      const believed = Math.max(LEAST_AGREEMENT, learned.agreement(word, agent));
      return [word, ((worth[word] ?? 0) * believed * (1 + K1)) / long] as const;
    }),
  );
}

/** The same of the tasks it finished, where a word of several tasks counts more. */
function pastWords({ past, pastLength }: Matched, { worth, market }: Facts): Map<number, number> {
  const long = K1 * (1 - B + (B * pastLength) / Math.max(market.meanPast, 1));
  return new Map(
    past.map(([word, tasks]) => [word, ((worth[word] ?? 0) * tasks * (1 + K1)) / (tasks + long)] as const),
  );
}

function sharedWords(own: ReadonlyMap<number, number>, past: ReadonlyMap<number, number>, { query }: Facts): string[] {
  const points = (word: number) => (own.get(word) ?? 0) + (past.get(word) ?? 0);
  const words = [...own.keys()];
  for (const word of past.keys()) if (!own.has(word)) words.push(word);
  // A handful of the strongest of a few dozen: no need to sort them all.
  const shown: { word: number; points: number }[] = [];
  for (const word of words) {
    const one = { word, points: points(word) };
    const at = shown.findIndex(
      (other) => one.points > other.points || (one.points === other.points && word < other.word),
    );
    if (at >= 0) shown.splice(at, 0, one);
    else if (shown.length < SHOWN) shown.push(one);
    if (shown.length > SHOWN) shown.pop();
  }
  return shown.flatMap(({ word }) => query.words[word] ?? []);
}

/** 0-1: more of the same gives less and less. */
function bounded(share: number): number {
  return share / (share + HALF);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
