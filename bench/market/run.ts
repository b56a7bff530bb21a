// One market under one policy, task by task: the product decides whom to call, judges what comes, and makes the page; buyers pick.
import type { StandingChange } from '../../src/triage/standing.ts';
import type { Agent } from './agents.ts';
import { atRandom, type Bid, changeOf, judged, type Pick, priceOf, printOf, type Round, WINDOW_MS } from './bids.ts';
import { pick, type Shown } from './buyers.ts';
import { normal, stream } from './chance.ts';
import type { CachedJudge } from './judge.ts';
import type { MarketPolicy } from './policies.ts';
import { decided, keptShare, presentation, ranking } from './product.ts';
import { Standings } from './standings.ts';
import { Texts } from './texts.ts';
import { drawn, qualityOf } from './work.ts';
import type { MarketTask, World } from './world.ts';

const START = Date.parse('2026-01-05T08:00:00.000Z');
const BETWEEN_MS = 30 * 60_000;
const FEE = 0.15;
/** A page as the product makes it. */
const PAGE = { fewest: 3, most: 5, minScore: 20 };
const TINY = 20;

export async function run(world: World, policy: MarketPolicy, judge: CachedJudge): Promise<Round[]> {
  const market = new Market(world, policy, judge);
  const rounds: Round[] = [];
  let real = 0;
  for (const task of world.tasks) {
    if (task.star === null) market.arrive(real++);
    rounds.push(await market.round(task, START + real * BETWEEN_MS));
  }
  return rounds;
}

class Market {
  private readonly present = new Map<string, Agent>();
  private readonly reserve = new Map<string, Agent[]>();
  private readonly calls = new Map<string, number>();
  private readonly standings = new Standings();
  private readonly texts: Texts;
  private readonly world: World;
  private readonly policy: MarketPolicy;
  private readonly judge: CachedJudge;

  constructor(world: World, policy: MarketPolicy, judge: CachedJudge) {
    this.world = world;
    this.policy = policy;
    this.judge = judge;
    this.texts = new Texts(policy.texts);
    for (const agent of world.agents.filter(({ inReserve }) => inReserve))
      this.reserve.set(agent.person, [...(this.reserve.get(agent.person) ?? []), agent]);
  }

  arrive(step: number): void {
    for (const agent of this.world.agents) if (agent.joinsAt === step && !agent.inReserve) this.join(agent);
  }

  async round(task: MarketTask, now: number): Promise<Round> {
    const able = [...this.present.values()].filter((agent) => this.canBeCalled(agent, task, now));
    const isTaught = task.budget >= TINY || this.policy.tiny === 'counted';
    const called = this.choose(able, task, now);
    if (isTaught) this.note(called, task, 'called', now);
    const bids = await this.bids(called, task, isTaught, now);
    const page = this.page(bids, task);
    const picked = pick(this.world.seed, task, page);
    const best = this.bestOf(able, task);
    const result = picked ? await this.settle(picked, page, task, isTaught, now) : null;
    for (const agent of called) this.count(agent);
    return {
      ...{ task, able, called, lost: called.length - bids.length, presented: page.map(({ bid }) => bid.agent) },
      bestBid: Math.max(0, ...bids.map(({ quality }) => quality)),
      pick: result,
      surplus: result ? result.delivered * task.worth - result.price : 0,
      bestSurplus: best,
    };
  }

  private join(agent: Agent): void {
    this.present.set(agent.id, agent);
    this.texts.join(agent);
  }

  /** One that drops its account after so many calls comes back with the next of its person's. */
  private count(agent: Agent): void {
    const calls = (this.calls.get(agent.id) ?? 0) + 1;
    this.calls.set(agent.id, calls);
    if (agent.leavesAfter === null || calls < agent.leavesAfter) return;
    this.present.delete(agent.id);
    this.texts.leave(agent);
    const next = this.reserve.get(agent.person)?.shift();
    if (next) this.join(next);
  }

