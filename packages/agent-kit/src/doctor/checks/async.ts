import { setTimeout as sleep } from 'node:timers/promises';
import type { CallbackLog, RefusedCallback } from '../../caller/callbacks.js';
import { seconds } from '../../caller/exchange.js';
import { inWords, plain, seenOf } from '../../caller/seen.js';
import { WINDOWS } from '../../contract/limits.js';
import { type Check, type Finding, failed, passed, skipped } from '../check.js';
import type { Patient } from '../patient.js';

const DOCS = 'docs/contract.md#answering-later';
/** How long a second answer is waited for after the first, in ms: as long as the first one took, within these. */
const SECOND_ANSWER_MS = { least: 300, most: 5_000 };

export const acknowledgement: Check = {
  key: 'acknowledgement',
  title: `a call with a callback is acknowledged, or answered, within ${WINDOWS.acknowledgeS} s`,
  fix: 'Answer 202 with {"accepted": true} as soon as the signature is verified and the request is kept, and work afterwards.',
  docs: DOCS,
  needs: 'async',
  async run({ first }) {
    if (!first) return skipped('there was no first call');
    const { came } = first;
    const acknowledgedMs = came.later?.acknowledgedMs ?? null;
    if (acknowledgedMs !== null) return passed(`acknowledged in ${seconds(acknowledgedMs)}`);
    return came.kind === 'answered' && came.status === 200 && !came.later?.log.answer
      ? passed(`answered itself: ${inWords(came)}`)
      : failed(inWords(came));
  },
};

export const callback: Check = {
  key: 'callback',
  title: 'what was acknowledged is answered by callback before the deadline',
  fix: 'POST the answer to callback.url of the request before deadline_at, and again while it is answered with 429 or 5xx; if the work fails, send {"error": {...}} there.',
  docs: DOCS,
  needs: 'async',
  run: async (patient) =>
    onCallbacks(patient, ({ answer, refused }) => {
      const sent = refused.length + (answer ? 1 : 0);
      return sent > 0 ? passed(`${sent} came`) : failed('none came by the deadline');
    }),
};

export const callbackSignature: Check = {
  key: 'callback-signature',
  title: "a callback is signed with the secret that its call brought, and has the call's id",
  fix: "Sign the bytes you send with callback.secret of that very request, not with the agent's own secret, and send webhook-id = call_id and the time of this attempt.",
  docs: DOCS,
  needs: 'async',
  run: async (patient) => onCallbacks(patient, (log) => unlessRefused(log, 'BAD_SIGNATURE')),
};

export const callbackAnswer: Check = {
  key: 'callback-answer',
  title: 'a callback holds a valid answer, a polite no, or an error',
  fix: 'Send what a 200 would hold: {"artifacts": [...]}, {"declined": {"reason": "..."}} or {"error": {"code": "...", "message": "..."}}, with nothing around it.',
  docs: DOCS,
  needs: 'async',
  run: async (patient) => onCallbacks(patient, (log) => unlessRefused(log, 'BAD_CALLBACK')),
};

export const callbackOnce: Check = {
  key: 'callback-once',
  title: 'a call that comes twice is acknowledged twice and answered alike',
  fix: 'Keep what you acknowledged by webhook-id: a repeat is acknowledged again and starts no second work, since only the first answer counts.',
  docs: DOCS,
  needs: 'async',
  async run(patient) {
    if (!patient.first || seenOf(patient.first.came).kind === 'failed')
      return skipped('the plain prototype call does not work yet');
    const request = patient.request();
    const startedAt = performance.now();
    const both = await Promise.all([patient.call(request), patient.call(request)]);
    const bad = both.find((came) => seenOf(came).kind === 'failed');
    if (bad) return failed(inWords(bad));
    const tookMs = performance.now() - startedAt;
    await sleep(Math.min(SECOND_ANSWER_MS.most, Math.max(SECOND_ANSWER_MS.least, tookMs)));
    const other = refusalOf(patient.callbackOf(request)?.log, 'CALL_ANSWERED');
    return other ? failed('a second callback came, with another answer') : passed('one answer for both');
  },
};

/** Looks at what came to the callback of the plain call, where it is there that an answer was to come. */
async function onCallbacks({ first }: Patient, look: (log: CallbackLog) => Finding): Promise<Finding> {
  const later = first?.came.later;
  if (!later) return skipped('there was no first call');
  const { answer, refused } = later.log;
  if (later.acknowledgedMs === null && !answer && refused.length === 0) return skipped('the call was not acknowledged');
  return look(later.log);
}

function unlessRefused(log: CallbackLog, code: RefusedCallback['code']): Finding {
  const refused = refusalOf(log, code);
  if (refused) return failed(`refused with ${refused.status} ${code}: ${plain(refused.problem, 300)}`);
  return log.answer ? passed('taken') : skipped('no callback came so far');
}

function refusalOf(log: CallbackLog | undefined, code: RefusedCallback['code']): RefusedCallback | undefined {
  return log?.refused.find((one) => one.code === code);
}
