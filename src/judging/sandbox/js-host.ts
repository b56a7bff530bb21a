import { readSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { newQuickJSWASMModule, type QuickJSContext, type QuickJSHandle, RELEASE_SYNC } from 'quickjs-emscripten';

// The whole program of a child process: one side of a run, in QuickJS. It is started by `javascript.ts`, talks over
// descriptor 3 alone.

// From sources, where Node strips the types itself, the file beside this one ends in `.ts`.
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      context.parentURL?.endsWith('.ts') && specifier.startsWith('./') ? specifier.replace(/\.js$/, '.ts') : specifier,
      context,
    ),
});
const { declared, scriptOf, watched } = await import('./program.js');

interface Job {
  readonly side: 's' | 't';
  readonly source: string;
  readonly typescript: boolean;
  /** The modules that run inside of QuickJS, by name. */
  readonly guest: Readonly<Record<string, string>>;
  /** Of tests: what the solution offers, and from which test on to run. */
  readonly offer?: string;
  readonly from?: number;
}

const CHANNEL = 3;
const MEMORY = 96 * 2 ** 20;
/** About 5 000 plain calls; Node's own stack is set to outlast it. */
const STACK = 900 * 2 ** 10;

const PARENT = process.ppid;

const chunk = Buffer.alloc(2 ** 16);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
let rest = Buffer.alloc(0);

function readLine(): string {
  const parts: Buffer[] = [rest];
  let end = rest.indexOf(10);
  while (end < 0) {
    const count = readSync(CHANNEL, chunk);
    if (count === 0) process.exit(0);
    const part = Buffer.from(chunk.subarray(0, count));
    parts.push(part);
    end = part.indexOf(10);
  }
  const all = Buffer.concat(parts);
  const at = all.indexOf(10);
  rest = all.subarray(at + 1);
  return all.toString('utf8', 0, at);
}

function writeLine(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) at += writeSync(CHANNEL, bytes, at);
}

class Side {
  readonly vm: QuickJSContext;
  readonly job: Job;
  private readonly guest: QuickJSHandle;

  constructor(vm: QuickJSContext, job: Job) {
    this.vm = vm;
    this.job = job;
    this.giveHost();
    this.guest = vm.unwrapResult(vm.evalCode(job.guest.main ?? '', 'guest:main', { type: 'module' }));
  }

  /** Calls a function of the guest with texts and numbers; its answer is a text, a truth or nothing. */
  call(name: string, ...args: readonly (string | number | QuickJSHandle)[]): unknown {
    const { vm } = this;
    const handles = args.map((arg) =>
      typeof arg === 'string' ? vm.newString(arg) : typeof arg === 'number' ? vm.newNumber(arg) : arg,
    );
    const fn = vm.getProp(this.guest, name);
    const result = vm.callFunction(fn, vm.undefined, ...handles);
    for (const each of [fn, ...handles]) each.dispose();
    return this.taken(result);
  }

  taken(result: ReturnType<QuickJSContext['callFunction']>): unknown {
    const { vm } = this;
    if (result.error) {
      const problem = this.told(result.error);
      result.error.dispose();
      throw new Error(problem);
    }
    const value: unknown = vm.typeof(result.value) === 'object' ? null : vm.dump(result.value);
    result.value.dispose();
    return value;
  }

  /** An error of the guest in a line. Its own words, whatever they are: shown, and never believed. */
  told(error: QuickJSHandle): string {
    const { vm } = this;
    if (vm.typeof(error) !== 'object') return String(vm.dump(error)).slice(0, 300);
    const text = (name: string) => {
      const handle = vm.getProp(error, name);
      const value: unknown = vm.typeof(handle) === 'string' ? vm.getString(handle) : '';
      handle.dispose();
      return String(value);
    };
    return `${text('name')}: ${text('message')}`.slice(0, 300);
  }

  runJobs(): void {
    for (;;) {
      const result = this.vm.runtime.executePendingJobs(1_000);
      if (result.error) {
        result.error.dispose();
        continue;
      }
      const count = result.value;
      result.dispose();
      if (count <= 0) return;
    }
  }

  /** Answers the other side's questions until the one asked here is answered. */
  ask(line: string): string {
    writeLine(line);
    for (;;) {
      const next = readLine();
      if (!isQuestion(next)) return next;
      writeLine(this.answer(next));
    }
  }

  answer(line: string): string {
    const { q, op, ms, settled } = JSON.parse(line) as {
      q: number;
      op: string;
      ms?: number | null;
      settled?: unknown[];
    };
    if (op === 'idle') return JSON.stringify({ a: q, ...this.idle(ms ?? null, settled ?? []) });
    if (op === 'print') return JSON.stringify({ a: q, value: this.call('output') as string });
    return String(this.call('handle', line));
  }