  /** What triage asks of the database: the capability, the price, not too slow. Whoever claims a type has passed its benchmark. */
  private canBeCalled({ id, claims, minPrice }: Agent, { job, budget }: MarketTask, now: number): boolean {
    const covers = claims.some(
      ({ category, taskType }) => category === job.category && (taskType === null || taskType === job.taskType),
    );
    if (!covers || minPrice > budget) return false;
    return this.policy.slow === 'asked' || !this.standings.isTooSlow(id, job.category, WINDOW_MS, now);
  }

  private choose(able: readonly Agent[], task: MarketTask, now: number): Agent[] {
    const { places, experimentation, operators, triage: policy } = this.policy;
    const seed = `${this.world.seed} ${task.id}`;
    if (this.policy.choose === 'random') return atRandom(able, places, seed);
    const { category, taskType } = task.job;
    const relevances = this.texts.relevances(
      task,
      able.map(({ id }) => id),
    );
    const candidates = able.map(({ id, operatorId, name, minPrice, claims }) => {
      const relevance = relevances.get(id);
      const operator = operators === 'one' ? operatorId : id;
      const specialist = claims.some((claim) => claim.taskType === taskType && claim.specialist);
      return {
        ...{ agentId: id, operatorId: operator, name, version: 1, minPrice, beta: false, health: 'healthy' as const },
        ...{ exactType: claims.some((claim) => claim.taskType === taskType), specialist },
        ...this.known(id, operatorId, category),
        ...(relevance ? { relevance } : {}),
      };
    });
    const { id: taskId, buyerId, budget } = task;
    const { chosen } = decided({
      ...{ id: '', at: new Date(now).toISOString(), policy, candidates, leftOut: { counts: {}, complete: true } },
      request: { taskId, round: 1, buyerId, category, taskType, budget, places, experimentation, seed },
    });
    return chosen.flatMap(({ agentId }) => this.present.get(agentId) ?? []);
  }

  /** As triage reads it; what is not the product's comes on top. */
  private known(agentId: string, operatorId: string, category: string): ReturnType<Standings['of']> {
    const own = this.standings.of(agentId, category);
    if (this.policy.tries === 'agent') return own;
    const siblings = [...this.present.values()].filter((agent) => agent.operatorId === operatorId);
    const known = siblings.map(({ id }) => this.standings.of(id, category));
    return {
      ...own,
      tries: known.reduce((all, { tries }) => all + tries, 0),
      triesAnywhere: known.reduce((all, one) => all + one.triesAnywhere, 0),
    };
  }

  /** The answers that came in time, on the record as a judged round; the others are set back. */
  private async bids(called: readonly Agent[], task: MarketTask, isTaught: boolean, now: number): Promise<Bid[]> {
    const answers = called.map((agent) => ({ agent, ...this.answer(agent, task) }));
    const bad = answers.flatMap(({ agent, outcome }): StandingChange[] => {
      if (outcome === 'answered') return [];
      const about = { agentId: agent.id, category: task.job.category, taskType: task.job.taskType };
      return [
        outcome === 'late' ? { ...about, happened: 'late', waitedMs: WINDOW_MS } : { ...about, happened: 'failed' },
      ];
    });
    const bids = await Promise.all(
      answers.filter(({ outcome }) => outcome === 'answered').map(({ agent, tookMs }) => this.bid(agent, tookMs, task)),
    );
    if (isTaught) {
      if (bad.length > 0) this.standings.record(bad, now);
      this.standings.record(
        bids.map((bid) => judged(bid, task)),
        now,
      );
    }
    return bids;
  }

  private async bid(agent: Agent, tookMs: number, task: MarketTask): Promise<Bid> {
    const wrong = this.wrong(agent, task);
    const verdict = await this.judge.verdict(this.policy.judge, task.job, task.variant, wrong, agent.style);
    return { agent, wrong, quality: qualityOf(task.job, wrong), verdict, tookMs, price: priceOf(agent, task) };
  }

