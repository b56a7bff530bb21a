import type { Wire } from '../sandbox/guest/wire.js';

/** Whether what a solution gave is what a buyer wrote in JSON. Pure: only what came over the wire is looked at. */
export function isSame(got: Wire, expected: unknown, within = 0): boolean {
  return same(got, expected, within, 0);
}

const MOST_DEPTH = 200;

function same(got: Wire, expected: unknown, within: number, depth: number): boolean {
  if (depth > MOST_DEPTH) return false;
  const number = numberOf(got);
  if (number !== undefined) return sameNumber(number, expected, within);
  if (!Array.isArray(got)) return got === expected;
  const again = (wire: Wire, value: unknown) => same(wire, value, within, depth + 1);
  const { kind, parts } = shapeOf(got);
  if (kind === 'nothing') return expected === null;
  if (kind === 'text') return parts.some((part) => part === expected);
  if (kind === 'list') return Array.isArray(expected) && sameList(parts, expected, again);
  if (kind === 'set') return Array.isArray(expected) && sameSet(parts, expected, again);
  if (kind === 'map') return sameMap(parts, expected, again);
  return false;
}

/** Every kind that either language has, as one of a few that JSON can express. */
function shapeOf(wire: readonly Wire[]): {
  kind: 'nothing' | 'text' | 'list' | 'set' | 'map' | 'other';
  parts: readonly Wire[];
} {
  const [tag, first, type, content] = wire;
  if (tag === 'u') return { kind: 'nothing', parts: [] };
  if (tag === 't') return { kind: 'list', parts: listOf(first) };
  if (tag === 'fs') return { kind: 'set', parts: listOf(first) };
  if (tag === 'nt') return { kind: 'list', parts: listOf(content) };
  if (tag === 'D') return { kind: 'text', parts: [first ?? null] };
  if (tag === 'dt') return { kind: 'text', parts: [type ?? null] };
  if (tag === 'b') return { kind: 'list', parts: typeof first === 'string' ? [...Buffer.from(first, 'base64')] : [] };
  if (tag !== 'o') return { kind: 'other', parts: [] };
  if (type === 'date') return { kind: 'text', parts: [instant(content), content ?? null] };
  if (type === 'object' || type === 'bare' || type === 'map' || type === 'dict')
    return { kind: 'map', parts: listOf(content) };
  if (type === 'set') return { kind: 'set', parts: listOf(content) };
  if (type === 'regexp' || type === 'error') return { kind: 'other', parts: [] };
  return { kind: 'list', parts: listOf(content) };
}

function sameList(parts: readonly Wire[], expected: readonly unknown[], again: Again): boolean {
  return parts.length === expected.length && parts.every((part, at) => again(part, expected[at]));
}

function sameSet(parts: readonly Wire[], expected: readonly unknown[], again: Again): boolean {
  const left = [...expected];
  if (parts.length !== left.length) return false;
  return parts.every((part) => {
    const at = left.findIndex((each) => again(part, each));
    return at >= 0 && left.splice(at, 1).length === 1;
  });
}

function sameMap(parts: readonly Wire[], expected: unknown, again: Again): boolean {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return false;
  const wanted = new Map<string, unknown>(Object.entries(expected));
  const given = new Map(
    parts.map((part) => (Array.isArray(part) ? [keyOf(part[0] ?? null), part[1] ?? null] : ['', null])),
  );
  if (given.size !== wanted.size || given.size !== parts.length) return false;
  return [...given].every(([key, value]) => wanted.has(key) && again(value, wanted.get(key)));
}

type Again = (wire: Wire, value: unknown) => boolean;

/** JSON has texts for keys; a number or a truth value is met by how it is written. */
function keyOf(wire: Wire): string {
  const number = numberOf(wire);
  return number === undefined ? (typeof wire === 'string' ? wire : JSON.stringify(wire)) : String(number);
}

function numberOf(wire: Wire): number | bigint | undefined {
  if (typeof wire === 'number') return wire;
  if (!Array.isArray(wire) || typeof wire[1] !== 'string') return undefined;
  const [tag, text] = wire;
  if (tag === 'f' || tag === 'n') return Number(text.replace(/^(-?)inf$/, '$1Infinity'));
  if (tag !== 'i' || !/^-?[0-9a-f]+$/.test(text)) return undefined;
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
}

function sameNumber(got: number | bigint, expected: unknown, within: number): boolean {
  if (typeof expected !== 'number') return false;
  if (typeof got === 'bigint' && Number.isSafeInteger(expected)) return got === BigInt(expected);
  return Number(got) === expected || Math.abs(Number(got) - expected) <= within;
}

function instant(content: Wire | undefined): Wire {
  return typeof content === 'number' && Math.abs(content) < 8.64e15 ? new Date(content).toISOString() : null;
}

function listOf(wire: Wire | undefined): readonly Wire[] {
  return Array.isArray(wire) ? wire : [];
}

/** What came, in a line, for people. */
export function shownWire(wire: Wire, depth = 0): string {
  const number = numberOf(wire);
  if (number !== undefined) return String(number);
  if (!Array.isArray(wire)) return JSON.stringify(wire);
  const { kind, parts } = shapeOf(wire);
  const some = depth > 4 ? [] : parts.slice(0, 20);
  const more = parts.length > some.length ? ', ...' : '';
  if (kind === 'nothing') return 'nothing';
  if (kind === 'text') return JSON.stringify(parts[0] ?? null);
  if (kind === 'map')
    return `{${some.map((part) => (Array.isArray(part) ? `${shownWire(part[0] ?? null)}: ${shownWire(part[1] ?? null, depth + 1)}` : '')).join(', ')}${more}}`;
  if (kind === 'other') return wire[0] === 'r' ? 'a value within itself' : 'an object';
  return `[${some.map((part) => shownWire(part, depth + 1)).join(', ')}${more}]`;
}

/** Name and message of what was thrown. */
export function thrownOf(wire: Wire): { name: string; message: string } {
  const [tag, , , fourth, fifth] = Array.isArray(wire) ? wire : [];
  if (tag === 'x') return { name: String(fourth), message: String(fifth) };
  const [, name, message] = listOf(fourth);
  return tag === 'o' && wire !== null && Array.isArray(wire) && wire[2] === 'error'
    ? { name: String(name), message: String(message) }
    : { name: 'a value', message: shownWire(wire) };
}

/** A buyer's JSON as an argument; the containers get ids, so that the solution may change them. */
export function argument(value: unknown, next: () => number): Wire {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'number' && !Number.isInteger(value) ? ['f', String(value)] : (value as Wire);
  const id = `t${next()}`;
  if (Array.isArray(value)) return ['o', id, 'array', value.map((each) => argument(each, next)), false];
  return ['o', id, 'object', Object.entries(value).map(([key, each]) => [key, argument(each, next)]), false];
}
