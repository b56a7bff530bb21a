import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { JUDGED } from '../limits.js';
import { broken, type Details, fine, unsure, type Validity } from './validity.js';

/** Runs in the child process only: libvips is native code. */
sharp.cache(false);
sharp.concurrency(1);

/** What is decoded here; others are known by their first bytes alone. SVG is read as XML, and never drawn. */
const DECODED = new Set(['png', 'jpg', 'webp', 'gif', 'tif', 'avif', 'apng']);
/** The most that deflate can make of a byte. */
const DEFLATE_RATIO = 1_032;

/** Decodes every pixel of every frame, within a bound on their number. */
export async function imageValidity(bytes: Uint8Array): Promise<Validity> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!type?.mime.startsWith('image/')) return broken('it is no image', { really: type?.ext ?? 'bin' });
  if (!DECODED.has(type.ext)) return unsure(`no decoder for .${type.ext} images here`, { really: type.ext });
  const known: { details: Details } = { details: { really: type.ext } };
  try {
    return await decoded(bytes, type.ext, known);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]?.slice(0, 120) : 'unknown error';
    if (/unsupported|not supported|no decod|compression format/i.test(reason ?? ''))
      return unsure(`no decoder for this kind of ${type.ext}`, known.details);
    return broken(`it does not decode as ${type.ext}: ${reason}`, known.details);
  }
}

async function decoded(bytes: Uint8Array, ext: string, known: { details: Details }): Promise<Validity> {
  const {
    autoOrient,
    width,
    height,
    pageHeight,
    pages = 1,
    channels,
    bitsPerSample = 8,
  } = await sharp(bytes, {
    limitInputPixels: false,
    animated: true,
  }).metadata();
  const shownHeight = pageHeight ?? height;
  const turned = pages === 1 ? autoOrient : { width, height: shownHeight };
  known.details = { really: ext, ...turned, pages };
  const size = `${turned.width} by ${turned.height} pixels`;
  const pixels = width * shownHeight * pages;
  if (ext === 'png' && (pixels * channels * bitsPerSample) / 8 > bytes.byteLength * DEFLATE_RATIO)
    return broken(`its header says ${size}, more than ${bytes.byteLength} bytes can hold`, known.details);
  if (pixels > JUDGED.imagePixels)
    return unsure(`${ext} of ${size}${pages > 1 ? `, ${pages} frames` : ''}: too many to decode`, known.details);
  await sharp(bytes, { limitInputPixels: JUDGED.imagePixels, animated: true, failOn: 'error' }).stats();
  return fine(`${ext} of ${size}${pages > 1 ? `, ${pages} frames` : ''}, decodes to the end`, known.details);
}
