import type { CallOptions } from '../../caller/caller.js';
import { type Check, type Finding, failed } from '../check.js';
import { accepted, refused, worst } from '../expect.js';
import type { Patient } from '../patient.js';

const DOCS = 'docs/contract.md#the-signature';
const HOUR_S = 3_600;
/** Well inside the 300 s that agents allow, so that a clock which is a little off does no harm. */
const CLOCK_S = 240;

const sent = (patient: Patient, options: Partial<CallOptions>) => patient.call(patient.request(), options);

async function refusedWhen(patient: Patient, options: Partial<CallOptions>): Promise<Finding> {
  return refused(await sent(patient, options), [401]);
}

export const missingSignature: Check = {
  key: 'missing-signature',
  title: 'a call without a signature is refused with 401',
  fix: 'Refuse every POST that lacks webhook-id, webhook-timestamp or webhook-signature with 401, before anything else is done with it.',
  docs: DOCS,
  async run(patient) {
    const names = ['webhook-signature', 'webhook-timestamp', 'webhook-id'];
    const findings: Finding[] = [];
    for (const name of names)
      findings.push(await refusedWhen(patient, { headers: (signed) => ({ ...signed, [name]: undefined }) }));
    return worst(findings);
  },
};

export const badSignature: Check = {
  key: 'bad-signature',
  title: 'a call that another secret signed is refused with 401',
  fix: 'Compute the HMAC over the received bytes yourself and compare it with every "v1," part of webhook-signature; 401 when none is equal.',
  docs: DOCS,
  run: (patient) => refusedWhen(patient, { secrets: [patient.foreignSecret] }),
};

export const tamperedBody: Check = {
  key: 'tampered-body',
  title: 'a call whose body was changed on its way is refused with 401',
  fix: 'Sign "webhook-id.webhook-timestamp." and the whole raw body, not the headers alone.',
  docs: DOCS,
  run: (patient) =>
    refusedWhen(patient, { body: (bytes) => Buffer.from(bytes.toString().replace('"round":1', '"round":2')) }),
};

export const staleTimestamp: Check = {
  key: 'stale-timestamp',
  title: 'a call that was signed an hour ago is refused with 401',
  fix: 'Refuse a webhook-timestamp more than 300 s older than your clock: whoever recorded a call could send it again for ever.',
  docs: DOCS,
  run: (patient) => refusedWhen(patient, { timestampS: patient.caller.nowS() - HOUR_S }),
};

export const futureTimestamp: Check = {
  key: 'future-timestamp',
  title: 'a call that is signed for an hour from now is refused with 401',
  fix: 'Refuse a webhook-timestamp more than 300 s ahead of your clock as well: the age counts in both directions.',
  docs: DOCS,
  run: (patient) => refusedWhen(patient, { timestampS: patient.caller.nowS() + HOUR_S }),
};

export const clock: Check = {
  key: 'clock',
  title: 'a call that was signed four minutes ago, or will be in four, is accepted',
  fix: "Allow 300 s either way and keep the machine's clock in time (NTP): retries and slow networks bring old signatures.",
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const early = await callByClock(patient, -CLOCK_S);
    return early.verdict === 'fail' ? early : callByClock(patient, CLOCK_S);
  },
};

/** A call by a clock that is off by so much: its deadline moves along, as the time between the two is what counts. */
async function callByClock(patient: Patient, offS: number): Promise<Finding> {
  const deadlineMs = Date.now() + offS * 1_000 + patient.windowMs;
  const request = patient.request({ deadline_at: new Date(deadlineMs).toISOString() });
  const found = accepted(await patient.call(request, { timestampS: patient.caller.nowS() + offS }));
  const where = `signed ${Math.abs(offS)} s ${offS < 0 ? 'ago' : 'ahead'}`;
  return found.verdict === 'pass' ? found : failed(`${where}: ${found.seen}`);
}

export const rotation: Check = {
  key: 'secret-rotation',
  title: 'a call with two signatures, of which one is known, is accepted',
  fix: 'Split webhook-signature at spaces, skip versions that you do not know, and accept when any of the rest is right: during a rotation there are two.',
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const { foreignSecret, ownSecret } = patient;
    const withUnknown = (signed: Readonly<Record<string, string>>) => ({
      ...signed,
      'webhook-signature': `v9,bm90aGluZw== ${signed['webhook-signature']}`,
    });
    return accepted(await sent(patient, { secrets: [foreignSecret, ownSecret], headers: withUnknown }));
  },
};

export const rawBody: Check = {
  key: 'raw-body',
  title: 'the signature is checked over the bytes as they came',
  fix: 'Read the raw bytes before any body parser and verify those: JSON that was parsed and printed again has other spaces, escapes and characters.',
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const request = patient.request();
    const title = `${request.title} \u2013 caf\u00e9 \u{1f35e}`;
    const text = JSON.stringify({ ...request, title }, null, 3).replaceAll('\u00e9', '\\u00e9');
    return accepted(await patient.call(request, { text }));
  },
};
