import { errorIn } from '../../caller/seen.js';
import { LIMITS } from '../../contract/limits.js';
import { type Check, failed, passed, skipped, warned } from '../check.js';
import { refused } from '../expect.js';

const DOCS = 'docs/contract.md#errors-and-retries';
const HUGE_BYTES = 2 * LIMITS.requestBytes;
const PIECE = Buffer.alloc(2 ** 16, ' ');

export const method: Check = {
  key: 'method',
  title: 'a GET of .../execute is refused with 405',
  fix: 'Route POST alone to /execute, and answer other methods with 405 and "Allow: POST".',
  docs: DOCS,
  run: async ({ caller, windowMs }) => refused(await caller.wrongMethod(windowMs), [405, 404]),
};

export const badJson: Check = {
  key: 'bad-json',
  title: 'a signed body that is no JSON is refused with 400',
  fix: 'Catch the error of the JSON parser and answer 400 with the error body: a 500 would be tried again.',
  docs: DOCS,
  async run(patient) {
    const request = patient.request();
    return refused(await patient.call(request, { text: `{"call_id":"${request.call_id}","phase":` }), [400, 422]);
  },
};

export const otherShape: Check = {
  key: 'other-shape',
  title: 'a signed body that is JSON of another shape is refused with 400',
  fix: 'Check the fields that you use before you use them, and answer 400 with the error body, naming the field.',
  docs: DOCS,
  async run(patient) {
    const request = patient.request();
    const list = refused(await patient.call(request, { text: '[1,2,3]' }), [400, 422]);
    if (list.verdict !== 'pass') return list;
    const text = JSON.stringify({ ...request, phase: 7, budget: 'much', attachments: { length: 1 } });
    return refused(await patient.call(request, { text }), [400, 422]);
  },
};

export const errorBodies: Check = {
  key: 'error-body',
  title: 'refusals say why in the error body of the contract',
  fix: 'Answer errors with {"error": {"code": "...", "message": "...", "retryable": false}}: it is what your own log of calls will show.',
  docs: DOCS,
  async run({ refusals }) {
    if (refusals.length === 0) return skipped('nothing was refused');
    const bare = refusals.filter(({ body }) => errorIn(body) === null);
    if (bare.length === 0) return passed(`${refusals.length} refusals, all with a reason`);
    return warned(`${bare.length} of ${refusals.length} refusals came without (status ${bare[0]?.status})`);
  },
};

export const hugeBody: Check = {
  key: 'huge-body',
  title: 'a body far beyond the limit is refused with 413, and the agent lives on',
  fix: `Refuse by content-length, and stop reading after ${LIMITS.requestBytes} bytes (24 MiB): anybody can send you a body that fills your memory.`,
  docs: 'docs/contract.md#windows-and-limits',
  async run(patient) {
    let sent = 0;
    async function* spaces() {
      for (; sent < HUGE_BYTES; sent += PIECE.byteLength) yield PIECE;
    }
    const headers = (signed: Readonly<Record<string, string>>) => ({ ...signed, 'content-length': String(HUGE_BYTES) });
    const came = await patient.call(patient.request(), { headers, body: spaces });
    if (!(await patient.isAlive())) return failed('it no longer answers after a body of 48 MiB');
    if (sent >= HUGE_BYTES && came.status !== 413) return failed(`it read all of ${HUGE_BYTES} bytes`);
    if (came.kind === 'failed' && came.status === null)
      return came.reason === 'reset' ? passed('it closed the connection') : failed(came.problem);
    return refused({ ...came, kind: 'answered', status: came.status ?? 0, headers: {}, body: Buffer.alloc(0) }, [413]);
  },
};
