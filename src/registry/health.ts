import { HealthResponse, parseJson } from '@bakeoff/agent-kit';
import type { Health } from './agent.schema.js';

/** The largest answer to a probe, in bytes. */
export const HEALTH_BODY_BYTES = 65_536;
const MAX_BACKOFF_S = 3_600;

/** What one probe found. */
export type ProbeResult =
  | { readonly ok: true; readonly version: string | null }
  /** `reason`: a sentence for the operator. */
  | { readonly ok: false; readonly reason: string };

export interface HealthState {
  readonly health: Health;
  /** Failed probes in a row. */
  readonly failures: number;
}

export interface HealthSettings {
  /** Seconds between probes of a healthy agent. */
  readonly probeS: number;
  /** Failures in a row from which the agent is `out`. */
  readonly failuresOut: number;
}

/** The health after a probe. One success makes everything good again; failures in a row double the wait, up to an hour. */
export function nextHealth(
  { failures: before }: HealthState,
  result: ProbeResult,
  now: Date,
  { probeS, failuresOut }: HealthSettings,
): HealthState & { readonly nextProbeAt: Date } {
  if (result.ok) return { health: 'healthy', failures: 0, nextProbeAt: later(now, probeS) };
  const failures = before + 1;
  const waitS = Math.min(Math.max(MAX_BACKOFF_S, probeS), probeS * 2 ** Math.min(failures - 1, 20));
  return { health: failures >= failuresOut ? 'out' : 'failing', failures, nextProbeAt: later(now, waitS) };
}

const Status = HealthResponse.pick({ status: true });
const Details = HealthResponse.pick({ version: true });

/** Reads what `/health` answered. A 200 with `"status": "ok"` is healthy, whatever else it says. Never throws. */
export function readHealth(status: number, body: Uint8Array): ProbeResult {
  if (status !== 200) return { ok: false, reason: `/health answered ${status} instead of 200.` };
  const json = parseJson(body, HEALTH_BODY_BYTES);
  if (!json.ok) return { ok: false, reason: `/health answered 200, but ${json.problem}.` };
  if (!Status.safeParse(json.value).success)
    return { ok: false, reason: '/health answered 200 without "status": "ok".' };
  return { ok: true, version: Details.safeParse(json.value).data?.version ?? null };
}

/** `https://host/agent/execute` is probed at `https://host/agent/health`. */
export function healthUrl(endpointUrl: string): string {
  return endpointUrl.replace(/\/execute$/, '/health');
}

function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}
