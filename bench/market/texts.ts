// Profiles against briefs: the product's relevance, and the plain BM25 that it is compared with.
import type { Query } from '../../src/triage/relevance/query.ts';
import type { Relevance } from '../../src/triage/relevance/relevance.ts';
import type { Agent } from './agents.ts';
import type { MarketPolicy } from './policies.ts';
import { docOf, queryOf, RelevanceIndex, relevances, stemsOf } from './product.ts';
import type { Job } from './work.ts';
import type { MarketTask } from './world.ts';

const K1 = 1.2;
const B = 0.75;
const FINISHED = 20;

export class Texts {
  private readonly index = new RelevanceIndex();
  private readonly queries = new Map<string, Query>();
  private readonly plain = new Map<string, readonly string[]>();
  private readonly finished = new Map<string, string[]>();
  private readonly stale = new Map<string, Agent>();
  private readonly kind: MarketPolicy['texts'];

  constructor(kind: MarketPolicy['texts']) {
    this.kind = kind;
  }

  join(agent: Agent): void {
    this.stale.set(agent.id, agent);
  }

  leave({ id }: Agent): void {
    this.stale.delete(id);
    this.index.remove(id);
    this.plain.delete(id);
  }

  /** The brief of a finished task becomes part of the profile. */
  finish(agent: Agent, { job, variant }: MarketTask): void {
    const earlier = this.finished.get(agent.id) ?? [];
    this.finished.set(agent.id, [textOf(job, variant), ...earlier].slice(0, FINISHED));
    this.stale.set(agent.id, agent);
  }

  relevances({ job, variant }: MarketTask, agentIds: readonly string[]): ReadonlyMap<string, Relevance> {
    if (this.kind === 'none') return new Map();
    for (const agent of this.stale.values()) this.refresh(agent);
    this.stale.clear();
    if (this.kind === 'bm25') return this.bm25(textOf(job, variant), agentIds);
    const query = this.query(job, variant);
    const matched = this.index.matched(query, agentIds.toSorted());
    const found = relevances(query, this.index.market(query), matched);
    return new Map(matched.flatMap(({ agentId }, at) => (found[at] ? [[agentId, found[at]] as const] : [])));
  }

  private query(job: Job, variant: number): Query {
    const key = `${job.taskType} ${variant}`;
    const { title, description } = job.brief(variant);
    const query = this.queries.get(key) ?? queryOf({ title, description, asked: [job.category, job.taskType] });
    this.queries.set(key, query);
    return query;
  }

  private refresh(agent: Agent): void {
    const { id, name, description, claims, alsoDeclares } = agent;
    const claimed = claims.map(({ category, taskType }) => ({ name: taskType ?? category, proven: true }));
    const capabilities = [...claimed, ...alsoDeclares.map((capability) => ({ name: capability, proven: false }))];
    const finished = this.finished.get(id) ?? [];
    if (this.kind === 'product') this.index.set(docOf({ agentId: id, name, description, capabilities, finished }));
    else this.plain.set(id, wordsOf([name, description, ...capabilities.map((one) => one.name)].join('. ')));
  }

  private bm25(brief: string, agentIds: readonly string[]): Map<string, Relevance> {
    const words = new Set(wordsOf(brief));
    const all = [...this.plain.values()];
    const mean = all.reduce((sum, one) => sum + one.length, 0) / Math.max(all.length, 1);
    const rarity = new Map(
      [...words].map((word) => {
        const holders = all.filter((one) => one.includes(word)).length;
        return [word, Math.log(1 + (all.length - holders + 0.5) / (holders + 0.5))] as const;
      }),
    );
    const points = agentIds.map((id) => {
      const own = this.plain.get(id) ?? [];
      const long = K1 * (1 - B + (B * own.length) / mean);
      const counts = Map.groupBy(own, (word) => word);
      return [...words].reduce((sum, word) => {
        const count = counts.get(word)?.length ?? 0;
        return sum + ((rarity.get(word) ?? 0) * count * (K1 + 1)) / (count + long);
      }, 0);
    });
    const most = Math.max(...points, 1e-9);
    return new Map(agentIds.map((id, at) => [id, bare((points[at] ?? 0) / most)]));
  }
}

function textOf(job: Job, variant: number): string {
  const { title, description } = job.brief(variant);
  return `${title}. ${description}`;
}

function bare(value: number): Relevance {
  return { value, named: [], text: value, history: 0, meaning: null, terms: [] };
}

function wordsOf(text: string): string[] {
  // `stemsOf` gives each word once; plain BM25 counts how often it comes.
  return text.split(/[.,;:]/).flatMap((piece) => stemsOf(piece));
}
