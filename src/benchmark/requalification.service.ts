import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { Db } from '../platform/database/db.js';
import { DomainError } from '../platform/http/errors.js';
import { declaredCapabilities, lockedAgent } from './benchmark.queries.js';
import { MAX_TYPES } from './choice.js';
import { Starts } from './starts.service.js';

const DAY_MS = 86_400_000;
/** How long after a change an agent is left alone, in ms: whoever changes one thing mostly changes another. */
const SETTLED_MS = 600_000;
const BATCH = 20;

// The newest run says which version was tested last. An agent without any run was never proven by one.
const DUE = `
  SELECT a.id FROM agents a
  CROSS JOIN LATERAL (
    SELECT status, agent_version, next_allowed_at FROM benchmark_runs WHERE agent_id = a.id ORDER BY id DESC LIMIT 1
  ) r
  CROSS JOIN LATERAL (
    SELECT min(tested_at) AS tested_at, max(failures) AS failures FROM agent_capabilities
    WHERE agent_id = a.id AND passed_at IS NOT NULL HAVING count(*) > 0
  ) c
  WHERE a.visibility IN ('live', 'beta') AND a.paused_at IS NULL AND a.health IN ('healthy', 'failing')
    AND r.status <> 'running' AND (r.next_allowed_at IS NULL OR r.next_allowed_at <= $1)
    AND (c.failures > 0 OR c.tested_at < $2 OR ($3 AND a.version > r.agent_version AND a.updated_at < $4))
  ORDER BY a.id LIMIT ${BATCH}`;

/** Tests live agents again, while they go on working: after a change, after a failure, and from time to time. */
@Injectable()
export class Requalification {
  private readonly log = new Logger('benchmark');

  constructor(
    private readonly db: Db,
    private readonly starts: Starts,
    private readonly config: Config,
  ) {}

  async startDue(now: Date): Promise<void> {
    const { REQUALIFY_DAYS: days, REQUALIFY_ON_CHANGE: onChange } = this.config;
    const old = days === 0 ? null : new Date(now.getTime() - days * DAY_MS);
    const due = await this.db.query<{ id: string }>(DUE, [now, old, onChange, new Date(now.getTime() - SETTLED_MS)]);
    for (const { id } of due) await this.start(id);
  }

  /** What failed last comes first, then what was tested longest ago. */
  private async start(agentId: string): Promise<void> {
    try {
      await this.db.transaction(async (tx) => {
        const agent = await lockedAgent(tx, agentId);
        const proven = (await declaredCapabilities(tx, agentId)).filter(({ passedAt }) => passedAt !== null);
        const age = (at: Date | null) => at?.getTime() ?? 0;
        proven.sort((a, b) => b.failures - a.failures || age(a.testedAt) - age(b.testedAt));
        if (agent && proven.length > 0) await this.starts.start(tx, agent, proven.slice(0, MAX_TYPES));
      });
    } catch (err) {
      if (!(err instanceof DomainError)) throw err;
      this.log.debug({ agent_id: agentId, code: err.code }, 'a requalification has to wait');
    }
  }
}
