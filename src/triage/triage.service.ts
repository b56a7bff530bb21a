import { Injectable } from '@nestjs/common';
import { PayoutReadiness } from '../payouts/payout-readiness.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx, together } from '../platform/database/db.js';
import { type Asked, CUT, counted, eligible, eligibleOf, type Found, withNamed } from './candidates.queries.js';
import { decided } from './decide.js';
import type { Candidate, Chosen, Decision, LeftOut, LeftOutReason, TriageRequest } from './decision.js';
import { POLICY } from './policy.js';
import { type Heard, Profiles } from './profiles.service.js';
import type { Relevance } from './relevance/relevance.js';
import type { StandingChange } from './standing.js';
import { addToStanding, countOperatorCalls, type Standing, standingOf } from './standing.queries.js';

export type { StandingChange };

/** Chooses which agents may bid in a round, says why, and keeps what their record says. */
@Injectable()
export class Triage {
  /** Categories that held more than can be compared when this process last looked: there, texts are searched without waiting to see. */
  private readonly crowded = new Set<string>();

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly payouts: PayoutReadiness,
    private readonly profiles: Profiles,
  ) {}

  /** Whom to call, by what is known now. It reads and writes nothing down: `keep` does, in the transaction that calls them. */
  async decide(request: TriageRequest): Promise<Decision> {
    const now = this.clock.now();
    const asked = { ...request, now, operatorQuota: this.config.OPERATOR_CALLS_PER_HOUR };
    const isCrowded = this.crowded.has(request.category);
    const finding = eligible(this.db, asked);
    // In a crowded category the count is kept from slowing the search: it goes on while the candidates are compared.
    const counting = isCrowded ? finding.then(() => counted(this.db, asked)) : counted(this.db, asked);
    const [{ found, candidates }, { eligible: able, leftOut }] = await Promise.all([
      this.compared(asked, finding, isCrowded),
      counting,
    ]);
    const more = {
      payout_not_ready: found.length - candidates.length,
      beyond_the_cut: Math.max(0, able - found.length),
    };
    return decided({
      id: newId(),
      at: now.toISOString(),
      request,
      policy: { ...POLICY, affinityBoost: this.config.AFFINITY_BOOST },
      candidates,
      leftOut: withMore(leftOut, more),
    });
  }

  /** The candidates; in a category so large that not all can be compared also those whose texts fit, a quarter of the cut at most. */
  private async compared(
    asked: TriageRequest & Asked,
    finding: Promise<Found[]>,
    isCrowded: boolean,
  ): Promise<{ found: Found[]; candidates: Candidate[] }> {
    const hearing = asked.brief ? this.profiles.hear(asked.brief) : Promise.resolve(null);
    const naming = isCrowded ? hearing.then((heard) => this.named(asked, heard)) : null;
    const [first, heard, named] = await Promise.all([finding, hearing, naming]);
    const isFull = first.length >= CUT;
    if (isFull) this.crowded.add(asked.category);
    else this.crowded.delete(asked.category);
    const found = isFull ? withNamed(first, named ?? (await this.named(asked, heard))) : first;
    return { found, candidates: await this.payable(found, heard) };
  }

  /** Agents that may be called and whose texts fit. */
  private async named(asked: Asked, heard: Heard | null): Promise<Found[]> {
    const relevant = heard ? await this.profiles.relevant(heard, asked.category, Math.floor(CUT / 4)) : [];
    return relevant.length === 0 ? [] : eligibleOf(this.db, asked, relevant);
  }

  /** Those that can be paid, with how well they fit the brief in words. */
  private async payable(found: readonly Found[], heard: Heard | null): Promise<Candidate[]> {
    const operators = new Set(found.map(({ candidate }) => candidate.operatorId));
    const versions = new Map(found.map(({ candidate, profile }) => [candidate.agentId, profile] as const));
    const [unpayable, fits] = await Promise.all([
      this.payouts.notReady([...operators]),
      heard ? this.profiles.relevances(heard, versions) : new Map<string, Relevance>(),
    ]);
    const payable = found.filter(({ candidate }) => !unpayable.has(candidate.operatorId));
    return payable.map(({ candidate }): Candidate => {
      const relevance = fits.get(candidate.agentId);
      return relevance ? { ...candidate, relevance } : candidate;
    });
  }

  /** Stores the decision whole and counts a try for each agent chosen. A round has one decision: a second is refused by the database. */
  async keep(tx: Tx, decision: Decision): Promise<void> {
    const { id, at, request, chosen } = decision;
    const { category, taskType } = request;
    const called = chosen.map(({ agentId }) => ({ agentId, category, taskType, happened: 'called' as const }));
    const operators = chosen.map(({ operatorId }) => operatorId);
    const now = this.clock.now();
    await together(
      rows(tx, 'INSERT INTO triage_decisions (id, task_id, round, decided_at, decision) VALUES ($1, $2, $3, $4, $5)', [
        ...[id, request.taskId, request.round, at],
        JSON.stringify(decision),
      ]),
      addToStanding(tx, called, now),
      countOperatorCalls(tx, operators, now),
    );
  }

  /** Notes agents that are called in the round of a kept decision besides those it chose, and counts a try for each. */
  async noteExtra(
    tx: Tx,
    { taskId, round, category, taskType }: Pick<TriageRequest, 'taskId' | 'round' | 'category' | 'taskType'>,
    agents: readonly Pick<Chosen, 'agentId' | 'operatorId'>[],
  ): Promise<void> {
    const ids = agents.map(({ agentId }) => agentId);
    await rows(tx, 'UPDATE triage_decisions SET extra = extra || $3::uuid[] WHERE task_id = $1 AND round = $2', [
      taskId,
      round,
      ids,
    ]);
    const now = this.clock.now();
    const called = agents.map(({ agentId }) => ({ agentId, category, taskType, happened: 'called' as const }));
    await addToStanding(tx, called, now);
    await countOperatorCalls(
      tx,
      agents.map(({ operatorId }) => operatorId),
      now,
    );
  }

  /** The decision of a round; null: none was kept. */
  async of(taskId: string, round: number): Promise<Decision | null> {
    const [row] = await this.db.query<{ decision: Decision }>(
      'SELECT decision FROM triage_decisions WHERE task_id = $1 AND round = $2',
      [taskId, round],
    );
    return row?.decision ?? null;
  }

  /**
   * Puts what happened on the agents' records. Each call counts: a repeat counts again. It locks the agents' rows in one order
   * for all, so hand over what one transaction has to say in one call: bids judged in one call are a round, measured against each other.
   */
  async record(tx: Tx, changes: readonly StandingChange[]): Promise<void> {
    await addToStanding(tx, changes, this.clock.now());
  }

  /** Notes a task that an agent finished: its text is part of the agent's profile from then on. A repeat changes nothing. */
  async finished(
    tx: Tx,
    task: { readonly agentId: string; readonly taskId: string; readonly text: string },
  ): Promise<void> {
    await this.profiles.finished(tx, task);
  }

  /** The records of these agents; an agent that nothing happened to has none. */
  standingOf(agentIds: readonly string[]): Promise<Standing[]> {
    return standingOf(this.db, agentIds);
  }
}

function withMore(leftOut: LeftOut, more: Partial<Record<LeftOutReason, number>>): LeftOut {
  const counts = Object.fromEntries(Object.entries(more).filter(([, agents]) => agents > 0));
  return { ...leftOut, counts: { ...leftOut.counts, ...counts } };
}
