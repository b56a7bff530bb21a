import type { Came } from '../../caller/exchange.js';
import { inWords, seenOf } from '../../caller/seen.js';
import { type Check, failed, passed, skipped, warned } from '../check.js';
import { accepted } from '../expect.js';

const DOCS = 'docs/contract.md#time-and-repeats';
const FIX =
  'Treat webhook-id as an idempotency key: keep the answer by it, let a repeat wait for the one that runs, and answer both alike (the kit does).';

export const repeat: Check = {
  key: 'repeat',
  title: 'a call that comes again with the same id is answered again',
  fix: FIX,
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    if (!patient.first) return skipped('there was no first call');
    const { request, came } = patient.first;
    const again = await patient.call(request);
    const finding = accepted(again);
    return finding.verdict === 'pass' ? passed(`answered ${likeness([came, again])}`) : finding;
  },
};

export const repeatAtOnce: Check = {
  key: 'repeat-at-once',
  title: 'the same call twice at the same time is answered twice',
  fix: FIX,
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const request = patient.request();
    const both = await Promise.all([patient.call(request), patient.call(request)]);
    const kinds = both.map((came) => seenOf(came).kind);
    const bad = both.map(accepted).find(({ verdict }) => verdict !== 'pass');
    if (bad) return bad;
    if (kinds[0] !== kinds[1]) return warned(`one was ${kinds[0]}, the other ${kinds[1]}: the first one kept counts`);
    return passed(`answered ${likeness(both)}`);
  },
};

export const replay: Check = {
  key: 'replay',
  title: 'the same id with another body is not answered with other work',
  fix: 'A known webhook-id is a repeat: answer what you answered before, work anew or refuse, but do not fail; what counts is the first answer kept.',
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    if (!patient.first) return skipped('there was no first call');
    const { request } = patient.first;
    const came = await patient.call(request, { text: JSON.stringify({ ...request, round: 2 }) });
    if (came.kind === 'answered' && came.status >= 400 && came.status < 500) return passed(`refused: ${inWords(came)}`);
    const finding = accepted(came);
    return finding.verdict === 'warn' ? failed(finding.seen) : finding;
  },
};

function likeness([one, other]: readonly Came[]): string {
  const isSame = one?.kind === 'answered' && other?.kind === 'answered' && Buffer.compare(one.body, other.body) === 0;
  return isSame ? 'with the very same bytes' : 'with work done anew';
}
