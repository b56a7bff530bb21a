import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { Db } from '../platform/database/db.js';
import { Chores } from '../platform/schedule/chores.js';
import { Agent } from '../registry/agent.entity.js';
import { Visibilities } from '../registry/visibility.service.js';

/** How many of an agent's newest bids a rule looks at. Whoever has fewer since it was last moved is left alone. */
export const LOOKED_AT = 20;
const EVERY_S = 600;

interface Row {
  readonly id: string;
  readonly late: number;
  /** The mean of the middles of their scores, 0-100; null: not all of them are judged. */
  readonly score: number | null;
}

// Bids since the last move: who comes back begins anew. A bid that was not called or not needed says nothing.
const NEWEST = `
  SELECT a.id, b.late, j.score
  FROM agents a
  CROSS JOIN LATERAL (
    SELECT COALESCE(max(moved_at), '-infinity') AS since FROM agent_visibility_moves WHERE agent_id = a.id
  ) m
  CROSS JOIN LATERAL (
    SELECT count(*) AS bids, (count(*) FILTER (WHERE status = 'late'))::int AS late
    FROM (
      SELECT status FROM bids WHERE agent_id = a.id AND called_at >= m.since
        AND status NOT IN ('called', 'not_called', 'cancelled')
      ORDER BY called_at DESC, id DESC LIMIT ${LOOKED_AT}
    ) newest
  ) b
  CROSS JOIN LATERAL (
    SELECT CASE WHEN count(*) = ${LOOKED_AT} THEN avg(score) END AS score
    FROM (
      SELECT (SELECT (low + high) / 2 FROM judgements WHERE subject = bids.id ORDER BY created_at DESC LIMIT 1) AS score
      FROM bids WHERE agent_id = a.id AND called_at >= m.since AND status = 'received'
      ORDER BY called_at DESC, id DESC LIMIT ${LOOKED_AT}
    ) judged WHERE score IS NOT NULL
  ) j
  WHERE a.visibility IN ('live', 'beta') AND b.bids = ${LOOKED_AT} AND (b.late > $1 OR j.score < $2)
  ORDER BY a.id LIMIT 100`;

/** Takes agents out of triage and gallery that fail too often at what they bid for, until an admin has looked. */
@Injectable()
export class Hiding implements OnModuleInit {
  private readonly log = new Logger('visibility');

  constructor(
    private readonly db: Db,
    private readonly chores: Chores,
    private readonly config: Config,
    private readonly visibilities: Visibilities,
  ) {}

  onModuleInit(): void {
    this.chores.every(EVERY_S, 'hide-agents', () => this.hideFailing());
  }

  async hideFailing(): Promise<void> {
    const lateAtMost = this.config.HIDE_TIMEOUT_SHARE * LOOKED_AT;
    const found = await this.db.query<Row>(NEWEST, [lateAtMost, this.config.HIDE_SCORE]);
    for (const row of found) await this.hide(row, row.late > lateAtMost);
  }

  private async hide({ id, late, score }: Row, isLate: boolean): Promise<void> {
    const reason = isLate
      ? `It was late in ${late} of its last ${LOOKED_AT} calls.`
      : `Its last ${LOOKED_AT} judged bids scored ${score?.toFixed(0)} of 100 on average.`;
    await this.db.transaction(async (tx) => {
      const agent = await tx.findOne(Agent, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (agent?.visibility !== 'live' && agent?.visibility !== 'beta') return;
      await this.visibilities.move(tx, agent, 'hidden', { by: 'platform', reason });
      this.log.log({ agent_id: id, reason }, 'an agent was hidden');
    });
  }
}
