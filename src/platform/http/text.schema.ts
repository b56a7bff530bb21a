import { z } from 'zod';

const UNSTORABLE = 'must not have NUL characters or half of a surrogate pair';

/** Text that PostgreSQL can hold and every JSON parser can read; trimmed. */
export const text = (min: number, max: number) =>
  z.string().trim().min(min).max(max).refine(isStorable, UNSTORABLE);

/** Any JSON object whose texts can be stored, at most `maxBytes` as JSON. */
export const jsonObject = (maxBytes: number) =>
  z
    .record(z.string(), z.unknown())
    .refine(hasStorableTexts, UNSTORABLE)
    .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= maxBytes, `must not be over ${maxBytes} bytes as JSON`);

export function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}

/** Names included. JSON from a request is at most as deep as Fastify's body limit lets it be, so this does not recurse. */
function hasStorableTexts(root: unknown): boolean {
  const left = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && !isStorable(value)) return false;
    if (typeof value === 'object' && value !== null) left.push(...Object.keys(value), ...Object.values(value));
  }
  return true;
}
