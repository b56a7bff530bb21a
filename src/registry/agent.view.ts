import type { Agent, AgentCapability } from './agent.entity.js';
import {
  type AgentView,
  type CapabilityView,
  type NewSecret,
  PUBLIC_VISIBILITIES,
  type PublicAgentView,
  type RegisteredAgent,
  type UpdatedAgent,
  type Warning,
} from './agent.schema.js';
import { blockers } from './blockers.js';
import type { AgentWithCapabilities } from './capabilities.queries.js';
import { capabilityName } from './consequences.js';
import { drift } from './drift.js';
import { healthUrl } from './health.js';
import type { Registered, Updated } from './registration.service.js';
import type { Rotated } from './signing-secrets.service.js';

/** For its operator alone. */
export function agentView({ agent, capabilities }: AgentWithCapabilities): AgentView {
  const proven = capabilities.filter(({ passedAt }) => passedAt !== null).length;
  return {
    id: agent.id,
    slug: agent.slug,
    name: agent.name,
    description: agent.description,
    endpoint_url: agent.endpointUrl,
    health_url: healthUrl(agent.endpointUrl),
    endpoint_verified_at: agent.endpointVerifiedAt?.toISOString() ?? null,
    execution_mode: agent.executionMode,
    max_concurrency: agent.maxConcurrency,
    min_price: agent.minPrice,
    model_notes: agent.modelNotes,
    capabilities: capabilities.map(capabilityView),
    visibility: agent.visibility,
    active: agent.active,
    paused_at: agent.pausedAt?.toISOString() ?? null,
    version: agent.version,
    health: healthView(agent),
    blockers: blockers({ ...agent, proven }),
    warnings: driftOf(agent, capabilities),
    created_at: agent.createdAt.toISOString(),
    updated_at: agent.updatedAt.toISOString(),
  };
}

/** Where what `/health` said last differs from the registration. */
export function driftOf(agent: Agent, capabilities: readonly AgentCapability[]): Warning[] {
  const registered = {
    slug: agent.slug,
    capabilities: capabilities.map(capabilityName),
    proof: agent.proof,
    isVerified: agent.endpointVerifiedAt !== null,
  };
  const reported = {
    agent: agent.reportedAgent,
    version: agent.reportedVersion,
    capabilities: agent.reportedCapabilities,
  };
  return drift(registered, reported);
}

export function registeredView(registered: Registered): RegisteredAgent {
  return { agent: agentView(registered), secret: registered.secret };
}

export function updatedView(updated: Updated): UpdatedAgent {
  return { ...agentView(updated), consequences: [...updated.consequences] };
}

export function newSecretView({ secret, oldEndAt }: Rotated): NewSecret {
  return { secret, old_secrets_end_at: oldEndAt?.toISOString() ?? null };
}

/** For everybody. Only of agents that are public. */
export function publicAgentView({ agent, capabilities }: AgentWithCapabilities): PublicAgentView {
  return {
    id: agent.id,
    slug: agent.slug,
    name: agent.name,
    description: agent.description,
    model_notes: agent.modelNotes,
    min_price: agent.minPrice,
    capabilities: capabilities.map((capability) => {
      const { passed_at: passedAt, ...declared } = capabilityView(capability);
      return { ...declared, proven: passedAt !== null };
    }),
    visibility: PUBLIC_VISIBILITIES.find((visibility) => visibility === agent.visibility) ?? 'coming_soon',
    available: isAvailable(agent),
    version: agent.version,
    created_at: agent.createdAt.toISOString(),
  };
}

function capabilityView({ category, taskType, specialist, passedAt }: AgentCapability): CapabilityView {
  return { category, task_type: taskType, specialist, passed_at: passedAt?.toISOString() ?? null };
}

function healthView(agent: Agent): AgentView['health'] {
  return {
    status: agent.health,
    failures: agent.healthFailures,
    reason: agent.healthReason,
    reported_version: agent.reportedVersion,
    checked_at: agent.healthCheckedAt?.toISOString() ?? null,
    next_probe_at: agent.pausedAt ? null : (agent.nextProbeAt?.toISOString() ?? null),
  };
}

function isAvailable({ visibility, pausedAt, health }: Agent): boolean {
  return (
    (visibility === 'live' || visibility === 'beta') && !pausedAt && (health === 'healthy' || health === 'failing')
  );
}
