import { z } from 'zod';
import { LIMITS } from './contract/limits.js';
import { Answer, Declined, ErrorBody } from './contract/response.js';

/** An answer as it came: well-formed, but its price may still be any JSON value. Absent (or null) means the budget. */
export type ReceivedAnswer = Omit<Answer, 'price'> & { price?: unknown };

/** An answer that follows the contract, a polite no, or what is wrong with it. */
export type ParsedAnswer =
  | { ok: true; answer: ReceivedAnswer; declined?: never }
  | { ok: true; declined: Declined['declined']; answer?: never }
  | { ok: false; problem: string };

/** `failed`: the agent says that its work came to nothing. */
export type ParsedCallback = ParsedAnswer | { ok: true; failed: ErrorBody['error']; answer?: never; declined?: never };

/** A value, or why the bytes are no JSON that is accepted here. */
export type ParsedJson = { ok: true; value: unknown } | { ok: false; problem: string };

const AnswerAsReceived = Answer.extend({ price: z.unknown().optional() });
const UTF8 = new TextDecoder('utf-8', { fatal: true });
// NUL and surrogates can stand in valid UTF-8 JSON only as escapes, so a body without these needs no walk.
const SUSPECT_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/**
 * Reads the body of a 200 that a stranger sent. Never throws, and takes time linear in the body.
 *
 * A field that is null counts as absent, and unknown fields are dropped. The price is handed on unjudged: whether it
 * fits the budget is the server's to say.
 *
 * @returns the answer, the polite no, or what is wrong, in words that name the field
 *
 * @example
 * const parsed = parseAnswer(bytes);
 * if (!parsed.ok) console.error(parsed.problem);
 */
export function parseAnswer(body: Uint8Array): ParsedAnswer {
  const json = parseJson(body);
  return json.ok ? answerOf(json.value) : json;
}

/** Reads the body of a callback that a stranger sent: what a 200 may say, or `{"error": ...}`. Never throws. */
export function parseCallback(body: Uint8Array): ParsedCallback {
  const json = parseJson(body);
  if (!json.ok) return json;
  if (!isRecord(json.value) || !('error' in json.value) || 'artifacts' in json.value) return answerOf(json.value);
  const parsed = ErrorBody.safeParse(json.value);
  return parsed.success ? { ok: true, failed: parsed.data.error } : problem(firstIssue(parsed.error));
}

/** Reads a small body of a stranger by its schema; a field that is null counts as absent. Never throws. */
export function parseBody<T>(
  schema: z.ZodType<T>,
  body: Uint8Array,
  maxBytes?: number,
): { ok: true; value: T } | { ok: false; problem: string } {
  const json = parseJson(body, maxBytes);
  if (!json.ok) return json;
  const parsed = schema.safeParse(withoutNulls(json.value));
  return parsed.success ? { ok: true, value: parsed.data } : problem(firstIssue(parsed.error));
}

function answerOf(json: unknown): ParsedAnswer {
  if (!isRecord(json)) return problem('the body must be a JSON object');
  const value = withoutNulls(json);
  if ('declined' in value) return parseDeclined(value);
  // Counted before zod looks, which would collect a problem for each of a million entries.
  const { artifacts } = value;
  if (artifacts === undefined) return problem('artifacts: is missing (or send {"declined":{"reason":"..."}})');
  if (Array.isArray(artifacts) && artifacts.length > LIMITS.artifacts) {
    return problem(`artifacts: must have at most ${LIMITS.artifacts} artifacts, and has ${artifacts.length}`);
  }
  const parsed = AnswerAsReceived.safeParse({
    ...value,
    artifacts: Array.isArray(artifacts) ? artifacts.map(withoutNulls) : artifacts,
    ...('usage' in value && { usage: withoutNulls(value.usage) }),
  });
  if (!parsed.success) return problem(firstIssue(parsed.error));
  return { ok: true, answer: parsed.data };
}

/**
 * Parses JSON from a stranger: at most `maxBytes`, UTF-8 (a byte order mark is skipped), at most `LIMITS.nesting`
 * deep, without NUL and lone surrogates, which PostgreSQL can't store. Never throws.
 */
export function parseJson(body: Uint8Array, maxBytes: number = LIMITS.bodyBytes): ParsedJson {
  if (body.byteLength > maxBytes) return problem(`the body must have at most ${maxBytes} bytes`);
  if (body.byteLength === 0) return problem('the body is empty');
  if (isTooDeep(body)) return problem(`the body must not be nested more than ${LIMITS.nesting} deep`);
  let text: string;
  let value: unknown;
  try {
    text = UTF8.decode(body);
  } catch {
    return problem('the body is not valid UTF-8');
  }
  try {
    value = JSON.parse(text);
  } catch {
    return problem('the body is not valid JSON');
  }
  const unstorable = SUSPECT_ESCAPE.test(text) ? findUnstorable(value, '') : null;
  return unstorable === null ? { ok: true, value } : problem(unstorable);
}

function parseDeclined(value: Record<string, unknown>): ParsedAnswer {
  if ('artifacts' in value) return problem('the body has both artifacts and declined: send one of them');
  const parsed = Declined.safeParse(value);
  return parsed.success ? { ok: true, declined: parsed.data.declined } : problem(firstIssue(parsed.error));
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
// `[` and `{` differ in this bit alone, and so do `]` and `}`.
const CURLY = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Counts brackets outside strings, on the bytes: nothing is built before the depth is known to be harmless. */
function isTooDeep(body: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] as number;
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if ((byte | CURLY) === OPEN) {
      if (++depth > LIMITS.nesting) return true;
    } else if ((byte | CURLY) === CLOSE) depth--;
  }
  return false;
}

/** The first text that has a NUL or half a surrogate pair, as a problem; depth is known to be small. */
function findUnstorable(value: unknown, path: string): string | null {
  if (typeof value === 'string') return unstorable(value, path || 'the body');
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findUnstorable(item, `${path}[${index}]`);
      if (found) return found;
    }
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      const found =
        unstorable(key, `a field's name in ${path || 'the body'}`) ?? findUnstorable(item, joined(path, key));
      if (found) return found;
    }
  }
  return null;
}

function unstorable(text: string, where: string): string | null {
  if (text.includes('\u0000')) return `${where}: must not have a NUL character`;
  return text.isWellFormed() ? null : `${where}: must not have half a surrogate pair`;
}

function joined(path: string, key: string): string {
  const shown = /^[\w-]{1,40}$/.test(key) ? key : '(a field with an odd name)';
  return path ? `${path}.${shown}` : shown;
}

/** The first thing that is wrong, in words that name the field: `artifacts[0].name: is missing`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'the body does not follow the contract';
  const path = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return `${path.replace(/^\./, '') || 'the body'}: ${missing ? 'is missing' : issue.message.replace(/^Invalid (input|option): /, '')}`;
}

function withoutNulls<T>(value: T): T {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null)) as T;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problem(text: string): { ok: false; problem: string } {
  return { ok: false, problem: text };
}
