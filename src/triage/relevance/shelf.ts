import { type MarketWords, type Matched, usualOf } from './market.js';
import { hashOf, type Packed, type Unpacked, unpacked } from './packed.js';
import type { Query } from './query.js';

/** Profiles that one process remembers; beyond it the oldest go. */
const REMEMBERED = 20_000;
/** Of so many capabilities with the same word it is looked whether a description names them. */
const LOOKED_AT = 50;

/** A profile at hand. */
export interface Kept extends Unpacked {
  readonly version: number;
  /** Last count of capabilities named and not declared, and how many capabilities were known then. */
  foreign: number;
  foreignAt: number;
}

interface Key {
  readonly key: string;
  readonly words: readonly number[];
}

/** Profiles at hand, each as of one version: a cache of what the database holds. */
export class Shelf {
  private readonly kept = new Map<string, Kept>();
  private readonly keys = new Set<string>();
  /** Capabilities by the hash of each of their words. */
  private readonly keysOfWord = new Map<number, Key[]>();

  /** The profile, if it is remembered as of this version. */
  get(agentId: string, version: number): Kept | undefined {
    const kept = this.kept.get(agentId);
    return kept?.version === version ? kept : undefined;
  }

  put(profile: Packed, version: number): Kept {
    const kept = { ...unpacked(profile), version, foreign: 0, foreignAt: -1 };
    const [oldest] = this.kept.keys();
    if (this.kept.size >= REMEMBERED && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(profile.agentId, kept);
    for (const { key } of profile.capabilities) this.know(key);
    return kept;
  }

  /** These profiles against the brief, in their order. */
  matched(query: Query, profiles: readonly Kept[]): Matched[] {
    const places = new Map(query.words.map((word, i) => [hashOf(word), i] as const));
    return profiles.map((kept) => this.against(kept, places));
  }

  private against(kept: Kept, places: ReadonlyMap<number, number>): Matched {
    const { agentId, capabilities, declared, tasks } = kept;
    const own: number[] = [];
    for (const word of kept.own) {
      const place = places.get(word);
      if (place !== undefined) own.push(place);
    }
    const past: [number, number][] = [];
    for (let i = 0; i < kept.past.length; i++) {
      const place = places.get(kept.past[i] ?? 0);
      if (place !== undefined) past.push([place, kept.pastTasks[i] ?? 1]);
    }
    const lengths = { ownLength: kept.own.length, pastLength: kept.past.length };
    return { agentId, capabilities, declared, tasks, own, past, ...lengths, foreign: this.foreign(kept) };
  }

  /** How many capabilities stand whole in its description that others declare and it does not. */
  private foreign(kept: Kept): number {
    if (kept.foreignAt === this.keys.size) return kept.foreign;
    const named = new Set<string>();
    for (const word of kept.own)
      for (const { key, words } of this.keysOfWord.get(word) ?? [])
        if (words.every((one) => kept.own.includes(one))) named.add(key);
    for (const { key } of kept.capabilities) named.delete(key);
    kept.foreign = named.size;
    kept.foreignAt = this.keys.size;
    return kept.foreign;
  }

  private know(key: string): void {
    if (this.keys.has(key)) return;
    this.keys.add(key);
    const words = [...new Set(key.split(' ').map(hashOf))];
    for (const word of words) {
      const known = this.keysOfWord.get(word);
      if (!known) this.keysOfWord.set(word, [{ key, words }]);
      else if (known.length < LOOKED_AT) known.push({ key, words });
    }
  }
}

/** What these agents alone tell of a market, as long as nobody has counted it. */
export function marketAtHand(query: Query, agents: readonly Matched[]): MarketWords {
  const holders = query.words.map(() => 0);
  const declarers = new Map<string, number>();
  const declared: number[] = [];
  for (const agent of agents) {
    for (const word of new Set([...agent.own, ...agent.past.map(([word]) => word)]))
      holders[word] = (holders[word] ?? 0) + 1;
    for (const { key } of agent.capabilities) declarers.set(key, (declarers.get(key) ?? 0) + 1);
    const at = Math.min(agent.declared, 100);
    declared[at] = (declared[at] ?? 0) + 1;
  }
  const withPast = agents.filter(({ pastLength }) => pastLength > 0);
  return {
    agents: agents.length,
    holders,
    declarers: (key) => declarers.get(key) ?? 0,
    usualDeclared: usualOf(
      Array.from(declared, (count) => count ?? 0),
      agents.length,
    ),
    meanOwn: mean(agents.map(({ ownLength }) => ownLength)),
    meanPast: mean(withPast.map(({ pastLength }) => pastLength)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
