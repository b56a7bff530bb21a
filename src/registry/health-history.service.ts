import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import { affected, Db, rows, type Tx } from '../platform/database/db.js';
import type { Health } from './agent.schema.js';
import { type Turn, uptime } from './uptime.js';

const DAY_MS = 86_400_000;
const SHOWN_PROBES = 50;
const SHOWN_TURNS = 50;

/** What one probe found; `ok` null: from here on it was not asked, as it was paused or moved. */
export interface Probed {
  readonly ok: boolean | null;
  readonly tookMs: number | null;
  readonly reason: string | null;
  readonly health: Health;
}

export interface ProbeRow extends Probed {
  readonly at: Date;
}

export interface HealthPast {
  /** Newest first. */
  readonly probes: readonly ProbeRow[];
  readonly turns: readonly ProbeRow[];
  /** 0-1; null: it was not asked. */
  readonly uptimeDay: number | null;
  readonly uptimeWeek: number | null;
}

const COLUMNS = 'at, ok, took_ms AS "tookMs", reason, health';

/** What became of the probes of agents: for a day each of them, for longer those that changed something. */
@Injectable()
export class HealthHistory {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Writes one down. The caller holds the agent's row. */
  async note(tx: Tx, agentId: string, { ok, tookMs, reason, health }: Probed): Promise<void> {
    await rows(
      tx,
      `INSERT INTO agent_probes (id, agent_id, at, ok, took_ms, reason, health, turned)
       SELECT $1, $2, $3, $4, $5, $6, $7, last.health IS NULL OR last.health <> $7 OR last.ok IS DISTINCT FROM $4
       FROM (SELECT) one LEFT JOIN LATERAL (
         SELECT ok, health FROM agent_probes WHERE agent_id = $2 ORDER BY at DESC LIMIT 1
       ) last ON true`,
      [newId(), agentId, this.clock.now(), ok, tookMs === null ? null : Math.round(tookMs), reason, health],
    );
  }

  async of(agentId: string): Promise<HealthPast> {
    const now = this.clock.now();
    const weekAgo = new Date(now.getTime() - 7 * DAY_MS);
    const [probes, turns, timeline] = await Promise.all([
      this.db.query<ProbeRow>(
        `SELECT ${COLUMNS} FROM agent_probes WHERE agent_id = $1 AND ok IS NOT NULL ORDER BY at DESC LIMIT $2`,
        [agentId, SHOWN_PROBES],
      ),
      this.db.query<ProbeRow>(
        `SELECT ${COLUMNS} FROM agent_probes WHERE agent_id = $1 AND turned ORDER BY at DESC LIMIT $2`,
        [agentId, SHOWN_TURNS],
      ),
      this.timeline(agentId, weekAgo),
    ]);
    const since = (days: number) => uptime(timeline, new Date(now.getTime() - days * DAY_MS), now);
    return { probes, turns, uptimeDay: since(1), uptimeWeek: since(7) };
  }

  /** Probes older than a day that changed nothing, and all beyond HEALTH_HISTORY_DAYS. */
  async forgetOld(now: Date): Promise<number> {
    const dayAgo = new Date(now.getTime() - DAY_MS);
    const before = new Date(now.getTime() - this.config.HEALTH_HISTORY_DAYS * DAY_MS);
    return this.db.transaction((tx) =>
      affected(tx, 'DELETE FROM agent_probes WHERE at < $1 AND NOT turned OR at < $2', [dayAgo, before]),
    );
  }

  /** Oldest first, from the last turn before `from` on. */
  private async timeline(agentId: string, from: Date): Promise<Turn[]> {
    return this.db.query<Turn>(
      `(SELECT at, ok FROM agent_probes WHERE agent_id = $1 AND turned AND at <= $2 ORDER BY at DESC LIMIT 1)
       UNION ALL (SELECT at, ok FROM agent_probes WHERE agent_id = $1 AND turned AND at > $2)
       ORDER BY at`,
      [agentId, from],
    );
  }
}
