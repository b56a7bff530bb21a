import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { counted, eligible } from './candidates.queries.js';
import { decided } from './decide.js';
import type { Decision, TriageRequest } from './decision.js';
import { POLICY } from './policy.js';
import { growths, type StandingChange } from './standing.js';
import { addToStanding, type Standing, standingOf } from './standing.queries.js';

export type { StandingChange };

/** Chooses which agents may bid in a round, says why, and keeps what their record says. */
@Injectable()
export class Triage {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Whom to call, by what is known now. It reads and writes nothing down: `keep` does, in the transaction that calls them. */
  async decide(request: TriageRequest): Promise<Decision> {
    const [candidates, { eligible: able, leftOut }] = await Promise.all([
      eligible(this.db, request),
      counted(this.db, request),
    ]);
    const beyond = Math.max(0, able - candidates.length);
    return decided({
      id: newId(),
      at: this.clock.now().toISOString(),
      request,
      policy: { ...POLICY, affinityBoost: this.config.AFFINITY_BOOST },
      candidates,
      leftOut: beyond > 0 ? { ...leftOut, counts: { ...leftOut.counts, beyond_the_cut: beyond } } : leftOut,
    });
  }

  /** Stores the decision whole and counts a try for each agent chosen. A round has one decision: a second is refused by the database. */
  async keep(tx: Tx, decision: Decision): Promise<void> {
    const { id, at, request, chosen } = decision;
    await rows(
      tx,
      'INSERT INTO triage_decisions (id, task_id, round, decided_at, decision) VALUES ($1, $2, $3, $4, $5)',
      [...[id, request.taskId, request.round, at], JSON.stringify(decision)],
    );
    const { category, taskType } = request;
    const called = chosen.map(({ agentId }) => ({ agentId, category, taskType, happened: 'called' as const }));
    await addToStanding(tx, growths(called), this.clock.now());
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
   * for all, so hand over what one transaction has to say in one call.
   */
  async record(tx: Tx, changes: readonly StandingChange[]): Promise<void> {
    await addToStanding(tx, growths(changes), this.clock.now());
  }

  /** The records of these agents; an agent that nothing happened to has none. */
  standingOf(agentIds: readonly string[]): Promise<Standing[]> {
    return standingOf(this.db, agentIds);
  }
}
