/** Runs in QuickJS. Equality as Node's `assert` has it: strict compares types and prototypes, loose compares with `==`. */
export function isEqual(a: unknown, b: unknown, strict: boolean): boolean {
  return equal(a, b, strict, []);
}

type Pairs = readonly (readonly [object, object])[];

function equal(a: unknown, b: unknown, strict: boolean, above: Pairs): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) {
    // biome-ignore lint/suspicious/noDoubleEquals: that is what loose means.
    if (!strict) return a == b || (Number.isNaN(a) && Number.isNaN(b));
    return false;
  }
  if (typeof a === 'function' || typeof b === 'function') return false;
  if (above.some(([left, right]) => left === a && right === b)) return true;
  const pairs = [...above, [a, b] as const];
  const type = tagOf(a);
  if (type !== tagOf(b)) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date && b instanceof Date && a.getTime() !== b.getTime()) return false;
  if (a instanceof RegExp && String(a) !== String(b)) return false;
  if (a instanceof Error && b instanceof Error && (a.name !== b.name || a.message !== b.message)) return false;
  if (a instanceof Map && b instanceof Map) return equalMaps(a, b, strict, pairs);
  if (a instanceof Set && b instanceof Set) return equalSets(a, b, strict, pairs);
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  return equalProperties(a, b, strict, pairs);
}

function equalProperties(a: object, b: object, strict: boolean, pairs: Pairs): boolean {
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return keys.every(
    (key) =>
      Object.prototype.propertyIsEnumerable.call(b, key) &&
      equal(Reflect.get(a, key), Reflect.get(b, key), strict, pairs),
  );
}

function keysOf(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
}

function equalMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, strict: boolean, pairs: Pairs): boolean {
  if (a.size !== b.size) return false;
  const left = [...b];
  return [...a].every(([key, value]) => {
    const at = left.findIndex(([other, its]) => equal(key, other, strict, pairs) && equal(value, its, strict, pairs));
    return at >= 0 && left.splice(at, 1).length === 1;
  });
}

function equalSets(a: Set<unknown>, b: Set<unknown>, strict: boolean, pairs: Pairs): boolean {
  if (a.size !== b.size) return false;
  const left = [...b].filter((value) => !a.has(value));
  return [...a].every((value) => {
    if (b.has(value)) return true;
    const at = left.findIndex((other) => equal(value, other, strict, pairs));
    return at >= 0 && left.splice(at, 1).length === 1;
  });
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function tagOf(value: object): string {
  return Array.isArray(value) ? 'Array' : Object.prototype.toString.call(value);
}

/** A value in a line, for people. */
export function shown(value: unknown): string {
  try {
    if (typeof value === 'string') return JSON.stringify(value).slice(0, 200);
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Error) return `${value.name}: ${value.message}`.slice(0, 200);
    if (value instanceof Map) return `Map ${shown([...value])}`;
    if (value instanceof Set) return `Set ${shown([...value])}`;
    if (typeof value === 'function') return 'a function';
    if (Object.is(value, -0)) return '-0';
    if (typeof value !== 'object' || value === null) return String(value);
    return (JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each)) ?? 'an object').slice(
      0,
      200,
    );
  } catch {
    return 'an object';
  }
}
