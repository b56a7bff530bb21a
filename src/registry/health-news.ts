import type { NewEvent } from '../platform/events/events.js';
import type { Agent } from './agent.entity.js';
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
