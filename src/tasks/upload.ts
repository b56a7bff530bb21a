import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { BadRequest } from '../platform/http/errors.js';
import type { Upload } from './attachments.service.js';
import { AttachmentRefused } from './tasks.errors.js';

const HOW = 'Send multipart/form-data with one file in the field "file".';

/**
 * The one file of an upload. The form is read to its end also when it is refused, so that the connection can go on.
 *
 * @throws AttachmentRefused no form, no file, or something else beside it
 * @throws BadRequest        the form breaks off
 */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new AttachmentRefused('unsupported', 'An upload is a multipart form.', HOW);
  const { files, others } = await readForm(request).catch((err: unknown) => {
    throw brokenForm(err);
  });
  const [file] = files;
  if (!file) throw new AttachmentRefused('invalid', 'There is no file in the form.', HOW);
  if (others > 0) throw new AttachmentRefused('invalid', 'There is more in the form than one file.', HOW);
  return file;
}

async function readForm(request: FastifyRequest): Promise<{ files: Upload[]; others: number }> {
  const files: Upload[] = [];
  let others = 0;
  for await (const part of request.parts()) {
    if (part.type === 'file' && part.fieldname === 'file' && files.length === 0) {
      files.push({ name: part.filename, bytes: await part.toBuffer(), declaredType: part.mimetype });
      continue;
    }
    others++;
    if (part.type === 'file') part.file.resume();
  }
  return { files, others };
}

/** The parser of forms marks its own limits with a status; what it says of a broken form has none. */
function brokenForm(err: unknown): unknown {
  if (!(err instanceof Error) || 'statusCode' in err) return err;
  return new BadRequest('BAD_REQUEST', `The form cannot be read: ${err.message}.`, HOW);
}
