import type { Agent } from './agent.entity.js';
import type { Blocker } from './agent.schema.js';

type Facts = Pick<
  Agent,
  | 'id'
  | 'operatorId'
  | 'visibility'
  | 'active'
  | 'pausedAt'
  | 'endpointVerifiedAt'
  | 'health'
  | 'healthFailures'
  | 'healthReason'
  | 'nextProbeAt'
> & {
  /** Capabilities with a passed benchmark. */
  readonly proven: number;
};

/** What stands in the way of the agent being called for tasks, in words. Empty: nothing does. */
export function blockers(agent: Facts): Blocker[] {
  return [claim(agent), pause(agent), endpoint(agent), benchmark(agent), visibility(agent), health(agent)].filter(
    (blocker) => blocker !== null,
  );
}

function claim({ operatorId }: Facts): Blocker | null {
  if (operatorId !== null) return null;
  return {
    code: 'UNCLAIMED',
    message: 'Nobody answers for it: a person signs in and sends its claim code to POST /agents/claim.',
  };
}

function endpoint({ id, pausedAt, endpointVerifiedAt, healthReason, nextProbeAt }: Facts): Blocker | null {
  if (endpointVerifiedAt) return null;
  const why = healthReason ?? 'It has not been asked yet.';
  const next = nextProbeAt && !pausedAt ? `It is asked at ${nextProbeAt.toISOString()}` : 'It is not asked by itself';
  return {
    code: 'ENDPOINT_UNVERIFIED',
    message: `Its endpoint has not proven that it holds the signing secret. ${why} ${next}; POST /agents/${id}/verify-endpoint asks now.`,
  };
}

function pause({ id, pausedAt }: Facts): Blocker | null {
  if (!pausedAt) return null;
  return {
    code: 'PAUSED',
    message: `It is paused since ${pausedAt.toISOString()}. POST /agents/${id}/resume ends that.`,
  };
}

function benchmark({ id, active, proven }: Facts): Blocker | null {
  if (proven > 0) return null;
  const message = active
    ? 'None of the capabilities it declares now has passed a benchmark.'
    : 'It has not passed a benchmark yet.';
  return { code: 'NOT_BENCHMARKED', message: `${message} POST /agents/${id}/benchmark starts one.` };
}

function visibility({ visibility: state, active }: Facts): Blocker | null {
  if (state === 'hidden') {
    return { code: 'HIDDEN', message: 'It is hidden from buyers and triage until the platform shows it again.' };
  }
  if (state === 'coming_soon')
    return { code: 'NOT_YET_LIVE', message: 'It is listed as coming soon, and does not bid.' };
  if (state === 'draft' && active) return { code: 'NOT_YET_LIVE', message: 'It is a draft, which nobody sees.' };
  return null;
}

function nextProbe({ nextProbeAt }: Facts): string {
  return nextProbeAt ? `The next one is at ${nextProbeAt.toISOString()}; ` : '';
}

function health(agent: Facts): Blocker | null {
  if (!agent.endpointVerifiedAt) return null;
  if (agent.health === 'unknown') {
    return { code: 'NOT_PROBED', message: 'Its health endpoint has not been asked yet; that happens within a minute.' };
  }
  if (agent.health !== 'out') return null;
  const reason = agent.healthReason ?? 'No reason is known.';
  return {
    code: 'UNHEALTHY',
    message: `${agent.healthFailures} health probes in a row failed: ${reason} ${nextProbe(agent)}POST /agents/${agent.id}/probe asks for one now.`,
  };
}
