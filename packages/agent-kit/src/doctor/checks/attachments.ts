import type { ServedFile } from '../../caller/files.js';
import { inWords, seenOf } from '../../caller/seen.js';
import { type Check, failed, passed } from '../check.js';
import { accepted } from '../expect.js';
import type { Patient } from '../patient.js';

const DOCS = 'docs/contract.md#the-request';
const BIG_BYTES = 5 * 2 ** 20;

function fetched(file: ServedFile): string {
  const asked = file.asked();
  return asked === null ? '' : `; the file was ${asked > 0 ? 'fetched' : 'not fetched'}`;
}

/** The brief's own file, or a table where it has none. */
function fileOf({ brief }: Patient): { name: string; media_type: string; line: string } {
  const [file] = brief.files;
  if (!file) return { name: 'table.csv', media_type: 'text/csv', line: 'id,name\n1,Ada\n' };
  return { name: file.name, media_type: file.media_type, line: file.content || 'nothing\n' };
}

export const bigAttachment: Check = {
  key: 'big-attachment',
  title: 'a file of 5 MiB is read, or declined',
  fix: 'Bound what you read and decline what is too large for you, instead of failing or running out of time.',
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const { name, media_type, line } = fileOf(patient);
    const text = line.repeat(Math.ceil(BIG_BYTES / Buffer.byteLength(line)));
    const file = patient.files.serve({ name, media_type, bytes: Buffer.from(text) });
    const finding = accepted(await patient.call(patient.request({ attachments: [file.attachment] })));
    return { ...finding, seen: `${finding.seen}${fetched(file)}` };
  },
};

export const expiredAttachment: Check = {
  key: 'attachment-expired',
  title: 'a file that can no longer be fetched ends in a no or an error in words',
  fix: 'Expect any status from an attachment: decline, or answer 502 with the error body and "retryable": true.',
  docs: DOCS,
  needs: 'taken',
  async run(patient) {
    const { name, media_type, line } = fileOf(patient);
    const file = patient.files.serve({ name, media_type, bytes: Buffer.from(line), expired: true });
    const came = await patient.call(patient.request({ attachments: [file.attachment] }));
    const seen = seenOf(came);
    if (seen.kind !== 'failed') return passed(`${inWords(came)}${fetched(file)}`);
    // A 500 without words of its own is an exception that nobody caught.
    const isUncaught = seen.error ? /^(?:internal_error|bad_answer)$/.test(seen.error.code) : came.status === 500;
    return isUncaught || (came.kind === 'failed' && !seen.error) ? failed(inWords(came)) : passed(inWords(came));
  },
};
