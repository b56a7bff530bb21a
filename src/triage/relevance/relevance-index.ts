import { BOUNDS, type Doc } from './doc.js';
import { focusOf, type MarketWords, type Matched, rarityOf, usualOf } from './market.js';
import { namingOf } from './naming.js';
import { best, Dictionary } from './postings.js';
import type { Query } from './query.js';
import type { Relevance } from './relevance.js';
import { relevances } from './score.js';

/** How many agents are compared exactly. */
export const CUT = 300;
/** How many entries of the lists are walked for a cut. */
const WALKED = 15_000;
/** What a capability named whole weighs in the cut, in rare words. */
const NAMED_WEIGHT = 8;
/** The lists are made anew when more than this share of what they hold is gone. */
const STALE = 0.3;
/** In a market of so many everybody is compared. */
const SMALL = 1_000;
const DECLARED = BOUNDS.capabilities + 1;

interface Entry {
  readonly doc: Omit<Doc, 'own' | 'past'>;
  readonly own: Uint32Array;
  readonly past: Uint32Array;
  readonly tasks: Uint8Array;
  /** Last count of `foreign`, and how many capabilities were known then. */
  foreign: number;
  foreignAt: number;
}

/**
 * Profiles by their words, in memory: a cache of what the database holds. Adding, replacing and removing cost what one
 * profile is long.
 */
export class RelevanceIndex {
  private words = new Dictionary();
  private capabilities = new Dictionary();
  /** Which capabilities have a word in their key. */
  private keysOfWord = new Map<string, number[]>();
  private entries: (Entry | undefined)[] = [];
  private readonly slots = new Map<string, number>();
  private scores = new Float32Array(1_024);
  /** By slot: how many capabilities it declares, plus one; 0: gone. */
  private standing = new Uint8Array(1_024);
  /** By word: its place in the brief that is being compared, plus one. */
  private places = new Uint16Array(1_024);
  private gone = 0;
  private readonly declared = new Uint32Array(DECLARED + 1);
  private ownTotal = 0;
  private pastTotal = 0;
  private withPast = 0;

  get size(): number {
    return this.slots.size;
  }

  has(agentId: string): boolean {
    return this.slots.has(agentId);
  }

  agentIds(): string[] {
    return [...this.slots.keys()];
  }

  /** Takes the place of what was there for this agent. */
  set(doc: Doc): void {
    this.remove(doc.agentId);
    const slot = this.entries.length;
    const own = new Uint32Array(doc.own.length);
    const past = new Uint32Array(doc.past.length);
    const tasks = new Uint8Array(doc.past.length);
    for (let i = 0; i < own.length; i++) own[i] = this.words.add(doc.own[i] ?? '');
    for (let i = 0; i < past.length; i++) {
      const [word, count] = doc.past[i] ?? ['', 0];
      past[i] = this.words.add(word);
      tasks[i] = Math.min(count, 255);
    }
    const { agentId, capabilities, declared } = doc;
    const entry: Entry = {
      doc: { agentId, capabilities, declared, tasks: doc.tasks },
      own,
      past,
      tasks,
      foreign: 0,
      foreignAt: -1,
    };
    for (const word of wordsIn(entry)) this.words.list(word).push(slot);
    for (const { key } of capabilities) this.capabilities.list(this.capability(key)).push(slot);
    this.entries.push(entry);
    if (this.standing.length <= slot) this.standing = grown(this.standing, slot);
    this.standing[slot] = Math.min(declared, DECLARED) + 1;
    this.slots.set(agentId, slot);
    this.count(entry, 1);
  }

  /** @returns whether it was there */
  remove(agentId: string): boolean {
    const slot = this.slots.get(agentId);
    const entry = slot === undefined ? undefined : this.entries[slot];
    if (slot === undefined || !entry) return false;
    for (const word of wordsIn(entry)) this.words.list(word).holders -= 1;
    for (const { key } of entry.doc.capabilities) this.capabilities.list(this.capability(key)).holders -= 1;
    this.entries[slot] = undefined;
    this.standing[slot] = 0;
    this.slots.delete(agentId);
    this.count(entry, -1);
    this.gone += 1;
    if (this.gone > 1_000 && this.gone > this.entries.length * STALE) this.compact();
    return true;
  }

