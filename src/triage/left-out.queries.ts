import type { Db } from '../platform/database/db.js';
import type { TriageRequest } from './decision.js';
import type { AgentFacts } from './eligibility.js';

/** What decides whether an agent may be called in such a round, as it is now; undefined: there is no such agent. */
export async function agentFacts(
  db: Db,
  agentId: string,
  { category, taskId, round }: Pick<TriageRequest, 'category' | 'taskId' | 'round'>,
): Promise<AgentFacts | undefined> {
  const [facts] = await db.query<AgentFacts>(
    `SELECT a.id AS "agentId", a.operator_id AS "operatorId", a.name, a.version, a.visibility, a.active, a.paused_at AS "pausedAt",
            a.health, a.min_price AS "minPrice", a.created_at AS "createdAt",
            COALESCE((SELECT jsonb_agg(jsonb_build_object('taskType', c.task_type, 'passedAt', c.passed_at))
              FROM agent_capabilities c WHERE c.agent_id = a.id AND c.category = $2), '[]') AS capabilities,
            (SELECT usual_ms FROM agent_standing s
              WHERE s.agent_id = a.id AND s.category = $2 AND s.task_type IS NULL) AS "usualMs",
            EXISTS (SELECT FROM triage_decisions d WHERE d.task_id = $3 AND d.round < $4
              AND d.decision -> 'chosen' @> jsonb_build_array(jsonb_build_object('agentId', a.id))) AS "calledBefore"
     FROM agents a WHERE a.id = $1`,
    [agentId, category, taskId, round],
  );
  return facts;
}
