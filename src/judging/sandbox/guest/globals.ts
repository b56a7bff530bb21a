/** Runs in QuickJS. The few globals that programs expect besides the language's own; none of them leads anywhere. */
import { shown } from './equal.js';

export interface Printed {
  write(text: string): void;
  exit(code: number): never;
}

export function install(target: object, { write, exit }: Printed, now: () => number): void {
  const print = (...args: unknown[]) =>
    write(`${args.map((each) => (typeof each === 'string' ? each : shown(each))).join(' ')}\n`);
  const quiet = () => {};
  const console = {
    log: print,
    info: print,
    debug: print,
    error: quiet,
    warn: quiet,
    trace: quiet,
    table: quiet,
    time: quiet,
    timeEnd: quiet,
    group: quiet,
    groupEnd: quiet,
  };
  const stream = {
    isTTY: false,
    write(text: unknown): boolean {
      write(String(text));
      return true;
    },
  };
  const process = {
    argv: ['node', 'main.js'],
    env: {},
    platform: 'linux',
    exitCode: undefined,
    exit: (code?: number) => exit(Number(code ?? 0)),
    on: quiet,
    once: quiet,
    nextTick: (fn: (...args: unknown[]) => unknown, ...args: unknown[]) =>
      void Promise.resolve().then(() => fn(...args)),
    hrtime: Object.assign(() => [Math.floor(now() / 1e3), (now() % 1e3) * 1e6], {
      bigint: () => BigInt(Math.floor(now() * 1e6)),
    }),
    stdout: stream,
    stderr: { write: () => true },
    cwd: () => '/',
    uptime: () => now() / 1e3,
  };
  const queueMicrotask = (fn: () => unknown) => void Promise.resolve().then(fn);
  const others = {
    console,
    process,
    queueMicrotask,
    structuredClone: (value: unknown) => clone(value, new Map()),
    performance: { now },
    global: target,
  };
  for (const [name, value] of Object.entries(others))
    Reflect.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}

function clone(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new Error(`${String(value)} could not be cloned.`);
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  const keep = <T extends object>(copy: T): T => {
    known.set(value, copy);
    return copy;
  };
  if (value instanceof Date) return keep(new Date(value.getTime()));
  if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
  if (value instanceof Map) {
    const copy = keep(new Map());
    for (const [key, each] of value) copy.set(clone(key, known), clone(each, known));
    return copy;
  }
  if (value instanceof Set) {
    const copy = keep(new Set());
    for (const each of value) copy.add(clone(each, known));
    return copy;
  }
  if (ArrayBuffer.isView(value) && 'slice' in value && typeof value.slice === 'function') return value.slice();
  if (value instanceof Error) return keep(Object.assign(new Error(value.message), { name: value.name }));
  const copy = keep(Array.isArray(value) ? [] : {});
  for (const key of Object.keys(value))
    Reflect.defineProperty(copy, key, {
      value: clone(Reflect.get(value, key), known),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return copy;
}
