import { Injectable } from '@nestjs/common';
import { Judging } from '../judging/judging.service.js';
import { type Calibration, calibration } from '../judging/panel/calibration.js';
import type { Learned } from '../judging/panel/from-picks.js';
import { Panel } from '../judging/panel/panel.service.js';
import { Db } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { categoryOf } from '../registry/known-task-types.js';
import { taskType } from '../registry/taxonomy.js';
import { decidedRounds, type PastBidRow, pastBids } from './hindsight.queries.js';
import type { CalibrationQuery, RehearseRubric } from './hindsight.schema.js';
import { type PastRound, type Rehearsal, rehearsed, weighable } from './rehearsal.js';
import { NoSuchCriterion } from './tasks.errors.js';

const DAY_MS = 86_400_000;
const MOST_ROUNDS = 5_000;

/** What past rounds tell about judging: how far it agrees with buyers, and what other weights would have changed. */
@Injectable()
export class Hindsight {
  constructor(
    private readonly db: Db,
    private readonly judging: Judging,
    private readonly panel: Panel,
  ) {}

  /** How often the top-judged bid is the one picked, by task type, and whom the panel has learned to believe. */
  async calibration(query: CalibrationQuery): Promise<{ found: Calibration[]; learned: Learned }> {
    const { task_type: type = null, window_days: days } = query;
    const [rounds, learned] = await Promise.all([decidedRounds(this.db, type, MOST_ROUNDS), this.panel.learn()]);
    return { found: calibration(rounds, days * DAY_MS), learned };
  }

  /**
   * Ranks past rounds again under other weights and changes nothing. An admin rehearses with all rounds, anybody else with the
   * presented bids of their own tasks.
   *
   * @throws UnknownSlug     no such task type
   * @throws NoSuchCriterion a weight for something that was never asked
   */
  async rehearse(actor: Actor, input: RehearseRubric): Promise<Rehearsal> {
    const { task_type: slug, dimensions, criteria } = input;
    categoryOf(slug);
    const buyerId = actor.scopes.has('admin') ? null : actor.accountId;
    const rounds = await this.rounds(await pastBids(this.db, slug, buyerId, input.rounds));
    const known = weighable(rounds);
    for (const dimension of taskType(slug)?.rubric.dimensions ?? []) {
      known.dimensions.add(dimension.key);
      for (const { key } of dimension.criteria) known.criteria.add(key);
    }
    refuseUnknown('dimensions', dimensions, known.dimensions);
    refuseUnknown('criteria', criteria, known.criteria);
    return rehearsed(rounds, { dimensions, criteria });
  }

  private async rounds(bids: readonly PastBidRow[]): Promise<PastRound[]> {
    const judgements = await this.judging.of(bids.map(({ id }) => id));
    const byRound = Map.groupBy(bids, ({ task_id, round }) => `${task_id} ${round}`);
    return [...byRound.values()].flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const past = own.flatMap(({ id, agent_id, agent_name, price, received_at, selected }) => {
        const judgement = judgements.get(id);
        if (!judgement) return [];
        const agent = { id: agent_id, name: agent_name };
        return { bidId: id, agent, price, receivedAt: received_at, picked: selected, judgement };
      });
      return { taskId: first.task_id, round: first.round, bids: past };
    });
  }
}

function refuseUnknown(
  what: 'dimensions' | 'criteria',
  weights: Readonly<Record<string, number>>,
  known: ReadonlySet<string>,
): void {
  const unknown = Object.keys(weights).find((key) => !known.has(key));
  if (unknown !== undefined) throw new NoSuchCriterion(what, unknown, [...known]);
}
