import type { Came } from '../caller/exchange.js';
import { inWords, seenOf } from '../caller/seen.js';
import { type Finding, failed, passed, warned } from './check.js';

/** Work or a polite no. What the contract invites to be repeated is a warning: the platform would come again. */
export function accepted(came: Came): Finding {
  const seen = seenOf(came);
  if (seen.kind !== 'failed') return passed(inWords(came));
  return seen.isInvited ? warned(`${inWords(came)}; the platform would call again`) : failed(inWords(came));
}

/** A refusal with the status that fits; with another one of 400 to 499 it is no more than untidy. */
export function refused(came: Came, statuses: readonly number[]): Finding {
  if (came.kind === 'failed') return failed(`no answer: ${came.problem}`);
  const { status } = came;
  if (statuses.includes(status)) return passed(`refused with ${status}`);
  if (status >= 400 && status < 500) return warned(`refused with ${status}; ${statuses.join(' or ')} says it better`);
  if (status >= 200 && status < 300) return failed(`it did the work: ${inWords(came)}`);
  return failed(inWords(came));
}

/** Of several calls the worst finding. */
export function worst(findings: readonly Finding[]): Finding {
  const rank = { pass: 0, skipped: 1, warn: 2, fail: 3 };
  return findings.reduce((one, other) => (rank[other.verdict] > rank[one.verdict] ? other : one));
}
