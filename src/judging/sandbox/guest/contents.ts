import type { Wire } from './wire.js';

/** Runs in QuickJS. What kinds of things cross as copies, and how a copy is made and filled. */

export type Thing = object;
/** Classes that both sides have: passed by name. None of them can run a text as code. */
export const SHARED = new Map<string, unknown>(
  'Object Array String Number Boolean BigInt Symbol Map Set WeakMap WeakSet Date RegExp Promise Error TypeError RangeError SyntaxError ReferenceError EvalError URIError'
    .split(' ')
    .map((name) => [name, Reflect.get(globalThis, name)]),
);
export const SHARED_NAMES = new Map([...SHARED].map(([name, value]) => [value, name]));
const BYTES =
  'Uint8Array Int8Array Uint8ClampedArray Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array'.split(
    ' ',
  );

/** How a thing crosses. Data goes as a copy; whatever has behaviour of its own stays and is asked. */
export function kindOf(thing: Thing): string {
  if (typeof thing === 'function') return 'function';
  const parent: unknown = Object.getPrototypeOf(thing);
  if (Array.isArray(thing)) return parent === Array.prototype ? 'array' : 'instance';
  if (parent === Object.prototype || parent === null) return isData(thing) ? (parent ? 'object' : 'bare') : 'instance';
  if (parent === Map.prototype) return 'map';
  if (parent === Set.prototype) return 'set';
  if (parent === Date.prototype) return 'date';
  if (parent === RegExp.prototype) return 'regexp';
  if (thing instanceof Promise) return 'promise';
  if (thing instanceof Error) return 'error';
  const bytes = BYTES.find((name) => parent === Reflect.get(globalThis, name)?.prototype);
  return bytes ?? 'instance';
}

function isData(thing: Thing): boolean {
  return Reflect.ownKeys(thing).every((key) => {
    if (typeof key === 'symbol') return false;
    const property = Reflect.getOwnPropertyDescriptor(thing, key);
    return property !== undefined && 'value' in property && property.enumerable && typeof property.value !== 'function';
  });
}

export function blank(kind: string, content: Wire): Thing {
  if (kind === 'array') return [];
  if (kind === 'object') return {};
  if (kind === 'bare') return Object.create(null);
  if (kind === 'map') return new Map();
  if (kind === 'set') return new Set();
  if (kind === 'date') return new Date(0);
  const parts = Array.isArray(content) ? content : [];
  if (kind === 'regexp') return new RegExp(String(parts[0]), String(parts[1]));
  if (kind === 'error') {
    const type = SHARED.get(String(parts[0]));
    return Reflect.construct(typeof type === 'function' ? type : Error, [String(parts[2])]) as Thing;
  }
  if (BYTES.includes(kind)) return Reflect.construct(Reflect.get(globalThis, kind), [parts.length]) as Thing;
  throw new TypeError('not a value');
}

export function fill(thing: Thing, kind: string, content: Wire, decode: (wire: Wire) => unknown): void {
  const parts = Array.isArray(content) ? content : [];
  const pairs = () => parts.map((pair) => (Array.isArray(pair) ? pair : []));
  if (kind === 'array') {
    (thing as unknown[]).length = parts.length;
    parts.forEach((part, at) => {
      if (Array.isArray(part) && part[0] === 'hole') Reflect.deleteProperty(thing, at);
      else define(thing, at, decode(part));
    });
  } else if (kind === 'object' || kind === 'bare') {
    const kept = new Set(pairs().map(([key]) => String(key)));
    for (const key of Object.keys(thing)) if (!kept.has(key)) Reflect.deleteProperty(thing, key);
    for (const [key, value] of pairs()) define(thing, String(key), decode(value ?? null));
  } else if (kind === 'map') {
    const entries = pairs().map(([key, value]) => [decode(key ?? null), decode(value ?? null)] as const);
    (thing as Map<unknown, unknown>).clear();
    for (const [key, value] of entries) (thing as Map<unknown, unknown>).set(key, value);
  } else if (kind === 'set') {
    const values = parts.map(decode);
    (thing as Set<unknown>).clear();
    for (const value of values) (thing as Set<unknown>).add(value);
  } else if (kind === 'date') (thing as Date).setTime(Number(decode(content)));
  else if (kind === 'error') fillError(thing, parts, decode);
  else if (BYTES.includes(kind)) for (const [at, part] of parts.entries()) Reflect.set(thing, at, decode(part));
}

function fillError(thing: Thing, [, name, message, own, extra]: Wire[], decode: (wire: Wire) => unknown): void {
  hide(thing, 'message', String(message));
  if ((thing as Error).name !== name) hide(thing, 'name', String(name));
  if (own !== null && own !== undefined) hide(thing, 'constructor', decode(own));
  for (const pair of Array.isArray(extra) ? extra : [])
    if (Array.isArray(pair)) define(thing, String(pair[0]), decode(pair[1] ?? null));
}

/** Never by assignment: a key called `__proto__` is a key like any other. */
function define(thing: Thing, key: PropertyKey, value: unknown): void {
  Reflect.defineProperty(thing, key, { value, writable: true, enumerable: true, configurable: true });
}

function hide(thing: Thing, key: PropertyKey, value: unknown): void {
  Reflect.defineProperty(thing, key, { value, writable: true, enumerable: false, configurable: true });
}
