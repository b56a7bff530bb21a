import { ErrorBody } from '../contract/response.js';
import { type ParsedAnswer, parseAnswer, parseJson, type ReceivedAnswer } from '../parse.js';
import { type Came, seconds } from './exchange.js';

/** What the platform makes of what came. */
export type Seen =
  | { kind: 'answered'; answer: ReceivedAnswer }
  | { kind: 'declined'; reason: string }
  | { kind: 'failed'; problem: string; error: ErrorBody['error'] | null; isInvited: boolean };

function hintAt(status: number): string {
  if (status === 202) return '; an agent that answers later is tried with --async';
  return status >= 300 && status < 400 ? '; redirects are not followed' : '';
}

const INVITING = [429, 502, 503, 504];

/** Reads an answer by the rules of the contract: a 200 that follows it counts, everything else has failed. */
export function seenOf(came: Came): Seen {
  if (came.kind === 'failed') return failed(came.problem, came.later?.error ?? null, false);
  if (came.status === 200) return readParsed(parseAnswer(came.body));
  const error = errorIn(came.body);
  const hint = hintAt(came.status);
  const isInvited = INVITING.includes(came.status) || (came.status >= 400 && (error?.retryable ?? false));
  return failed(
    `it answered ${came.status}${error ? ` ${error.code}: ${error.message}` : ''}${hint}`,
    error,
    isInvited,
  );
}

/** The contract's error body, or null when it is none. */
export function errorIn(body: Uint8Array): ErrorBody['error'] | null {
  const json = parseJson(body.subarray(0, 65_536));
  const parsed = json.ok ? ErrorBody.safeParse(json.value) : null;
  return parsed?.success ? parsed.data.error : null;
}

/** One line for a person: what came, and how fast. */
export function inWords(came: Came): string {
  const seen = seenOf(came);
  if (seen.kind === 'failed') return plain(seen.problem, 300);
  const took = `${came.later && came.later.acknowledgedMs !== null ? 'by callback ' : ''}in ${seconds(came.timings.totalMs)}`;
  if (seen.kind === 'declined') return plain(`200 ${took}: declined, "${seen.reason}"`, 300);
  const { artifacts, price } = seen.answer;
  const asked = typeof price === 'number' ? `, price ${price}` : '';
  return `200 ${took}: ${artifacts.length} artifact${artifacts.length === 1 ? '' : 's'}${asked}`;
}

/** Text of a stranger's on one line: nothing in it moves a cursor or turns the direction of text. */
export function plain(text: string, maxChars = 500): string {
  const clean = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim();
  return clean.length > maxChars ? `${clean.slice(0, maxChars - 1)}…` : clean;
}

function readParsed(parsed: ParsedAnswer): Seen {
  if (!parsed.ok) return failed(`it answered 200, and the body breaks the contract: ${parsed.problem}`, null, false);
  return parsed.declined
    ? { kind: 'declined', reason: parsed.declined.reason }
    : { kind: 'answered', answer: parsed.answer };
}

function failed(problem: string, error: ErrorBody['error'] | null, isInvited: boolean): Seen {
  return { kind: 'failed', problem, error, isInvited };
}
