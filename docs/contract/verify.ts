// Checks that a call comes from Bakeoff, with nothing but Node's own modules: copy it into an agent that can't take
// the kit. Run as a program (node verify.ts) it checks itself against vectors.json beside it, or the file it is given.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Answer 401. `code` is one of missing_header, bad_id, bad_timestamp, stale, bad_signature. */
export class SignatureError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export interface Call {
  secrets: string[];
  /** Lower-case names, as node:http gives them. */
  headers: Record<string, string | undefined>;
  /** The raw bytes, before any parsing. */
  body: Uint8Array;
  nowS: number;
}

/** @returns the call's id */
export function verify({ secrets, headers, body, nowS }: Call, toleranceS = 300): string {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (!id || !timestamp || !signatures) throw new SignatureError('missing_header');
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(id)) throw new SignatureError('bad_id');
  if (!/^[0-9]{1,12}$/.test(timestamp)) throw new SignatureError('bad_timestamp');
  if (Math.abs(nowS - Number(timestamp)) > toleranceS) throw new SignatureError('stale');
  let matched = false;
  for (const secret of secrets) {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const ours = Buffer.from(`v1,${mac}`);
    for (const signature of signatures.split(' ', 16)) {
      const theirs = Buffer.from(signature);
      if (theirs.length === ours.length && timingSafeEqual(theirs, ours)) matched = true;
    }
  }
  if (!matched) throw new SignatureError('bad_signature');
  return id;
}

/** The proof for a health probe with `bakeoff-challenge`: `{"status": "ok", ..., "challenge": answerChallenge(...)}`. */
export function answerChallenge(secret: string, challenge: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return createHmac('sha256', key).update(`bakeoff-challenge\n${challenge}`).digest('base64');
}

interface Vector {
  name: string;
  secrets: string[];
  headers: Record<string, string>;
  body: string;
  now_s: number;
  error: string | null;
}

interface Proof {
  secret: string;
  challenge: string;
  answer: string;
}

function outcome({ secrets, headers, body, now_s: nowS }: Vector): string | null {
  try {
    verify({ secrets, headers, body: Buffer.from(body), nowS });
    return null;
  } catch (error) {
    return error instanceof SignatureError ? error.code : String(error);
  }
}

if (import.meta.main) {
  const path = process.argv[2] ?? new URL('vectors.json', import.meta.url);
  const { vectors, challenges } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: Vector[]; challenges: Proof[] };
  const wrong = vectors.filter((vector) => outcome(vector) !== vector.error);
  for (const vector of wrong) console.log(`${vector.name}: expected ${vector.error}, got ${outcome(vector)}`);
  console.log(`${vectors.length - wrong.length} of ${vectors.length} vectors agree`);
  const unproven = challenges.filter(({ secret, challenge, answer }) => answerChallenge(secret, challenge) !== answer);
  process.exitCode = wrong.length > 0 || unproven.length > 0 || vectors.length === 0 ? 1 : 0;
}
