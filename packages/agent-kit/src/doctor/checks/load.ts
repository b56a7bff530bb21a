import type { Came } from '../../caller/exchange.js';
import { inWords, seenOf } from '../../caller/seen.js';
import { type Check, failed, passed, warned } from '../check.js';

const MOST_AT_ONCE = 16;
/** What a registration says when it says nothing. */
const AT_ONCE = 4;

export const parallelCalls: Check = {
  key: 'parallel-calls',
  title: 'as many calls at a time as were registered are taken, or put off with Retry-After',
  fix: 'Work on max_concurrency calls at a time; when you are full answer 429 or 503 with "Retry-After: <seconds>", or register a smaller max_concurrency.',
  docs: 'docs/contract.md#errors-and-retries',
  needs: 'taken',
  async run(patient) {
    const atOnce = Math.min(patient.profile?.max_concurrency ?? AT_ONCE, MOST_AT_ONCE);
    const came = await Promise.all(Array.from({ length: atOnce }, () => patient.call(patient.request())));
    const lost = came.filter((one) => seenOf(one).kind === 'failed' && !isBusy(one));
    if (lost[0]) return failed(`${lost.length} of ${atOnce} failed: ${inWords(lost[0])}`);
    const busy = came.filter(isBusy);
    if (busy.length === 0) return passed(`all of ${atOnce}`);
    const endless = busy.find((one) => !isWait(retryAfter(one)));
    if (endless) return failed(`${inWords(endless)}, with Retry-After ${JSON.stringify(retryAfter(endless) ?? null)}`);
    return warned(
      `${busy.length} of ${atOnce} were put off, although that many are ${patient.profile ? 'registered' : 'usual'}`,
    );
  },
};

function isBusy(came: Came): boolean {
  return came.kind === 'answered' && (came.status === 429 || came.status === 503);
}

function retryAfter(came: Came): string | undefined {
  return came.kind === 'answered' ? came.headers['retry-after'] : undefined;
}

/** Seconds, or an HTTP date. */
function isWait(header: string | undefined): boolean {
  return header !== undefined && (/^\d{1,9}$/.test(header) || !Number.isNaN(Date.parse(header)));
}
