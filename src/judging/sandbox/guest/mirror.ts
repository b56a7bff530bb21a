import { blank, fill, kindOf, SHARED, SHARED_NAMES, type Thing } from './contents.js';
import { type Ask, remote } from './remote.js';
import type { Side, Wire } from './wire.js';

/** Runs in QuickJS. Containers are copied and keep their identity; functions, classes and instances stay where they are. */

const WELL_KNOWN = Object.getOwnPropertyNames(Symbol).flatMap((name) => {
  const value: unknown = Reflect.get(Symbol, name);
  return typeof value === 'symbol' ? [[name, value] as const] : [];
});
const MOST_DEPTH = 2_000;

export class Mirror {
  private readonly ids = new WeakMap<Thing, string>();
  private readonly things = new Map<string, Thing>();
  private readonly symbols = new Map<string, symbol>();
  private readonly watched = new Map<string, { yes(value: unknown): void; no(error: unknown): void }>();
  private readonly handles = new WeakSet<Thing>();
  private settled: Wire[] = [];
  private next = 0;
  private depth = 0;

  constructor(
    private readonly side: Side,
    private readonly ask: Ask,
  ) {}

  /** Values of one message; what several of them share is written once. */
  encode(value: unknown, seen: Set<string> = new Set()): Wire {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return ['u'];
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0) ? value : ['n', numeral(value)];
    if (typeof value === 'bigint') return ['i', value.toString(16)];
    if (typeof value === 'symbol') return this.symbol(value);
    const shared = SHARED_NAMES.get(value);
    if (shared !== undefined) return ['g', shared];
    const id = this.idOf(value as Thing);
    if (this.handles.has(value as Thing)) return ['h', id, ''];
    const kind = kindOf(value as Thing);
    if (kind === 'function' || kind === 'instance') return ['h', id, kind];
    if (kind === 'promise') return this.promise(id, value as Promise<unknown>);
    if (seen.has(id)) return ['r', id];
    seen.add(id);
    if (++this.depth > MOST_DEPTH) {
      this.depth = 0;
      throw new RangeError('the value is nested too deeply');
    }
    const content = this.content(kind, value as Thing, seen);
    this.depth--;
    return ['o', id, kind, content, Object.isFrozen(value)];
  }

  /** @param lent the tests' own containers that were passed, whose content the solution may change */
  decode(wire: Wire, lent: ReadonlySet<Thing> = NOTHING, met?: Set<Thing>): unknown {
    if (!Array.isArray(wire)) return wire;
    const [tag, id, kind, content, frozen] = wire;
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return Number(id);
      case 'i':
        return hex(String(id));
      case 'y':
        return WELL_KNOWN.find(([name]) => name === id)?.[1];
      case 'yf':
        return Symbol.for(String(id));
      case 'ys':
        return this.symbolOf(String(id), String(kind));
      case 'g':
        return SHARED.get(String(id));
      case 'r':
        return this.things.get(String(id));
      case 'h':
        return this.handle(String(id), String(kind));
      case 'o':
        return this.container(String(id), String(kind), content ?? null, frozen === true, lent, met);
      default:
        throw new TypeError('not a value');
    }
  }

  /** The containers among these, each with its own content and references to the others. */
  shallow(things: Iterable<Thing>): Map<Thing, Wire> {
    const all = new Set(things);
    const ids = new Set([...all].map((thing) => this.idOf(thing)));
    return new Map(
      [...all].map((thing) => {
        const seen = new Set(ids);
        seen.delete(this.idOf(thing));
        return [thing, this.encode(thing, seen)];
      }),
    );
  }

  /** What settled since the last time. */
  drain(): Wire[] {
    const settled = this.settled;
    this.settled = [];
    return settled;
  }

  settle(settled: readonly Wire[]): void {
    for (const each of settled) {
      if (!Array.isArray(each)) continue;
      const [id, how, value] = each;
      const waiting = this.watched.get(String(id));
      this.watched.delete(String(id));
      if (how === 'yes') waiting?.yes(this.decode(value ?? null));
      else waiting?.no(this.decode(value ?? null));
    }
  }

  get tells(): boolean {
    return this.settled.length > 0;
  }

  get waits(): boolean {
    return this.watched.size > 0;
  }

  /** Whether it only stands for something of the other side. */
  isHandle(thing: Thing): boolean {
    return this.handles.has(thing);
  }

  private idOf(thing: Thing): string {
    let id = this.ids.get(thing);
    if (id === undefined) {
      id = `${this.side}${++this.next}`;
      this.know(id, thing);
    }
    return id;
  }

  private know(id: string, thing: Thing): void {
    this.ids.set(thing, id);
    this.things.set(id, thing);
  }

  private symbol(value: symbol): Wire {
    const known = WELL_KNOWN.find(([, symbol]) => symbol === value);
    if (known) return ['y', known[0]];
    const name = Symbol.keyFor(value);
    if (name !== undefined) return ['yf', name];
    const id = [...this.symbols].find(([, symbol]) => symbol === value)?.[0] ?? `${this.side}y${++this.next}`;
    this.symbols.set(id, value);
    return ['ys', id, value.description ?? ''];
  }

  private symbolOf(id: string, description: string): symbol {
    const symbol = this.symbols.get(id) ?? Symbol(description);
    this.symbols.set(id, symbol);
    return symbol;
  }

  private promise(id: string, promise: Promise<unknown>): Wire {
    if (id.startsWith(this.side) && !this.watched.has(`own:${id}`)) {
      this.watched.set(`own:${id}`, { yes() {}, no() {} });
      const settle = (how: string) => (value: unknown) => {
        this.watched.delete(`own:${id}`);
        this.settled.push([id, how, this.encode(value)]);
      };
      promise.then(settle('yes'), settle('no'));
    }
    return ['h', id, 'promise'];
  }

  private content(kind: string, thing: Thing, seen: Set<string>): Wire {
    const encode = (value: unknown) => this.encode(value, seen);
    if (kind === 'array')
      return Array.from(thing as unknown[], (value, at) => (at in thing ? encode(value) : ['hole']));
    if (kind === 'object' || kind === 'bare')
      return Object.keys(thing).map((key) => [key, encode(Reflect.get(thing, key))]);
    if (kind === 'map')
      return [...(thing as Map<unknown, unknown>)].map(([key, value]) => [encode(key), encode(value)]);
    if (kind === 'set') return [...(thing as Set<unknown>)].map(encode);
    if (kind === 'date') return encode((thing as Date).getTime());
    if (kind === 'regexp') return [(thing as RegExp).source, (thing as RegExp).flags];
    if (kind === 'error') return this.error(thing as Error, encode);
    return Array.from(thing as ArrayLike<unknown>, encode);
  }

  private error(error: Error, encode: (value: unknown) => Wire): Wire {
    const own = error.constructor;
    const base =
      [...SHARED].findLast(([, type]) => typeof type === 'function' && error instanceof type)?.[0] ?? 'Error';
    const extra = Object.keys(error).filter((key) => key !== 'stack' && key !== 'message' && key !== 'name');
    return [
      base,
      String(error.name),
      String(error.message),
      SHARED_NAMES.has(own) ? null : encode(own),
      extra.map((key) => [key, encode(Reflect.get(error, key))]),
    ];
  }

  private handle(id: string, kind: string): unknown {
    const known = this.things.get(id);
    if (known) return known;
    if (id.startsWith(this.side)) throw new TypeError('no such object');
    if (kind === 'promise') {
      const promise = new Promise((yes, no) => this.watched.set(id, { yes, no }));
      this.know(id, promise);
      return promise;
    }
    const proxy = remote(id, kind === 'function', this.ask);
    this.handles.add(proxy);
    this.know(id, proxy);
    return proxy;
  }

  private container(
    id: string,
    kind: string,
    content: Wire,
    frozen: boolean,
    lent: ReadonlySet<Thing>,
    met?: Set<Thing>,
  ): unknown {
    const known = this.things.get(id);
    const isOwn = id.startsWith(this.side);
    if (isOwn && !known) throw new TypeError('no such object');
    const thing = known ?? blank(kind, content);
    if (!known) this.know(id, thing);
    met?.add(thing);
    if (isOwn && this.side === 't' && !lent.has(thing)) return thing;
    if (kindOf(thing) !== kind || Object.isFrozen(thing)) return thing;
    fill(thing, kind, content, (wire) => this.decode(wire, lent, met));
    if (frozen) Object.freeze(thing);
    return thing;
  }
}

const NOTHING: ReadonlySet<Thing> = new Set();

function numeral(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function hex(digits: string): bigint {
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}
