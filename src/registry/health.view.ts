import type { AgentHealthView } from './agent.schema.js';
import { agentView } from './agent.view.js';
import type { AgentWithCapabilities } from './capabilities.queries.js';
import type { HealthPast, ProbeRow } from './health-history.service.js';

export function agentHealthView(agent: AgentWithCapabilities, past: HealthPast): AgentHealthView {
  const { health, warnings } = agentView(agent);
  return {
    ...health,
    warnings,
    uptime_24h: rounded(past.uptimeDay),
    uptime_7d: rounded(past.uptimeWeek),
    transitions: past.turns.map(({ at, ok, reason, health: status }) => ({
      at: at.toISOString(),
      status: ok === null ? 'not_asked' : status,
      ok,
      reason,
    })),
    probes: past.probes.map(probeView),
  };
}

function probeView({ at, ok, tookMs, reason }: ProbeRow) {
  return { at: at.toISOString(), ok: ok === true, took_ms: tookMs, reason };
}

/** To a hundredth of a percent. */
function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
