import { shown } from './equal.js';
import { tally } from './tally.js';

/** Runs in QuickJS. Tests that a file registers (`test`, `it`, `describe`), run one after the other once it has been read. */
type Body = (...args: unknown[]) => unknown;
type Hook = 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach';

interface Group {
  readonly name: string;
  readonly above: Group | null;
  readonly hooks: Record<Hook, Body[]>;
  begun: boolean;
}

interface Test {
  readonly name: string;
  readonly group: Group;
  readonly body: Body;
}

export interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly asserts: number;
  readonly detail: string;
}

const MOST_TESTS = 1_000;
/** A test that says how it checks must have come to check something. */
const CHECKS = /\bassert|\bexpect|\bt\.(?:is|equal|deepEqual|ok|true|false|same)\b/;

function group(name: string, above: Group | null): Group {
  return { name, above, hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] }, begun: false };
}

export class Suite {
  private readonly tests: Test[] = [];
  private current = group('', null);
  private pending: unknown[] = [];

  constructor(
    private readonly report: (event: Record<string, string | number | boolean>) => void,
    private readonly drained: () => Promise<void>,
  ) {}

  /** What test files call. */
  globals(): Record<string, unknown> {
    const test = this.registering();
    const describe = (name: string, ...rest: unknown[]) => this.describe(name, rest);
    const each = (rows: readonly unknown[]) => (name: string, body: Body) =>
      rows.forEach(
        (row, at) => void describe(titleOf(name, row, at), () => body(...(Array.isArray(row) ? row : [row]))),
      );
    const suite = Object.assign(describe, { each, only: describe, skip() {}, todo() {} });
    const hook = (name: Hook) => (body: Body) => void this.current.hooks[name].push(body);
    const hooks = {
      beforeAll: hook('beforeAll'),
      afterAll: hook('afterAll'),
      beforeEach: hook('beforeEach'),
      afterEach: hook('afterEach'),
    };
    return {
      test,
      it: test,
      describe: suite,
      suite,
      context: suite,
      ...hooks,
      before: hooks.beforeAll,
      after: hooks.afterAll,
    };
  }

  /** A promise that a file leaves behind: the file is not over before it is, and fails with it. */
  watch(value: unknown): unknown {
    if (typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function')
      this.pending.push(value);
    return value;
  }

  /** Runs the file, then its tests from number `from` on, and reports each. */
  async run(file: () => unknown, from: number): Promise<void> {
    this.report({ event: 'begin', name: '' });
    const top = await this.outcome('', async () => {
      this.watch(file());
      while (this.pending.length > 0) await this.pending.shift();
      await this.drained();
    });
    this.report({ event: 'end', top: true, ...top, tests: this.tests.length });
    if (top.detail !== '') return this.report({ event: 'done' });
    for (const [at, test] of this.tests.entries()) {
      if (at < from) continue;
      this.report({ event: 'begin', at, name: fullName(test) });
      this.report({ event: 'end', at, ...(await this.outcome(fullName(test), () => this.one(test))) });
    }
    this.report({ event: 'done' });
  }

  private async one({ group: inner, body }: Test): Promise<void> {
    const groups = lineage(inner);
    for (const each of groups) {
      if (each.begun) continue;
      each.begun = true;
      for (const hook of each.hooks.beforeAll) await hook();
    }
    for (const each of groups) for (const hook of each.hooks.beforeEach) await hook();
    try {
      await called(body, this.context());
      while (this.pending.length > 0) await this.pending.shift();
    } finally {
      for (const each of groups.toReversed()) for (const hook of each.hooks.afterEach) await hook();
    }
    const needs = CHECKS.test(String(body));
    if (needs && tally.ran === 0) throw new Error('it ended without an assertion');
  }

  private async outcome(name: string, body: () => Promise<void>): Promise<Outcome> {
    tally.ran = 0;
    tally.failed = [];
    let thrown: { readonly error: unknown } | undefined;
    try {
      await body();
    } catch (error) {
      thrown = { error };
    }
    const [first] = tally.failed;
    const detail = first ?? (thrown ? shown(thrown.error) || 'it threw' : '');
    return { name, ok: detail === '', asserts: tally.ran, detail: detail.slice(0, 400) };
  }

  private registering(): unknown {
    const test = (name: unknown, ...rest: unknown[]) => {
      const body = [name, ...rest].findLast((each) => typeof each === 'function') as Body | undefined;
      if (body && this.tests.length < MOST_TESTS) this.tests.push({ name: String(name), group: this.current, body });
    };
    const each = (rows: readonly unknown[]) => (name: string, body: Body) =>
      rows.forEach((row, at) => void test(titleOf(name, row, at), () => body(...(Array.isArray(row) ? row : [row]))));
    return Object.assign(test, { each, only: test, skip() {}, todo() {}, concurrent: test, test });
  }

  private describe(name: string, rest: readonly unknown[]): void {
    const body = rest.findLast((each) => typeof each === 'function') as Body | undefined;
    const outer = this.current;
    this.current = group(String(name), outer);
    try {
      body?.();
    } finally {
      this.current = outer;
    }
  }

  /** What `node:test` hands to a test: subtests run where they stand. */
  private context(): Record<string, unknown> {
    const test = async (...args: unknown[]) => {
      const body = args.findLast((each) => typeof each === 'function') as Body | undefined;
      await body?.(this.context());
    };
    return { test, diagnostic() {}, after() {}, name: '' };
  }
}

/** A body that takes `done` is over when it is called. */
function called(body: Body, context: Record<string, unknown>): unknown {
  if (body.length === 0 || /^(?:async\s*)?\(?\s*(?:t|ctx|context|\{)/.test(String(body))) return body(context);
  return new Promise<void>((resolve, reject) => {
    body(Object.assign((error?: unknown) => (error ? reject(error) : resolve()), context));
  });
}

function lineage(inner: Group): Group[] {
  return inner.above ? [...lineage(inner.above), inner] : [inner];
}

function fullName({ group: inner, name }: Test): string {
  return [...lineage(inner).map((each) => each.name), name].filter(Boolean).join(' > ').slice(0, 200);
}

function titleOf(name: string, row: unknown, at: number): string {
  const values = Array.isArray(row) ? [...row] : [row];
  return String(name).replace(/%[sdifjop#]/g, (mark) => (mark === '%#' ? String(at) : shown(values.shift())));
}