  /** What a comparison with the brief needs to know of everybody. */
  market(query: Query): MarketWords {
    return {
      agents: this.size,
      holders: query.words.map((word) => this.words.holders(word)),
      declarers: (key) => this.capabilities.holders(key),
      usualDeclared: this.usualDeclared(),
      meanOwn: this.ownTotal / Math.max(this.size, 1),
      meanPast: this.pastTotal / Math.max(this.withPast, 1),
    };
  }

  /** The agents that are worth comparing, at most `most`: everybody while the market is small, then by the rarest words. */
  cut(query: Query, market: MarketWords, most = CUT): string[] {
    return this.worthComparing(query, market, most).map(({ doc }) => doc.agentId);
  }

  /** These agents' profiles against the brief; who is not in the index is left out. */
  matched(query: Query, agentIds: readonly string[]): Matched[] {
    return this.compared(query, this.bySlots(agentIds.map((id) => this.slots.get(id) ?? -1)));
  }

  private compared(query: Query, entries: readonly Entry[]): Matched[] {
    if (this.places.length < this.words.size) this.places = new Uint16Array(this.words.size * 2);
    const ids = query.words.map((word) => this.words.id(word));
    for (const [i, id] of ids.entries()) if (id !== undefined) this.places[id] = i + 1;
    const found = entries.map((entry) => this.against(entry));
    for (const id of ids) if (id !== undefined) this.places[id] = 0;
    return found;
  }

  /** The agents worth comparing with how well each fits, best first; ties by id. */
  find(query: Query, most = CUT): [agentId: string, relevance: Relevance][] {
    const market = this.market(query);
    const agents = this.compared(query, this.worthComparing(query, market, most));
    return relevances(query, market, agents)
      .map((one, i): [string, Relevance] => [agents[i]?.agentId ?? '', one])
      .toSorted((a, b) => b[1].value - a[1].value || (a[0] < b[0] ? -1 : 1));
  }

  private worthComparing(query: Query, market: MarketWords, most: number): Entry[] {
    return this.bySlots(this.size <= SMALL ? [...this.slots.values()] : this.likely(query, market, most));
  }

  private against(entry: Entry): Matched {
    const { places } = this;
    const own: number[] = [];
    for (const word of entry.own) {
      const place = places[word] ?? 0;
      if (place > 0) own.push(place - 1);
    }
    const past: [number, number][] = [];
    for (let i = 0; i < entry.past.length; i++) {
      const place = places[entry.past[i] ?? 0] ?? 0;
      if (place > 0) past.push([place - 1, entry.tasks[i] ?? 1]);
    }
    const { doc } = entry;
    const lengths = { ownLength: entry.own.length, pastLength: entry.past.length };
    return { ...doc, own, past, ...lengths, foreign: this.foreign(entry) };
  }

  private likely(query: Query, market: MarketWords, most: number): number[] {
    const lists = this.lists(query, market).toSorted((a, b) => a.slots.length - b.slots.length);
    if (this.scores.length < this.entries.length) this.scores = new Float32Array(this.entries.length * 2);
    const { scores, standing } = this;
    const focus = Float32Array.from({ length: DECLARED + 2 }, (_, i) => focusOf(i - 1, market.usualDeclared));
    const touched: number[] = [];
    let left = WALKED;
    for (const { slots, weight, focused } of lists) {
      const end = Math.min(slots.length, left);
      for (let i = 0; i < end; i++) {
        const slot = slots[i] ?? 0;
        const declared = standing[slot] ?? 0;
        if (declared === 0) continue;
        const before = scores[slot] ?? 0;
        if (before === 0) touched.push(slot);
        scores[slot] = before + (focused ? weight * (focus[declared] ?? 0) : weight);
      }
      left -= end;
      if (left <= 0) break;
    }
    const found = best(touched, scores, most);
    for (const slot of touched) scores[slot] = 0;
    return found;
  }

