import { caught, isExpected, rejected } from './assert.js';
import { isEqual, shown } from './equal.js';
import { check } from './tally.js';

/** Runs in QuickJS. `expect` of Jest and Vitest, in so far as tests use it. */
type Matcher = (got: unknown, ...wanted: unknown[]) => boolean;
type Mock = ((...args: unknown[]) => unknown) & { readonly mock: { readonly calls: unknown[][] } };

const number = (value: unknown) => (typeof value === 'number' || typeof value === 'bigint' ? value : Number.NaN);
const loose = (a: unknown, b: unknown) => isEqual(withoutUndefined(a), withoutUndefined(b), false) && sameKinds(a, b);

const MATCHERS: Record<string, Matcher> = {
  toBe: (got, wanted) => Object.is(got, wanted),
  toEqual: loose,
  toStrictEqual: (got, wanted) => isEqual(got, wanted, true),
  toBeTruthy: (got) => Boolean(got),
  toBeFalsy: (got) => !got,
  toBeNull: (got) => got === null,
  toBeUndefined: (got) => got === undefined,
  toBeDefined: (got) => got !== undefined,
  toBeNaN: (got) => Number.isNaN(got),
  toBeGreaterThan: (got, wanted) => number(got) > number(wanted),
  toBeGreaterThanOrEqual: (got, wanted) => number(got) >= number(wanted),
  toBeLessThan: (got, wanted) => number(got) < number(wanted),
  toBeLessThanOrEqual: (got, wanted) => number(got) <= number(wanted),
  toBeCloseTo: (got, wanted, digits = 2) =>
    Object.is(got, wanted) || Math.abs(Number(number(got)) - Number(wanted)) < 10 ** -Number(digits) / 2,
  toBeInstanceOf: (got, type) => typeof type === 'function' && got instanceof type,
  toBeTypeOf: (got, type) => typeof got === type,
  toMatch: (got, wanted) =>
    typeof got === 'string' && (wanted instanceof RegExp ? wanted.test(got) : got.includes(String(wanted))),
  toContain: (got, wanted) =>
    typeof got === 'string' ? got.includes(String(wanted)) : listOf(got).some((each) => Object.is(each, wanted)),
  toContainEqual: (got, wanted) => listOf(got).some((each) => loose(each, wanted)),
  toHaveLength: (got, length) => lengthOf(got) === length,
  toHaveProperty: (got, path, ...wanted) => hasPath(got, path, wanted),
  toMatchObject: (got, wanted) => includes(got, wanted),
  toThrow: (got, wanted) => isThrown(typeof got === 'function' ? caught(got as () => unknown) : undefined, wanted),
  toHaveBeenCalled: (got) => callsOf(got).length > 0,
  toHaveBeenCalledTimes: (got, times) => callsOf(got).length === times,
  toHaveBeenCalledWith: (got, ...args) => callsOf(got).some((call) => loose(call, args)),
  toHaveBeenLastCalledWith: (got, ...args) => loose(callsOf(got).at(-1), args),
  toSatisfy: (got, holds) => typeof holds === 'function' && holds(got) === true,
};
MATCHERS.toThrowError = MATCHERS.toThrow as Matcher;

export function expect(got: unknown) {
  const settled = async (wanted: 'resolves' | 'rejects') => {
    const thrown = await rejected(got);
    check((thrown === undefined) === (wanted === 'resolves'), undefined, () => `it does not: ${wanted}`);
    return thrown ? thrown.error : await got;
  };
  const later = (how: 'resolves' | 'rejects') => {
    const matchers = (isWanted: boolean) =>
      each((name, ...args) =>
        settled(how).then((value) => {
          const subject = how === 'rejects' && name.startsWith('toThrow') ? () => raise(value) : value;
          judge(name, subject, args, isWanted);
        }),
      );
    return { ...matchers(true), not: matchers(false) };
  };
  const now = (isWanted: boolean) => each((name, ...args) => judge(name, got, args, isWanted));
  return { ...now(true), not: now(false), resolves: later('resolves'), rejects: later('rejects') };
}

