import { fileTypeFromBuffer } from 'file-type';
import { enveloped, type Reading } from '../artifact-text.js';
import { type Claim, claimOf } from './claim.js';
import { broken, type Validity } from './validity.js';

const HEAD_BYTES = 65_536;
const BINARY: ReadonlySet<Claim> = new Set(['image', 'pdf', 'archive']);

const ALIASES: Record<string, string> = {
  jpeg: 'jpg',
  tiff: 'tif',
  tgz: 'gz',
  apng: 'png',
  heif: 'heic',
  docm: 'docx',
};

/** Why the bytes can't be what the artifact claims to be, by what they begin with. */
export async function mislabeled(reading: Reading): Promise<Validity | undefined> {
  const claim = claimOf(reading);
  if (claim === 'other' || reading.size === 0) return undefined;
  const claimed = reading.ending === '' ? claim : reading.ending.slice(1);
  if (reading.format !== 'binary') return BINARY.has(claim) ? textFor(reading, claim, claimed) : pageIn(reading, claim);
  const found = await fileTypeFromBuffer(reading.bytes.subarray(0, HEAD_BYTES)).catch(() => undefined);
  const really = found?.ext ?? 'binary data';
  if (!BINARY.has(claim)) return wrong(claimed, really);
  if (found === undefined) return claim === 'archive' && reading.ending === '.tar' ? undefined : wrong(claimed, really);
  const isSame = same(claimed) === same(really);
  const isKind = claim === 'image' ? found.mime.startsWith('image/') : claim === really || isPacked(really);
  // Without an ending, or where one archive is as good as another, the kind is all that is claimed.
  const isLoose = reading.ending === '' || (claim === 'archive' && /^(?:zip|gz|tgz|tar)$/.test(claimed));
  return isSame || (isLoose && isKind) ? undefined : wrong(claimed, really);
}

/** A drawing is an image where nothing says that it is made of pixels. */
function textFor({ source }: Reading, claim: Claim, claimed: string): Validity | undefined {
  if (claim === 'image' && claimed === 'image' && enveloped(source) === 'svg') return undefined;
  return wrong(claimed, enveloped(source) ?? 'text');
}

/** A whole page or drawing under the name of something else. */
function pageIn({ source }: Reading, claim: Claim): Validity | undefined {
  const inside = enveloped(source);
  if (inside !== 'html' && inside !== 'svg') return undefined;
  if (claim === inside || claim === 'markdown' || (claim === 'html' && inside === 'svg')) return undefined;
  return wrong(claim, inside, 0.9);
}

function isPacked(ext: string): boolean {
  return /^(?:zip|gz|tar|docx|xlsx|pptx|odt|ods|odp|epub)$/.test(ext);
}

function same(ext: string): string {
  return ALIASES[ext] ?? ext;
}

function wrong(claimed: string, really: string, confidence = 1): Validity {
  return broken(`it is called ${claimed}, and is ${really}`, { really }, confidence);
}
