import { isEqual, shown } from './equal.js';
import { AssertionError, check } from './tally.js';

/** Runs in QuickJS. Node's `assert`, in so far as tests use it. */
type Fn = (...args: never[]) => unknown;

const both = (a: unknown, b: unknown) => `got ${shown(a)}, expected ${shown(b)}`;
// biome-ignore lint/suspicious/noDoubleEquals: that is what loose means.
const loosely = (a: unknown, b: unknown) => a == b || (Number.isNaN(a) && Number.isNaN(b));

function ok(value?: unknown, message?: unknown): void {
  check(Boolean(value), message, () => `${shown(value)} is not truthy`);
}

const equality =
  (equals: (a: unknown, b: unknown) => boolean, wanted: boolean) => (a: unknown, b: unknown, message?: unknown) =>
    check(equals(a, b) === wanted, message, () => (wanted ? both(a, b) : `got ${shown(a)}, which it must not be`));

const strict = {
  equal: equality(Object.is, true),
  notEqual: equality(Object.is, false),
  deepEqual: equality((a, b) => isEqual(a, b, true), true),
  notDeepEqual: equality((a, b) => isEqual(a, b, true), false),
};

const methods = {
  ok,
  equal: equality(loosely, true),
  notEqual: equality(loosely, false),
  strictEqual: strict.equal,
  notStrictEqual: strict.notEqual,
  deepEqual: equality((a, b) => isEqual(a, b, false), true),
  notDeepEqual: equality((a, b) => isEqual(a, b, false), false),
  deepStrictEqual: strict.deepEqual,
  notDeepStrictEqual: strict.notDeepEqual,
  fail: (message?: unknown) => check(false, message ?? 'failed', () => 'assert.fail()'),
  match: (text: unknown, pattern: RegExp, message?: unknown) =>
    check(typeof text === 'string' && pattern.test(text), message, () => `${shown(text)} does not match ${pattern}`),
  doesNotMatch: (text: unknown, pattern: RegExp, message?: unknown) =>
    check(typeof text === 'string' && !pattern.test(text), message, () => `${shown(text)} matches ${pattern}`),
  throws(fn: Fn, expected?: unknown, message?: unknown): void {
    judgeThrown(caught(fn), expected, message, 'nothing was thrown');
  },
  doesNotThrow(fn: Fn, message?: unknown): void {
    const thrown = caught(fn);
    check(thrown === undefined, textOf(message), () => `threw ${shown(thrown?.error)}`);
  },
  async rejects(given: Promise<unknown> | Fn, expected?: unknown, message?: unknown): Promise<void> {
    judgeThrown(await rejected(given), expected, message, 'it did not reject');
  },
  async doesNotReject(given: Promise<unknown> | Fn, message?: unknown): Promise<void> {
    const thrown = await rejected(given);
    check(thrown === undefined, textOf(message), () => `rejected with ${shown(thrown?.error)}`);
  },
  ifError: (value: unknown) => check(value === null || value === undefined, undefined, () => `got ${shown(value)}`),
  AssertionError,
};

/** Those of `chai` and browsers that Node has not, and that mean the same everywhere. */
const others = {
  isTrue: (value: unknown, message?: unknown) => strict.equal(value, true, message),
  isFalse: (value: unknown, message?: unknown) => strict.equal(value, false, message),
  isNull: (value: unknown, message?: unknown) => strict.equal(value, null, message),
  isUndefined: (value: unknown, message?: unknown) => strict.equal(value, undefined, message),
  isOk: ok,
  isNaN: (value: unknown, message?: unknown) => ok(Number.isNaN(value), message),
  closeTo: (a: number, b: number, by: number, message?: unknown) =>
    check(Math.abs(a - b) <= by, message, () => `got ${shown(a)}, expected ${shown(b)} within ${by}`),
};

export const assert = Object.assign((value?: unknown, message?: unknown) => ok(value, message), methods, others);
export const strictAssert = Object.assign((value?: unknown, message?: unknown) => ok(value, message), methods, strict);
Object.assign(assert, { strict: strictAssert });
Object.assign(strictAssert, { strict: strictAssert });

function judgeThrown(thrown: Thrown | undefined, expected: unknown, message: unknown, otherwise: string): void {
  const holds = thrown !== undefined && isExpected(thrown.error, expected);
  check(holds, textOf(expected) ?? message, () => (thrown ? `threw ${shown(thrown.error)}` : otherwise));
}

interface Thrown {
  readonly error: unknown;
}

export function caught(fn: Fn): Thrown | undefined {
  try {
    fn();
    return undefined;
  } catch (error) {
    return { error };
  }
}

export async function rejected(given: unknown): Promise<Thrown | undefined> {
  try {
    await (typeof given === 'function' ? given() : given);
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** Whether a thrown thing is what was expected: a class, a pattern, a validating function or an object of properties. */
export function isExpected(error: unknown, expected: unknown): boolean {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    if (isClass(expected)) return error instanceof expected;
    return expected(error) === true;
  }
  if (typeof expected !== 'object' || expected === null || typeof error !== 'object' || error === null) return false;
  return Reflect.ownKeys(expected).every((key) => {
    const wanted: unknown = Reflect.get(expected, key);
    const got: unknown = Reflect.get(error, key);
    return wanted instanceof RegExp && typeof got === 'string' ? wanted.test(got) : isEqual(got, wanted, true);
  });
}

function isClass(fn: unknown): fn is new () => unknown {
  return typeof fn === 'function' && typeof fn.prototype === 'object' && fn.prototype !== null && !isPlain(fn);
}

/** `function (error) { ... }` has a prototype too, and is no class. */
function isPlain(fn: { readonly prototype: unknown }): boolean {
  if (fn === Error || fn.prototype instanceof Error) return false;
  const source = String(fn);
  return source.startsWith('function') && !source.includes('[native code]');
}

function textOf(message: unknown): string | undefined {
  return typeof message === 'string' ? message : undefined;
}
