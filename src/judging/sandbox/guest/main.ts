import { assert, strictAssert } from './assert.js';
import { isEqual, shown } from './equal.js';
import { expect, mockFn } from './expect.js';
import { install } from './globals.js';
import { Mirror } from './mirror.js';
import { reach } from './reach.js';
import { serve } from './remote.js';
import { Suite } from './suite.js';
import { check, soft, tally } from './tally.js';
import { Timers } from './timers.js';
import type { Reply, Request, Side, Wire } from './wire.js';

/** Runs in QuickJS: one side of a run. What the host gives, and calls, is text. */
interface Host {
  readonly side: Side;
  /** Sends a question and waits for its answer. */
  ask(request: string): string;
  /** Tells the parent how a test went. */
  report(event: string): void;
  now(): number;
}

const host = Reflect.get(globalThis, '__host__') as Host;
Reflect.deleteProperty(globalThis, '__host__');

const timers = new Timers(host.now);
let printed = '';
let asked = 0;
const mirror: Mirror = new Mirror(host.side, (op, id, key, args = [], self) =>
  question(op, { on: ['r', id] }, key, args, self),
);
const isTests = host.side === 't';
const suite = new Suite(
  (event) => host.report(JSON.stringify(event)),
  () => timers.drained(),
);

timers.install(globalThis);
install(
  globalThis,
  {
    write(text) {
      printed = (printed + text).slice(-100_000);
    },
    exit(code) {
      if (isTests && code !== 0) check(false, `process.exit(${code})`, () => '');
      throw new Error(`process.exit(${code})`);
    },
  },
  host.now,
);

/** Sends a question with its arguments; what the other side did to the containers among them is done here too. */
function question(op: string, on: object, key: unknown, args: readonly unknown[], self: unknown): unknown {
  const seen = new Set<string>();
  const encode = (value: unknown) => mirror.encode(value, seen);
  const line: Request = {
    q: ++asked,
    op,
    ...on,
    key: encode(key ?? null),
    self: encode(self),
    args: args.map(encode),
    settled: mirror.drain(),
  };
  return answered(JSON.parse(host.ask(JSON.stringify(line))) as Reply, [self, ...args]);
}

function answered(reply: Reply, passed: readonly unknown[]): unknown {
  const lent = reach(passed, (thing) => mirror.isHandle(thing));
  for (const each of reply.back ?? []) mirror.decode(each, lent);
  mirror.settle(reply.settled ?? []);
  if (reply.error !== undefined) throw mirror.decode(reply.error, lent);
  return mirror.decode(reply.value ?? null, lent);
}

/** Answers a question of the other side. */
export function handle(line: string): string {
  const { q, op, on, key, self, args = [], settled = [] } = JSON.parse(line) as Request;
  const met = new Set<object>();
  const reply: { -readonly [name in keyof Reply]: Reply[name] } = { a: q };
  try {
    mirror.settle(settled);
    const decode = (wire: Wire | undefined) => mirror.decode(wire ?? ['u'], undefined, met);
    const thing = decode(on);
    const given = args.map(decode);
    const around = decode(self);
    const before = mirror.shallow(met);
    try {
      reply.value = mirror.encode(
        op === 'name'
          ? named(String(key))
          : serve(op, thing as object, decode(key) as PropertyKey, given, around, isTests),
      );
    } catch (error) {
      reply.error = mirror.encode(error);
    }
    reply.back = [...mirror.shallow(met)].flatMap(([each, now]) =>
      JSON.stringify(now) === JSON.stringify(before.get(each)) ? [] : [now],
    );
  } catch (error) {
    reply.error = mirror.encode(new TypeError(`the value can't be passed: ${shown(error)}`));
  }
  reply.settled = mirror.drain();
  return JSON.stringify(reply);
}

/* The solution's side. */

let names: Record<string, () => unknown> = {};
let exported: { readonly namespace: object | null; readonly main: string | null } = { namespace: null, main: null };
const module = { exports: {} as unknown };
const first = module.exports;

if (!isTests) {
  const fixed = {
    module,
    exports: module.exports,
    require: builtin,
    __names__(given: typeof names): void {
      names = given;
    },
  };
  for (const [name, value] of Object.entries(fixed))
    Reflect.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
}

/** What a solution offers, as its tests and its buyer's cases find it. */
export function offered(namespace: object | null, main: string | null): string {
  exported = { namespace, main };
  const seen = new Set<string>();
  const encode = (value: unknown) => mirror.encode(value, seen);
  const all = Object.fromEntries(everyName().map((name) => [name, encode(named(name))]));
  const isCommon = module.exports !== first || Object.keys(first as object).length > 0;
  const whole = isCommon
    ? module.exports
    : namespace && 'default' in namespace
      ? Reflect.get(namespace, 'default')
      : undefined;
  return JSON.stringify({ names: all, main: encode(candidate()), whole: encode(whole) });
}

function everyName(): string[] {
  const own = typeof module.exports === 'object' && module.exports !== null ? Object.keys(module.exports) : [];
  const spaced = exported.namespace ? Object.keys(exported.namespace) : [];
  return [...new Set([...Object.keys(names), ...own, ...spaced])];
}

function named(name: string): unknown {
  if (exported.namespace && Object.hasOwn(exported.namespace, name)) return Reflect.get(exported.namespace, name);
  if (Object.hasOwn(names, name)) return names[name]?.();
  return Reflect.get(module.exports as object, name);
}

