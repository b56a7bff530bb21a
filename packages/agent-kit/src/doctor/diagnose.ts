import { callbackServer } from '../caller/callbacks.js';
import { fileServer } from '../caller/files.js';
import { seenOf } from '../caller/seen.js';
import { type Check, type Finding, skipped } from './check.js';
import { CHECKS } from './checks.js';
import { Patient, type PatientOptions } from './patient.js';

export interface Diagnosis extends Finding {
  check: Check;
  tookMs: number;
}

export interface DiagnoseOptions extends Omit<PatientOptions, 'files' | 'callbacks'> {
  /** Calls it as one that answers later, with a callback in each request. */
  isAsync?: boolean;
  checks?: readonly Check[];
  /** Hears of each finding as it is made. */
  onFinding?: (diagnosis: Diagnosis) => void;
}

/**
 * Does everything to an agent that the platform, a network or a stranger may do, one after the other, and says what it saw.
 * Each check that reaches the work makes the agent work: about thirty calls in all.
 */
export async function diagnose({
  checks = CHECKS,
  onFinding,
  isAsync = false,
  ...options
}: DiagnoseOptions): Promise<Diagnosis[]> {
  const files = await fileServer();
  const callbacks = isAsync ? await callbackServer() : null;
  const patient = new Patient({ ...options, files, callbacks });
  const found: Diagnosis[] = [];
  try {
    for (const check of checks) {
      const startedAt = performance.now();
      const finding = notNow(check, patient) ?? (await check.run(patient));
      const diagnosis = { ...finding, check, tookMs: Math.round(performance.now() - startedAt) };
      found.push(diagnosis);
      onFinding?.(diagnosis);
    }
  } finally {
    files.close();
    callbacks?.close();
  }
  return found;
}

/** Why a check makes no sense: where even the plain call fails, everything built on it would say the same again. */
function notNow({ needs }: Check, { first, callbacks }: Patient): Finding | null {
  if (needs === undefined) return null;
  if (needs === 'async') return callbacks ? null : skipped('for agents that answer later, tried with --async');
  const kind = first ? seenOf(first.came).kind : 'failed';
  if (kind === 'failed') return skipped('the plain prototype call does not work yet');
  if (needs === 'answered' && kind !== 'answered') return skipped('the plain prototype call was declined');
  return null;
}
