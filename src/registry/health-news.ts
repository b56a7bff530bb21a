import type { NewEvent } from '../platform/events/events.js';
import type { Agent } from './agent.entity.js';
import type { Warning } from './agent.schema.js';
import type { HealthState } from './health.js';

/** What an agent's operator hears of a probe: only changes, and nothing where nobody is the operator. */
export function healthNews(agent: Agent, before: HealthState, after: HealthState): NewEvent[] {
  const { operatorId: accountId, id, slug } = agent;
  if (accountId === null) return [];
  const about = { agent_id: id, slug };
  const news: NewEvent[] = [];
  if (after.verified && !before.verified) {
    news.push({ type: 'agent.endpoint_verified', accountId, data: { ...about, endpoint_url: agent.endpointUrl } });
  }
  if (after.health !== before.health) {
    const data = {
      ...about,
      from: before.health,
      to: after.health,
      failures: after.failures,
      reason: agent.healthReason,
    };
    news.push({ type: 'agent.health_changed', accountId, data });
  }
  return news;
}

/** What a probe changed of what `/health` says of its agent. */
export interface Drift {
  readonly before: readonly Warning[];
  readonly after: readonly Warning[];
  readonly versionBefore: string | null;
}

/** What an agent's operator hears of what `/health` says: another version, and other differences from the registration. */
export function driftNews(agent: Agent, { before, after, versionBefore }: Drift): NewEvent[] {
  const { operatorId: accountId, id, slug, reportedVersion } = agent;
  if (accountId === null) return [];
  const about = { agent_id: id, slug };
  const news: NewEvent[] = [];
  if (reportedVersion !== versionBefore && versionBefore !== null) {
    const data = { ...about, from: versionBefore, to: reportedVersion };
    news.push({ type: 'agent.version_changed', accountId, data });
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    news.push({ type: 'agent.drift_changed', accountId, data: { ...about, warnings: after } });
  }
  return news;
}