/** The one function that is meant where none is named. */
function candidate(): unknown {
  const fallback = exported.namespace ? Reflect.get(exported.namespace, 'default') : undefined;
  if (typeof module.exports === 'function') return module.exports;
  if (typeof fallback === 'function') return fallback;
  const values = everyName()
    .map(named)
    .filter((value) => typeof value === 'function');
  return exported.main === null ? values.at(-1) : named(exported.main);
}

/* The tests' side. */

const ASSERT: Record<string, unknown> = { assert, 'assert/strict': strictAssert };

function builtin(name: string): unknown {
  const plain = name.replace(/^node:/, '');
  const runner = () => ({
    ...suite.globals(),
    expect,
    assert,
    vi: { fn: mockFn },
    jest: { fn: mockFn },
    mock: { fn: mockFn },
  });
  if (ASSERT[plain]) return ASSERT[plain];
  if (plain === 'util') return { isDeepStrictEqual: (a: unknown, b: unknown) => isEqual(a, b, true), inspect: shown };
  if (plain === 'perf_hooks') return { performance: Reflect.get(globalThis, 'performance') };
  if (isTests && /^(?:test|vitest|@jest\/globals|mocha|chai|expect)$/.test(plain))
    return plain === 'test' ? Object.assign(suite.globals().test as object, runner()) : runner();
  if (isTests && /^[./]|solution|^main|^index/.test(name)) return whole();
  throw new Error(`Cannot find module '${name}'`);
}

let solution: { names: Record<string, unknown>; main: unknown; whole: unknown } = {
  names: {},
  main: undefined,
  whole: undefined,
};

function whole(): unknown {
  return solution.whole ?? { ...solution.names };
}

/** Takes what the solution offers, and makes the globals of its tests of it. */
export function prepare(offer: string, source: string): void {
  const given = JSON.parse(offer) as { names: Record<string, Wire>; main: Wire; whole: Wire };
  const all = Object.entries(given.names).map(([name, wire]) => [name, mirror.decode(wire)] as const);
  solution = { names: Object.fromEntries(all), main: mirror.decode(given.main), whole: mirror.decode(given.whole) };
  const console = Reflect.get(globalThis, 'console') as object;
  const own = {
    ...suite.globals(),
    ...{
      expect,
      assert,
      vi: { fn: mockFn },
      jest: { fn: mockFn },
      require: builtin,
      __watch__: (value: unknown) => suite.watch(value),
    },
    ...{ candidate: solution.main, solution: whole(), module: { exports: {} }, exports: {} },
  };
  Object.assign(console, { assert: soft });
  const unusual = Object.entries(solution.names).filter(([name]) => !(name in own) && name !== 'default');
  const [taken, free] = [
    unusual.filter(([name]) => name in globalThis),
    unusual.filter(([name]) => !(name in globalThis)),
  ];
  // A name for something of the language's own is had by importing it, or where the tests can mean nothing else.
  const words = new Set(source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  if (![...free, ['candidate'], ['solution']].some(([name]) => words.has(String(name)))) free.push(...taken);
  for (const [name, value] of [...Object.entries(own), ...free])
    Reflect.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
}

/** The source of a module that a test file imports. */
export function moduleSource(name: string): string {
  const value = builtin(name);
  Reflect.set(globalThis, '__modules__', {
    ...(Reflect.get(globalThis, '__modules__') as object | undefined),
    [name]: value,
  });
  const isPart = typeof value === 'function' || (typeof value === 'object' && value !== null);
  const isSolution = isTests && value === whole();
  const keys = isSolution ? Object.keys(solution.names) : isPart ? Object.keys(value) : [];
  const from = `globalThis.__modules__[${JSON.stringify(name)}]`;
  const parts = [...new Set(keys)].filter((key) => key !== 'default' && /^[A-Za-z_$][\w$]*$/.test(key));
  const source = isSolution ? 'globalThis.__solution__' : from;
  if (isSolution) Reflect.set(globalThis, '__solution__', solution.names);
  const lines = parts.map((key, at) => `const v${at} = ${source}.${key}; export { v${at} as ${key} };`);
  const fallback = isSolution ? `${source}.default ?? ${from}` : from;
  return `${lines.join('\n')}\nexport default ${fallback};`;
}

let running = false;
let isOver = false;

/** Runs the test file; `step` says what comes next. */
export function run(file: () => unknown, from: number): void {
  running = true;
  void suite.run(file, from).then(() => {
    isOver = true;
  });
}

/** What the host does next: wait with the other side, or nothing more. Called when no job is left. */
export function step(): string {
  if (timers.fire()) return JSON.stringify({ now: true });
  if (running && isOver) return JSON.stringify({ done: true });
  const ms = timers.dueIn();
  if (ms === null && !mirror.waits) {
    tally.failed.push('it waits for something that never happens');
    return JSON.stringify({ done: true, stuck: true });
  }
  return JSON.stringify({ ask: { q: ++asked, op: 'idle', ms, settled: mirror.drain() } });
}

/** The answer to `idle`. @returns whether anything can still happen */
export function resume(line: string): boolean {
  const reply = JSON.parse(line) as Reply;
  mirror.settle(reply.settled ?? []);
  return (reply.settled ?? []).length > 0 || reply.stalled !== true || timers.dueIn() !== null;
}

/** Whether something settled that the other side does not know of yet. */
export function tells(): boolean {
  return mirror.tells;
}

/** The solution's side of `idle`: what settled, or how long until something may. */
export function rest(settled: string): string {
  mirror.settle(JSON.parse(settled) as Wire[]);
  return poll();
}

export function poll(): string {
  if (timers.fire()) return JSON.stringify({ now: true });
  return JSON.stringify({ settled: mirror.drain(), ms: timers.dueIn() });
}

export function output(): string {
  const all = printed;
  printed = '';
  return all;
}
