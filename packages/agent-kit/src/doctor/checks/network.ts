import { setTimeout as sleep } from 'node:timers/promises';
import { type Check, failed, passed } from '../check.js';
import { accepted } from '../expect.js';

const DOCS = 'docs/contract.md#time-and-repeats';
const READ_AFTER_MS = 1_000;
const PIECES = 8;
const PAUSE_MS = 120;

export const slowReader: Check = {
  key: 'slow-reader',
  title: 'an answer that is read slowly arrives whole',
  fix: 'Send the answer with its content-length and keep the connection open until it is through; a short write timeout cuts it off.',
  docs: DOCS,
  needs: 'taken',
  run: async (patient) => accepted(await patient.call(patient.request(), { readAfterMs: READ_AFTER_MS })),
};

export const slowBody: Check = {
  key: 'slow-body',
  title: 'a request that trickles in is waited for',
  fix: 'Read the body up to content-length, however many pieces it comes in, with seconds of patience between them.',
  docs: DOCS,
  needs: 'taken',
  run: async (patient) => accepted(await patient.call(patient.request(), { body: trickled })),
};

export const cancelledCall: Check = {
  key: 'cancelled-call',
  title: 'a caller that hangs up, in the middle of its request or of the work, does no harm',
  fix: 'Expect the connection to close at any moment: catch errors of the socket, and keep working, since the same call comes back for the answer.',
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const request = patient.request();
    await patient.call(request, { body: brokenOff });
    await patient.call(request, { hangUpAfterMs: 5 });
    if (!(await patient.isAlive())) return failed('it no longer answers after we hung up');
    const again = accepted(await patient.call(request));
    return again.verdict === 'fail' ? failed(`the call again: ${again.seen}`) : passed(`the call again: ${again.seen}`);
  },
};

async function* trickled(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = Math.ceil(bytes.byteLength / PIECES);
  for (let at = 0; at < bytes.byteLength; at += size) {
    yield bytes.subarray(at, at + size);
    await sleep(PAUSE_MS);
  }
}

/** Half of it, and then the end of the connection. */
async function* brokenOff(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, bytes.byteLength / 2);
  await sleep(PAUSE_MS);
  throw new Error('hung up');
}