  private lists(query: Query, market: MarketWords): { slots: Uint32Array; weight: number; focused: boolean }[] {
    const ofWords = query.words.flatMap((word, i) => {
      const id = this.words.id(word);
      const weight = (query.weights[i] ?? 0) * rarityOf(market.holders[i] ?? 0, market.agents);
      return id === undefined ? [] : [{ slots: this.words.list(id).slots(), weight, focused: false }];
    });
    const keys = new Set([...query.places.keys()].flatMap((word) => this.keysOfWord.get(word) ?? []));
    const rarity = (word: string) => rarityOf(this.words.holders(word), market.agents);
    const ofCapabilities = [...keys].flatMap((id) => {
      const key = this.capabilities.name(id);
      const degree = query.asked.has(key) ? 1 : (namingOf(key, query, rarity)?.degree ?? 0);
      const weight = NAMED_WEIGHT * degree * rarityOf(market.declarers(key), market.agents);
      return degree === 0 ? [] : [{ slots: this.capabilities.list(id).slots(), weight, focused: true }];
    });
    return [...ofWords, ...ofCapabilities];
  }

  private capability(key: string): number {
    const known = this.capabilities.id(key);
    if (known !== undefined) return known;
    const id = this.capabilities.add(key);
    const words = key.split(' ');
    for (const word of new Set([...words, words.join('')])) {
      const keys = this.keysOfWord.get(word);
      if (keys) keys.push(id);
      else this.keysOfWord.set(word, [id]);
    }
    return id;
  }

  /** How many capabilities stand whole in its description that others declare and it does not. */
  private foreign(entry: Entry): number {
    if (entry.foreignAt === this.capabilities.size) return entry.foreign;
    const words = new Set([...entry.own].map((word) => this.words.name(word)));
    const declared = new Set(entry.doc.capabilities.map(({ key }) => key));
    const keys = new Set([...words].flatMap((word) => (this.keysOfWord.get(word) ?? []).slice(0, 50)));
    entry.foreign = [...keys].filter((id) => {
      const key = this.capabilities.name(id);
      return !declared.has(key) && key.split(' ').every((word) => words.has(word));
    }).length;
    entry.foreignAt = this.capabilities.size;
    return entry.foreign;
  }

  private usualDeclared(): number {
    return usualOf(this.declared, this.size);
  }

  private count({ doc, own, past }: Entry, by: 1 | -1): void {
    const at = Math.min(doc.declared, this.declared.length - 1);
    this.declared[at] = (this.declared[at] ?? 0) + by;
    this.ownTotal += by * own.length;
    this.pastTotal += by * past.length;
    if (past.length > 0) this.withPast += by;
  }

  private bySlots(slots: readonly number[]): Entry[] {
    const found: Entry[] = [];
    for (const slot of slots) {
      const entry = this.entries[slot];
      if (entry) found.push(entry);
    }
    return found;
  }

  /** Makes the lists anew without what is gone. */
  private compact(): void {
    const { words, entries } = this;
    this.words = new Dictionary();
    this.capabilities = new Dictionary();
    this.keysOfWord = new Map();
    this.entries = [];
    this.slots.clear();
    this.declared.fill(0);
    this.standing.fill(0);
    this.ownTotal = this.pastTotal = this.withPast = this.gone = 0;
    for (const entry of entries) if (entry) this.set(docFrom(entry, words));
  }
}

/** Each once. */
function wordsIn({ own, past }: Pick<Entry, 'own' | 'past'>): number[] {
  const words = [...own];
  for (const word of past) if (!own.includes(word)) words.push(word);
  return words;
}

function docFrom({ doc, own, past, tasks }: Entry, words: Dictionary): Doc {
  return {
    ...doc,
    own: [...own].map((word) => words.name(word)),
    past: [...past].map((word, i) => [words.name(word), tasks[i] ?? 1]),
  };
}

function grown(list: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(index * 2 + 1);
  larger.set(list);
  return larger;
}
