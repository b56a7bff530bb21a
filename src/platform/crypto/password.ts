import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import pLimit from 'p-limit';
import { DomainError } from '../http/errors.js';

/** OWASP's least for argon2id, in KiB: with two passes about 30 ms. */
export const LEAST_MEMORY_KIB = 19_456;
const costOf = (memory: number) => ({ memory, passes: 2, parallelism: 1 });
type Cost = ReturnType<typeof costOf>;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Longer ones are refused unhashed. The API's own limit is far below. */
const MAX_LENGTH = 1_024;

/** Two at a time: each holds its memory and one of the four threads that file access needs too. */
const limit = pLimit(2);
const MAX_WAITING = 200;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** More sign-ins at once than this process can check in a few seconds. */
export class TooManySignIns extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'TOO_MANY_SIGN_INS';

  constructor() {
    super('Too many passwords are being checked right now.', 'Try again in a few seconds.');
  }
}

/**
 * @param memoryKib what argon2id fills, in KiB: twice of it takes about twice as long
 * @returns a PHC string (`$argon2id$v=19$m=...`), with its salt and cost in it
 * @throws TooManySignIns
 */
export async function hash(password: string, memoryKib = LEAST_MEMORY_KIB): Promise<string> {
  if (password.length > MAX_LENGTH) throw new RangeError(`A password has at most ${MAX_LENGTH} characters.`);
  const salt = randomBytes(SALT_BYTES);
  const { memory, passes, parallelism } = costOf(memoryKib);
  const bytes = await argon2id(password, salt, costOf(memoryKib), HASH_BYTES);
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(bytes)}`;
}

/**
 * @returns false also for a text that is no hash of ours
 * @throws TooManySignIns
 */
export async function verify(password: string, phc: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', expected = ''] = PHC.exec(phc) ?? [];
  if (memory === undefined || password.length > MAX_LENGTH) return false;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const wanted = Buffer.from(expected, 'base64');
  const bytes = await argon2id(password, Buffer.from(salt, 'base64'), cost, wanted.length);
  return timingSafeEqual(bytes, wanted);
}

/** Takes as long as {@link verify} of what {@link hash} makes now and says no: for an account that does not exist. @throws TooManySignIns */
export async function dummyVerify(password: string, memoryKib = LEAST_MEMORY_KIB): Promise<false> {
  if (password.length <= MAX_LENGTH) await argon2id(password, Buffer.alloc(SALT_BYTES), costOf(memoryKib), HASH_BYTES);
  return false;
}

function argon2id(password: string, nonce: Uint8Array, cost: Cost, tagLength: number): Promise<Buffer> {
  if (limit.pendingCount >= MAX_WAITING) throw new TooManySignIns();
  // Two keyboards may write the same letter in two ways.
  const message = password.normalize('NFKC');
  return limit(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        argon2('argon2id', { message, nonce, ...cost, tagLength }, (error, bytes) =>
          error ? reject(error) : resolve(bytes),
        );
      }),
  );
}

/** PHC strings carry no padding. */
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
