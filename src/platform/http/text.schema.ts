import { z } from 'zod';

const UNSTORABLE = 'must not have NUL characters or half of a surrogate pair';

/** Text that PostgreSQL can hold and every JSON parser can read; trimmed. */
export const text = (min: number, max: number) => z.string().trim().min(min).max(max).refine(isStorable, UNSTORABLE);

/** Any JSON object that comes back as it was sent, at most `maxBytes` as JSON. */
export const jsonObject = (maxBytes: number) =>
  z
    .record(z.string(), z.unknown())
    .refine((value) => every(value, hasStorableText), UNSTORABLE)
    .refine((value) => every(value, isExact), 'must not have numbers over 2^53, which lose digits: send them as text')
    .refine((value) => utf8Bytes(JSON.stringify(value)) <= maxBytes, `must not be over ${maxBytes} bytes as JSON`);

export function isStorable(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}

function hasStorableText(value: unknown): boolean {
  return typeof value !== 'string' || isStorable(value);
}

/** JSON has numbers that JavaScript reads as others, and as Infinity. */
function isExact(value: unknown): boolean {
  return (
    typeof value !== 'number' || (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
  );
}

/** Whether it is true of all values in a JSON value, names of fields included, however deep or long it is. */
function every(root: unknown, isTrue: (value: unknown) => boolean): boolean {
  const left = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (!isTrue(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, item] of Object.entries(value)) left.push(name, item);
  }
  return true;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
