import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import type { Decision, Scored } from '../triage/decision.js';
import { Triage } from '../triage/triage.service.js';
import type { Bid } from './bid.entity.js';
import { lockOpenBids } from './bids.queries.js';
import { type HedgeStep, hedgeStep } from './hedge-rule.js';
import { type Bidder, calledEvent, type Invitation, Invitations } from './invitations.service.js';
import { Task } from './task.entity.js';
import { Transitions } from './transitions.js';

const BATCH = 100;

interface OpenRound {
  readonly task_id: string;
  readonly number: number;
  readonly started_at: Date;
  readonly deadline_at: Date;
}

/** Asks one more bidder, once a round, when one of those called seems to be late. */
@Injectable()
export class Hedging {
  private readonly log = new Logger('hedging');

  constructor(
    private readonly db: Db,
    private readonly triage: Triage,
    private readonly invitations: Invitations,
    private readonly transitions: Transitions,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Looks after every round that is due for it. When to look next is on the round, so no restart forgets it. */
  async lookAfter(now: Date): Promise<void> {
    const due = await this.db.query<OpenRound>(
      `SELECT task_id, number, started_at, deadline_at FROM rounds WHERE hedge_at <= $1 ORDER BY hedge_at LIMIT ${BATCH}`,
      [now],
    );
    for (const round of due) {
      const looked = this.look(round);
      await looked.catch((err) => this.log.error({ err, task_id: round.task_id }, 'a round could not be looked after'));
    }
  }

  private async look(round: OpenRound): Promise<void> {
    const [decision, bids] = await Promise.all([
      this.triage.of(round.task_id, round.number),
      this.db.query<{ agent_id: string }>(
        `SELECT agent_id FROM bids WHERE task_id = $1 AND round = $2 AND status = 'called'`,
        [round.task_id, round.number],
      ),
    ]);
    const out = bids.map(({ agent_id }) => agent_id);
    const times = { startedAt: round.started_at, deadlineAt: round.deadline_at, now: this.clock.now() };
    const step: HedgeStep = decision ? hedgeStep(decision, { ...times, out }) : { kind: 'over' };
    if (step.kind === 'invite' && decision) await this.invite(round, decision, step.late, step.next);
    else await this.lookAgain(round, step.kind === 'wait' ? step.at : null);
  }

  private async lookAgain({ task_id, number }: OpenRound, at: Date | null): Promise<void> {
    await this.db.query('UPDATE rounds SET hedge_at = $3 WHERE task_id = $1 AND number = $2', [task_id, number, at]);
  }

  private async invite(round: OpenRound, decision: Decision, late: string, next: readonly Scored[]): Promise<void> {
    const task = await this.db.dataSource.manager.findOneBy(Task, { id: round.task_id });
    const bidder = await this.firstCallable(next, decision.request.budget);
    if (!task || !bidder) return this.lookAgain(round, null);
    const times = { calledAt: this.clock.now(), deadlineAt: round.deadline_at };
    const attachments = await this.invitations.attachments(task.id, times.deadlineAt);
    const request = await this.invitations.request(task, times.deadlineAt, attachments);
    const invitations = this.invitations.to(task, [bidder], { ...times, request }, true);
    await this.db.transaction((tx) => this.open(tx, round, decision, invitations, late));
  }

  /** Who was a candidate then may have paused, failed or become dearer since. */
  private async firstCallable(next: readonly Scored[], budget: number): Promise<Bidder | undefined> {
    const [first] = await this.db.query<Omit<Bidder, 'beta'>>(
      `SELECT id AS "agentId", operator_id AS "operatorId", name, version, min_price AS "minPrice" FROM agents
       WHERE id = ANY($1::uuid[]) AND active AND paused_at IS NULL AND visibility IN ('live', 'beta')
         AND health IN ('healthy', 'failing') AND min_price <= $2
       ORDER BY array_position($1::uuid[], id) LIMIT 1`,
      [next.map(({ agentId }) => agentId), budget],
    );
    const candidate = next.find(({ agentId }) => agentId === first?.agentId);
    return first && { ...first, beta: candidate?.beta ?? true };
  }

  /** Locks as everybody does: the bids that are out, the round, the task. Of two processes one finds `hedge_at` gone. */
  private async open(
    tx: Tx,
    { task_id: taskId, number, deadline_at: deadlineAt }: OpenRound,
    { request }: Decision,
    invitations: readonly Invitation[],
    late: string,
  ): Promise<void> {
    await lockOpenBids(tx, taskId);
    const [open] = await rows(
      tx,
      `SELECT 1 FROM rounds WHERE task_id = $1 AND number = $2 AND hedge_at IS NOT NULL AND hedged_at IS NULL
         AND closed_at IS NULL AND outstanding > 0 FOR UPDATE`,
      [taskId, number],
    );
    const task = open ? await this.transitions.lock(tx, taskId) : null;
    const wanted = task?.status === 'prototyping' && task.round === number;
    await rows(
      tx,
      `UPDATE rounds SET hedge_at = NULL, hedged_at = COALESCE($3, hedged_at), outstanding = outstanding + $4
       WHERE task_id = $1 AND number = $2`,
      [taskId, number, wanted ? this.clock.now() : null, wanted ? invitations.length : 0],
    );
    if (!task || !wanted) return;
    await this.invitations.open(tx, invitations);
    const bids = invitations.map(({ bid }) => bid);
    await this.events.append(tx, ...bids.flatMap((bid) => [calledEvent(bid, deadlineAt), extraEvent(task, bid, late)]));
    await this.triage.noteExtra(tx, request, bids);
  }
}

/** For the buyer: who was asked besides, and because of whom. */
function extraEvent({ buyerId }: Task, { id, taskId, agentId, agentName, round }: Bid, late: string) {
  const data = { task_id: taskId, bid_id: id, agent_id: agentId, agent_name: agentName, round, late_agent_id: late };
  return { type: 'bid.extra', accountId: buyerId, taskId, data };
}