Object.assign(expect, {
  fail: (message?: string) => check(false, message ?? 'failed', () => 'expect.fail()'),
  assertions() {},
  hasAssertions() {},
});

/** `jest.fn` and `vi.fn`: a function that remembers its calls. */
export function mockFn(given?: (...args: unknown[]) => unknown): Mock {
  let body = given;
  const mock = { calls: [] as unknown[][] };
  const fn = Object.assign(
    (...args: unknown[]) => {
      mock.calls.push(args);
      return body?.(...args);
    },
    { mock },
  );
  const answering = (next: (...args: unknown[]) => unknown) => {
    body = next;
    return fn;
  };
  return Object.assign(fn, {
    mockImplementation: answering,
    mockReturnValue: (value: unknown) => answering(() => value),
    mockResolvedValue: (value: unknown) => answering(async () => value),
    mockRejectedValue: (value: unknown) => answering(() => Promise.reject(value)),
    mockClear: () => void mock.calls.splice(0),
    mockReset: () => void mock.calls.splice(0),
  });
}

function each<T>(run: (name: string, ...args: unknown[]) => T) {
  return Object.fromEntries(Object.keys(MATCHERS).map((name) => [name, (...args: unknown[]) => run(name, ...args)]));
}

function judge(name: string, got: unknown, args: unknown[], isWanted: boolean): void {
  const holds = MATCHERS[name]?.(got, ...args) === true;
  check(
    holds === isWanted,
    undefined,
    () => `got ${shown(got)}, expected ${isWanted ? '' : 'not '}${name} ${args.map(shown).join(', ')}`,
  );
}

function isThrown(thrown: { readonly error: unknown } | undefined, wanted: unknown): boolean {
  if (thrown === undefined) return false;
  const { error } = thrown;
  const message = error instanceof Error ? error.message : String(error);
  if (typeof wanted === 'string') return message.includes(wanted);
  if (wanted instanceof RegExp) return wanted.test(message);
  if (wanted instanceof Error) return message === wanted.message;
  return isExpected(error, wanted);
}

function raise(value: unknown): never {
  throw value;
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null && Symbol.iterator in value
    ? [...(value as Iterable<unknown>)]
    : [];
}

function lengthOf(value: unknown): unknown {
  return typeof value === 'string' || (typeof value === 'object' && value !== null)
    ? Reflect.get(Object(value), 'length')
    : undefined;
}

function callsOf(value: unknown): unknown[][] {
  return typeof value === 'function' && 'mock' in value ? (value as Mock).mock.calls : [];
}

function hasPath(got: unknown, path: unknown, wanted: readonly unknown[]): boolean {
  let value = got;
  for (const key of Array.isArray(path) ? path : String(path).split('.')) {
    if (typeof value !== 'object' || value === null || !(key in value)) return false;
    value = Reflect.get(value, key);
  }
  return wanted.length === 0 || loose(value, wanted[0]);
}

function includes(got: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return Object.is(got, wanted);
  if (typeof got !== 'object' || got === null) return false;
  if (Array.isArray(wanted) && (!Array.isArray(got) || got.length !== wanted.length)) return false;
  return Object.keys(wanted).every((key) => key in got && includes(Reflect.get(got, key), Reflect.get(wanted, key)));
}

/** `toEqual` takes a key that is undefined for one that is not there. */
function withoutUndefined(value: unknown, depth = 0): unknown {
  if (depth > 200 || typeof value !== 'object' || value === null) return value;
  const parent: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) return value.map((each) => withoutUndefined(each, depth + 1));
  if (parent !== Object.prototype && parent !== null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [[key, withoutUndefined(each, depth + 1)]],
    ),
  );
}

/** Loose in prototypes and never in types: 1 is not "1", at any depth. */
function sameKinds(a: unknown, b: unknown, depth = 0): boolean {
  if (typeof a !== typeof b || (a === null) !== (b === null)) return false;
  if (depth > 200 || typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
    return Object.is(a, b) || typeof a === 'object' || typeof a === 'function';
  }
  const keys = Object.keys(a).filter((key) => Reflect.get(a, key) !== undefined);
  return keys.every((key) => sameKinds(Reflect.get(a, key), Reflect.get(b, key), depth + 1));
}
