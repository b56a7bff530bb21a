import { HealthResponse, parseJson } from '@bakeoff/agent-kit';
import type { Health } from './agent.schema.js';
import { isProven, type Proof, proofProblem, proofWaitS } from './proof.js';

/** The largest answer to a probe, in bytes. */
export const HEALTH_BODY_BYTES = 65_536;

/** What `/health` says of its agent; null: it does not say. */
export interface Reported {
  readonly agent: string | null;
  readonly version: string | null;
  /** `category/task-type`, or `category` alone. */
  readonly capabilities: readonly string[] | null;
}

/** What `/health` answered. */
export type HealthAnswer =
  | { readonly ok: true; readonly reported: Reported; readonly proof: string | null }
  /** `reason`: a sentence for the operator. */
  | { readonly ok: false; readonly reason: string };

/** What one probe found. */
export type ProbeResult =
  | { readonly ok: true; readonly reported: Reported; readonly proof: Proof }
  | { readonly ok: false; readonly reason: string };

export interface HealthState {
  readonly health: Health;
  /** Failed probes in a row. */
  readonly failures: number;
  /** Whether the endpoint has proven, at any time since it was named, that it holds the agent's secret. */
  readonly verified: boolean;
  /** Probes in a row that did not prove it, since it was last asked for. */
  readonly proofFailures: number;
}

export interface NextHealth extends HealthState {
  /** For the operator; null: nothing is wrong. */
  readonly reason: string | null;
  /** null: it is not asked again by itself. */
  readonly nextProbeAt: Date | null;
}

export interface HealthSettings {
  /** Seconds between probes of a healthy agent. */
  readonly probeS: number;
  /** The longest wait between probes of one that fails, in s. */
  readonly maxWaitS: number;
  /** Failures in a row from which the agent is `out`. */
  readonly failuresOut: number;
}

/**
 * The health after a probe. One success makes everything good again; failures in a row double the wait. An endpoint that has
 * not proven itself is not known to be well, whatever it answers, and is asked in a rhythm of its own.
 */
export function nextHealth(before: HealthState, result: ProbeResult, now: Date, settings: HealthSettings): NextHealth {
  const verified = before.verified || (result.ok && isProven(result.proof));
  const failures = result.ok ? 0 : before.failures + 1;
  if (!verified) return unverified(before, result, failures, now, settings);
  if (result.ok) {
    const nextProbeAt = later(now, settings.probeS);
    return { health: 'healthy', failures, verified, proofFailures: 0, reason: null, nextProbeAt };
  }
  const longestS = Math.max(settings.maxWaitS, settings.probeS);
  const waitS = Math.min(longestS, settings.probeS * 2 ** Math.min(failures - 1, 20));
  const health = failures >= settings.failuresOut ? 'out' : 'failing';
  return { health, failures, verified, proofFailures: 0, reason: result.reason, nextProbeAt: later(now, waitS) };
}

function unverified(
  before: HealthState,
  result: ProbeResult,
  failures: number,
  now: Date,
  { failuresOut }: HealthSettings,
): NextHealth {
  const proofFailures = before.proofFailures + 1;
  const waitS = proofWaitS(proofFailures);
  return {
    health: failures >= failuresOut ? 'out' : 'unknown',
    failures,
    verified: false,
    proofFailures,
    reason: result.ok ? proofProblem(result.proof === 'missing' ? 'missing' : 'wrong') : result.reason,
    nextProbeAt: waitS === null ? null : later(now, waitS),
  };
}

const Status = HealthResponse.pick({ status: true });
const { agent: Agent, version: Version, capabilities: Capabilities, challenge: Challenge } = HealthResponse.shape;

/** Reads what `/health` answered. A 200 with `"status": "ok"` is healthy, whatever else it says. Never throws. */
export function readHealth(status: number, body: Uint8Array): HealthAnswer {
  if (status !== 200) return { ok: false, reason: `/health answered ${status} instead of 200.` };
  const json = parseJson(body, HEALTH_BODY_BYTES);
  if (!json.ok) return { ok: false, reason: `/health answered 200, but ${json.problem}.` };
  if (!Status.safeParse(json.value).success)
    return { ok: false, reason: '/health answered 200 without "status": "ok".' };
  const said = json.value as Record<string, unknown>;
  const reported = {
    agent: Agent.safeParse(said.agent).data ?? null,
    version: Version.safeParse(said.version).data ?? null,
    capabilities: Capabilities.safeParse(said.capabilities).data ?? null,
  };
  return { ok: true, reported, proof: Challenge.safeParse(said.challenge).data ?? null };
}

/** `https://host/agent/execute` is probed at `https://host/agent/health`. */
export function healthUrl(endpointUrl: string): string {
  return endpointUrl.replace(/\/execute$/, '/health');
}

function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}
