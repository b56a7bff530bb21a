/** Asks the other side something about one of its objects, and gives what it answered; throws what it threw. */
export type Ask = (op: string, id: string, key?: unknown, args?: readonly unknown[], self?: unknown) => unknown;

/** Runs in QuickJS. An object that stands for one of the other side: each use of it is a question there. */
export function remote(id: string, isFunction: boolean, ask: Ask): object {
  // biome-ignore lint/complexity/useArrowFunction: an arrow can't stand for a class.
  const target: object = isFunction ? function () {} : {};
  return new Proxy(target, {
    get(_, key) {
      if (key === Symbol.hasInstance && isFunction) return (value: unknown) => ask('instanceof', id, null, [value]);
      return ask('get', id, key);
    },
    set: (_, key, value) => ask('set', id, key, [value]) === true,
    has: (_, key) => ask('has', id, key) === true,
    deleteProperty: (_, key) => ask('delete', id, key) === true,
    defineProperty: (_, key, property) => 'value' in property && ask('set', id, key, [property.value]) === true,
    apply: (_, self, args) => ask('apply', id, null, args, self),
    construct: (_, args) => ask('construct', id, null, args) as object,
    getPrototypeOf: () => ask('proto', id) as object | null,
    ownKeys: () => keysOf(target, ask('keys', id)),
    getOwnPropertyDescriptor(_, key) {
      const found = ask('describe', id, key);
      if (!Array.isArray(found)) return Reflect.getOwnPropertyDescriptor(target, key);
      return { value: found[0], enumerable: found[1] === true, writable: true, configurable: key !== 'prototype' };
    },
  });
}

function keysOf(target: object, given: unknown): (string | symbol)[] {
  const keys = Array.isArray(given) ? given.filter((key) => typeof key === 'string' || typeof key === 'symbol') : [];
  return [...new Set([...keys, ...Reflect.ownKeys(target).filter((key) => key === 'prototype')])];
}

/**
 * Does what was asked. `guarded` is the side of the tests: there the solution may call the functions that it was handed,
 * and use what the tests' own objects offer, but reach nothing behind them: no constructor, no prototype.
 */
export function serve(
  op: string,
  on: object,
  key: PropertyKey,
  args: readonly unknown[],
  self: unknown,
  guarded: boolean,
): unknown {
  if (guarded && !isOffered(op, on, key)) throw new TypeError(`${op} is not offered here`);
  switch (op) {
    case 'get':
      return Reflect.get(on, key);
    case 'set':
      return Reflect.set(on, key, args[0]);
    case 'has':
      return Reflect.has(on, key);
    case 'delete':
      return Reflect.deleteProperty(on, key);
    case 'keys':
      return Reflect.ownKeys(on);
    case 'proto':
      return Object.getPrototypeOf(on);
    case 'describe': {
      const property = Reflect.getOwnPropertyDescriptor(on, key);
      return property && [Reflect.get(on, key), property.enumerable];
    }
    case 'apply':
      return Reflect.apply(callable(on), self, [...args]);
    case 'construct':
      return Reflect.construct(callable(on), [...args]);
    case 'method': {
      const made: unknown = isClass(on) ? Reflect.construct(callable(on), []) : on;
      const method: unknown = Reflect.get(Object(made), key);
      return typeof method === 'function'
        ? (...given: unknown[]) => Reflect.apply(callable(method), made, given)
        : undefined;
    }
    case 'instanceof':
      return args[0] instanceof callable(on);
    default:
      throw new TypeError(`there is no ${op}`);
  }
}

const CODE: readonly unknown[] = [
  Function,
  Reflect.get(globalThis, 'eval'),
  (async () => {}).constructor,
  function* () {}.constructor,
  async function* () {}.constructor,
];
const SHUT = new Set<PropertyKey>(
  'constructor __proto__ prototype caller callee arguments __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__'.split(
    ' ',
  ),
);

function isOffered(op: string, on: object, key: PropertyKey): boolean {
  if (typeof on === 'function') return op === 'apply' && !CODE.includes(on);
  if (op === 'keys') return true;
  if (!['get', 'set', 'has', 'describe', 'delete'].includes(op) || SHUT.has(key)) return false;
  if (op === 'set' || op === 'has' || op === 'delete') return true;
  // Own properties and the methods of the tests' own classes, down to Object itself.
  return Object.hasOwn(on, key) || !Object.hasOwn(Object.prototype, key);
}

function isClass(on: object): boolean {
  return typeof on === 'function' && /^class\b/.test(Function.prototype.toString.call(on));
}

function callable(on: object): (...args: unknown[]) => unknown {
  if (typeof on !== 'function') throw new TypeError('not a function');
  return on as (...args: unknown[]) => unknown;
}
