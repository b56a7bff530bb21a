import { JUDGED } from './limits.js';
import type { Parsed } from './memo.js';

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** JSON that may be walked: neither too deep nor too much of it. */
export function parseJson(source: string): Parsed<JsonValue> {
  let value: JsonValue;
  try {
    value = JSON.parse(source) as JsonValue;
  } catch (error) {
    return { kind: 'bad', reason: error instanceof Error ? error.message.slice(0, 140) : 'it is no JSON' };
  }
  const trouble = sizeTrouble(value);
  return trouble === undefined ? { kind: 'ok', value } : { kind: 'too_much', reason: trouble };
}

/** Level by level and not by recursion: depth is the attacker's choice. */
function sizeTrouble(value: JsonValue): string | undefined {
  let level = [value];
  let count = 0;
  for (let depth = 0; level.length > 0; depth++) {
    count += level.length;
    if (depth > JUDGED.jsonDepth) return `values nest more than ${JUDGED.jsonDepth} deep`;
    if (count > JUDGED.jsonValues) return `more than ${JUDGED.jsonValues} values`;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return undefined;
}

/** Every value a path leads to: `items.0.price`, `rows.*.id`, `items[0].price`. */
export function valuesAt(root: JsonValue, path: string): JsonValue[] {
  const steps = path
    .replace(/^\$\.?/, '')
    .replace(/\[(\*|\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
  let found = [root];
  for (const step of steps) found = found.flatMap((value) => into(value, step)).slice(0, JUDGED.jsonValues);
  return found;
}

function into(value: JsonValue, step: string): JsonValue[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === '*') return Object.values(value);
  const next = Array.isArray(value) ? value[/^\d{1,6}$/.test(step) ? Number(step) : -1] : own(value, step);
  return next === undefined ? [] : [next];
}

function own(value: { [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Names and texts of a JSON value, a line each: what there is to read in it. */
export function jsonText(root: JsonValue): string {
  const lines: string[] = [];
  const visit = (value: JsonValue, name: string) => {
    if (typeof value !== 'object' || value === null) lines.push(name === '' ? String(value) : `${name}: ${value}`);
    else if (Array.isArray(value)) for (const item of value) visit(item, name);
    else for (const [key, item] of Object.entries(value)) visit(item, key);
  };
  visit(root, '');
  return lines.join('\n\n');
}

/** Texts and numbers that are in it, without names: an answer without any is empty. */
export function leaves(root: JsonValue): (string | number | boolean)[] {
  if (root === null || root === '') return [];
  if (typeof root !== 'object') return [root];
  return Object.values(root).flatMap(leaves);
}