  /** Lets `ms` pass, or as long as something can still happen when it is null; ends early when a promise settles. */
  private idle(ms: number | null, given: readonly unknown[]): { settled: unknown[]; stalled: boolean } {
    const until = ms === null ? Number.POSITIVE_INFINITY : performance.now() + ms;
    const settled: unknown[] = [];
    let said = String(this.call('rest', JSON.stringify(given)));
    for (;;) {
      const next = JSON.parse(said) as { now?: true; settled?: unknown[]; ms?: number | null };
      settled.push(...(next.settled ?? []));
      this.runJobs();
      const left = until - performance.now();
      if (settled.length > 0 || left <= 0) return { settled, stalled: false };
      said = String(this.call('poll'));
      const after = JSON.parse(said) as typeof next;
      if (after.now || (after.settled ?? []).length > 0) continue;
      const wait = Math.min(after.ms ?? Number.POSITIVE_INFINITY, left);
      if (wait === Number.POSITIVE_INFINITY) return { settled, stalled: true };
      // In slices, so that nobody sleeps on when the process that started this one is gone.
      if (process.ppid !== PARENT) process.exit(0);
      Atomics.wait(sleeper, 0, 0, Math.min(1_000, Math.max(1, wait)));
    }
  }

  private giveHost(): void {
    const { vm } = this;
    const host = vm.newObject();
    const give = (name: string, fn: (text: string) => QuickJSHandle) => {
      const handle = vm.newFunction(name, (...args) =>
        fn(args[0] && vm.typeof(args[0]) === 'string' ? vm.getString(args[0]) : ''),
      );
      vm.setProp(host, name, handle);
      handle.dispose();
    };
    give('ask', (text) => vm.newString(this.ask(text)));
    give('now', () => vm.newNumber(performance.now()));
    give('report', (text) => {
      writeLine(text);
      return vm.undefined;
    });
    const side = vm.newString(this.job.side);
    vm.setProp(host, 'side', side);
    vm.setProp(vm.global, '__host__', host);
    side.dispose();
    host.dispose();
  }
}

function isQuestion(line: string): boolean {
  return line.startsWith('{"q":');
}

function context(job: Job): Side {
  const runtime = quickjs.newRuntime({ memoryLimitBytes: MEMORY, maxStackSizeBytes: STACK });
  let side: Side | undefined;
  runtime.setModuleLoader(
    (name) =>
      name.startsWith('guest:') && !side ? (job.guest[name.slice(6)] ?? '') : String(side?.call('moduleSource', name)),
    (base, name) => (base.startsWith('guest:') ? `guest:${name.replace(/^\.\/|\.js$/g, '')}` : name),
  );
  side = new Side(runtime.newContext(), job);
  return side;
}

/** Our own part, before anything of a stranger's is read. That it fails is nobody's fault but ours. */
function prepared(given: Job): Side {
  try {
    return context(given);
  } catch (error) {
    writeLine(JSON.stringify({ unable: String(error).slice(0, 300) }));
    process.exit(0);
  }
}

function serveSolution(side: Side): void {
  const { vm } = side;
  const { source, type, tree } = scriptOf(side.job);
  const found = tree ? declared(tree) : { names: [], main: null };
  const getters = found.names.map((name) => `${JSON.stringify(name)}: () => ${name}`);
  const result = vm.evalCode(`${source}\n;globalThis.__names__({ ${getters.join(', ')} });`, 'solution.js', { type });
  if (result.error) throw new Error(side.told(result.error));
  side.runJobs();
  const space = type === 'module' ? namespaceOf(side, result.value) : vm.null;
  writeLine(
    JSON.stringify({ loaded: side.call('offered', space, found.main === null ? vm.null : vm.newString(found.main)) }),
  );
  for (;;) writeLine(side.answer(readLine()));
}

/** A module that waits for something is given one chance to be done. */
function namespaceOf(side: Side, value: QuickJSHandle): QuickJSHandle {
  const state = side.vm.getPromiseState(value);
  if (state.type === 'fulfilled') return state.value;
  if (state.type === 'rejected') throw new Error(side.told(state.error));
  throw new Error('it is still waiting for something when it is needed');
}

function runTests(side: Side): void {
  const { vm, job } = side;
  const script = scriptOf(job);
  side.call('prepare', job.offer ?? '{}', script.source);
  const code = script.tree ? watched(script.source, script.tree) : script.source;
  const file = vm.newFunction('file', () => vm.evalCode(code, 'tests.js', { type: script.type }));
  side.call('run', file, job.from ?? 0);
  for (;;) {
    side.runJobs();
    const next = JSON.parse(String(side.call('step'))) as { done?: true; stuck?: true; now?: true; ask?: object };
    if (next.stuck) writeLine('{"event":"stuck"}');
    if (next.done) break;
    if (!next.ask) continue;
    if (side.call('resume', side.ask(JSON.stringify(next.ask))) === true) continue;
    side.runJobs();
    // What the other side asked for meanwhile may have settled just now: it waits for that.
    if (side.call('tells') === true) continue;
    if (JSON.parse(String(side.call('step'))).done) break;
    writeLine('{"event":"stuck"}');
    break;
  }
}

const quickjs = await newQuickJSWASMModule(RELEASE_SYNC);
// From here on the time counts.
writeLine('{"ready":true}');
const job = JSON.parse(readLine()) as Job;
const side = prepared(job);
try {
  if (job.side === 's') serveSolution(side);
  else runTests(side);
} catch (error) {
  writeLine(JSON.stringify({ failed: (error instanceof Error ? error.message : String(error)).slice(0, 300) }));
}
// Without taking QuickJS down piece by piece: what a stranger's program left behind need not be orderly.
process.exit(0);
