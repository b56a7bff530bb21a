import { callbackServer } from '../caller/callbacks.js';
import { type FileServer, fileServer } from '../caller/files.js';
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
  /** Where the files of calls are fetched; on 127.0.0.1 when absent. */
  files?: FileServer;
  /** Why a check can't be made from here, or not any more; null: it can. Asked before each. */
  leaveOut?: (check: Check) => string | null;
  /** Hears of each finding as it is made; the next check waits for it. */
  onFinding?: (diagnosis: Diagnosis) => void | Promise<void>;
}

/**
 * Does everything to an agent that the platform, a network or a stranger may do, one after the other, and says what it saw.
 * Each check that reaches the work makes the agent work: about thirty calls in all.
 */
export async function diagnose({
  checks = CHECKS,
  onFinding,
  leaveOut = () => null,
  isAsync = false,
  files: given,
  ...options
}: DiagnoseOptions): Promise<Diagnosis[]> {
  const files = given ?? (await fileServer());
  const callbacks = isAsync ? await callbackServer() : null;
  const patient = new Patient({ ...options, files, callbacks });
  const found: Diagnosis[] = [];
  try {
    for (const check of checks) {
      const startedAt = performance.now();
      const why = leaveOut(check);
      const finding = why === null ? (notNow(check, patient) ?? (await check.run(patient))) : skipped(why);
      const diagnosis = { ...finding, check, tookMs: Math.round(performance.now() - startedAt) };
      found.push(diagnosis);
      await onFinding?.(diagnosis);
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