  private answer(agent: Agent, task: MarketTask): { outcome: 'answered' | 'late' | 'failed'; tookMs: number } {
    const next = stream(this.world.seed, 'answer', agent.id, task.id);
    const tookMs = agent.tookMs * Math.exp(0.4 * normal(next));
    const luck = next();
    if (luck < agent.failShare) return { outcome: 'failed', tookMs };
    return { outcome: luck < agent.failShare + agent.lateShare || tookMs > WINDOW_MS ? 'late' : 'answered', tookMs };
  }

  private wrong({ id, skill, bait, luck = id }: Agent, { id: taskId, job, star }: MarketTask): number {
    // Whoever posts its own task knows the answer.
    if (star === id) return 0;
    const now = bait && (this.calls.get(id) ?? 0) < bait.calls ? bait.skill : skill[job.taskType];
    return drawn(this.world.seed, luck, taskId, job, now ?? 0.3);
  }

  private delivered(agent: Agent, task: MarketTask): number {
    const { deliverySkill } = agent;
    return deliverySkill === undefined
      ? this.wrong(agent, task)
      : drawn(this.world.seed, agent.luck ?? agent.id, task.id, task.job, deliverySkill);
  }

  private page(bids: readonly Bid[], task: MarketTask): Shown[] {
    const byId = new Map(bids.map((bid) => [bid.agent.id, bid]));
    const ranked = ranking(
      bids.map(({ agent, verdict, price, tookMs }) => ({
        bidId: agent.id,
        ...verdict,
        price,
        receivedAt: new Date(tookMs),
      })),
    );
    const isCollapsed = this.policy.duplicates === 'collapsed';
    const prints = new Map(isCollapsed ? bids.map((bid) => [bid.agent.id, printOf(bid, task)] as const) : []);
    const placed = presentation(ranked, prints, { ...PAGE, seed: `${this.world.seed} ${task.id}` });
    return placed.flatMap(({ bidId, position }) => {
      const bid = byId.get(bidId);
      return bid && position !== null ? [{ bid, position }] : [];
    });
  }

  private async settle(
    bid: Bid,
    page: readonly Shown[],
    task: MarketTask,
    isTaught: boolean,
    now: number,
  ): Promise<Pick> {
    const { agent, quality: promised, price } = bid;
    const wrong = this.delivered(agent, task);
    if (isTaught) {
      this.standings.record(
        [...page.map((shown) => changeOf(shown.bid.agent, task, 'presented')), changeOf(agent, task, 'picked')],
        now,
      );
      this.note([agent], task, 'delivered', now);
      this.texts.finish(agent, task);
      await this.judgeDelivery(bid, task, wrong, now);
    }
    const earned = price - Math.floor(price * FEE);
    return { agent, promised, delivered: qualityOf(task.job, wrong), price, earned };
  }

  private async judgeDelivery({ agent, verdict }: Bid, task: MarketTask, wrong: number, now: number): Promise<void> {
    if (this.policy.deliveries === 'unjudged') return;
    const { style } = agent;
    const delivered = await this.judge.verdict(this.policy.judge, task.job, task.variant, wrong, style);
    const share = keptShare(verdict, delivered);
    if (share === null) return;
    const about = { agentId: agent.id, category: task.job.category, taskType: task.job.taskType };
    this.standings.record([{ ...about, happened: 'kept', share }], now);
  }

  private note(agents: readonly Agent[], task: MarketTask, happened: 'called' | 'delivered', now: number): void {
    this.standings.record(
      agents.map((agent) => changeOf(agent, task, happened)),
      now,
    );
  }

  /** What the luckiest choice would have given. */
  private bestOf(able: readonly Agent[], task: MarketTask): number {
    if (task.star !== null) return 0;
    const surpluses = able.map((agent) => {
      if (this.answer(agent, task).outcome !== 'answered') return 0;
      return qualityOf(task.job, this.delivered(agent, task)) * task.worth - priceOf(agent, task);
    });
    return Math.max(0, ...surpluses);
  }
}
