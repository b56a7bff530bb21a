import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Embeddings } from './embeddings.service.js';
import {
  type Counts,
  countsOf,
  countWords,
  docsOf,
  keepFinished,
  lexemeOf,
  lexemesAsked,
  marketOf,
  sourcesOf,
  staleProfiles,
  storeProfiles,
  textCut,
  textsOf,
} from './profiles.queries.js';
import { docOf } from './relevance/doc.js';
import type { Matched } from './relevance/market.js';
import { type Query, queryOf } from './relevance/query.js';
import type { Brief, Relevance } from './relevance/relevance.js';
import { relevances } from './relevance/score.js';
import { type Kept, marketAtHand, Shelf } from './relevance/shelf.js';

/** So many agents are compared in meaning. */
const MEANT = 100;
const AT_ONCE = 200;
const BATCHES = 50;

/** Capabilities of which one process remembers how many declare them. */
const REMEMBERED_CAPABILITIES = 10_000;

/** A brief with how common its words are in the market. */
export interface Heard {
  readonly brief: Brief;
  readonly query: Query;
  readonly counts: Counts;
}

/** Agents in words: what they say of themselves and what they finished, kept beside them and compared with briefs. */
@Injectable()
export class Profiles {
  /** As new as the database: each comparison says which versions it wants. */
  private readonly shelf = new Shelf();
  /** By lexeme, as of one count. */
  private declarers = { countedAt: 0, holders: new Map<string, number>() };

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly embeddings: Embeddings,
  ) {}

  /** Reads a brief: its words, and how common they are. */
  async hear(brief: Brief): Promise<Heard> {
    const query = queryOf(brief);
    return { brief, query, counts: await countsOf(this.db, lexemesAsked(query)) };
  }

  /** Agents of the category whose texts fit the brief, best first; empty until words have been counted once. */
  relevant({ query, counts }: Heard, category: string | null, most?: number): Promise<string[]> {
    return textCut(this.db, query, counts, category, most);
  }

  /**
   * How well these agents' profiles fit the brief. One that has no profile yet, or an old one, gets a new one first.
   *
   * @param agents with the version of their profiles; null: it is missing or old
   */
  async relevances(heard: Heard, agents: ReadonlyMap<string, number | null>): Promise<Map<string, Relevance>> {
    if (agents.size === 0) return new Map();
    const { brief, query } = heard;
    const matched = this.shelf.matched(query, await this.profilesOf(agents));
    const market = marketOf(await this.withDeclarers(heard.counts, matched), query);
    const counted = market.agents > 0 ? market : marketAtHand(query, matched);
    const byWords = relevances(query, counted, matched);
    const meanings = await this.meanings(brief, matched, byWords);
    const found = meanings ? relevances(query, counted, matched, meanings) : byWords;
    return new Map(matched.flatMap(({ agentId }, i) => (found[i] ? [[agentId, found[i]] as const] : [])));
  }

  /** Notes a task that an agent finished: its text is part of the agent's profile from then on. A repeat changes nothing. */
  async finished(
    tx: Tx,
    task: { readonly agentId: string; readonly taskId: string; readonly text: string },
  ): Promise<void> {
    await keepFinished(tx, task, this.clock.now());
  }

  /** Makes missing and old profiles anew. What is left over comes with the next tick. */
  async rebuild(): Promise<void> {
    for (let batch = 0; batch < BATCHES; batch++) {
      const stale = await staleProfiles(this.db, AT_ONCE);
      await this.rebuildThese(stale);
      if (stale.length < AT_ONCE) return;
    }
  }

  /** Counts how common each word is. */
  async count(): Promise<void> {
    await this.db.transaction((tx) => countWords(tx, this.clock.now()));
  }

  /** Likeness in meaning of those that fit best by their words; null: it is off or failed. */
  private async meanings(
    brief: Brief,
    agents: readonly Matched[],
    found: readonly Relevance[],
  ): Promise<Map<string, number> | null> {
    if (!this.embeddings.isOn) return null;
    const best = agents
      .map(({ agentId }, i) => ({ agentId, value: found[i]?.value ?? 0 }))
      .toSorted((a, b) => b.value - a.value || (a.agentId < b.agentId ? -1 : 1))
      .slice(0, MEANT);
    const texts = await textsOf(
      this.db,
      best.map(({ agentId }) => agentId),
    );
    return this.embeddings.likenesses(`${brief.title}. ${brief.description}`, texts);
  }

  private async rebuildThese(agentIds: readonly string[]): Promise<void> {
    for (let from = 0; from < agentIds.length; from += AT_ONCE) {
      await this.db.transaction(async (tx) => {
        const sources = await sourcesOf(tx, agentIds.slice(from, from + AT_ONCE));
        const made = sources.map((source) => ({ source, doc: docOf(source.profile) }));
        await storeProfiles(tx, made, this.clock.now());
      });
    }
  }

  /** The profiles of these agents, by id. Those that this process does not know, or knows an older version of, are asked for. */
  private async profilesOf(agents: ReadonlyMap<string, number | null>): Promise<Kept[]> {
    const profiles: Kept[] = [];
    const unknown: string[] = [];
    const stale: string[] = [];
    for (const [agentId, version] of agents) {
      const kept = version === null ? undefined : this.shelf.get(agentId, version);
      if (kept) profiles.push(kept);
      else unknown.push(agentId);
      if (version === null) stale.push(agentId);
    }
    await this.rebuildThese(stale);
    if (unknown.length > 0)
      for (const { doc, version } of await docsOf(this.db, unknown)) profiles.push(this.shelf.put(doc, version));
    return profiles.toSorted((a, b) => (a.agentId < b.agentId ? -1 : 1));
  }

  /** The counts with those of all capabilities that these agents declare. They are remembered until words are counted again. */
  private async withDeclarers(counts: Counts, agents: readonly Matched[]): Promise<Counts> {
    const { countedAt } = counts;
    if (this.declarers.countedAt !== countedAt || this.declarers.holders.size > REMEMBERED_CAPABILITIES)
      this.declarers = { countedAt, holders: new Map() };
    const { holders } = this.declarers;
    const keys = new Set(agents.flatMap(({ capabilities }) => capabilities.map(({ key }) => lexemeOf(key))));
    const unknown = [...keys].filter((lexeme) => !holders.has(lexeme));
    if (unknown.length > 0) {
      const found = await countsOf(this.db, unknown);
      for (const lexeme of unknown) holders.set(lexeme, found.holders.get(lexeme) ?? 0);
    }
    const declarers = [...keys].map((lexeme) => [lexeme, holders.get(lexeme) ?? 0] as const);
    return { ...counts, holders: new Map([...declarers, ...counts.holders]) };
  }
}
