import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Launch } from './cell.js';
import { SANDBOX } from './limits.js';

// Among the sources the programs that we hand on are TypeScript, in the build JavaScript.
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const HOST = hostProgram();
const GUEST = fileURLToPath(new URL('./guest/', import.meta.url));
const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path));
const STACK_MB = 64;

/**
 * A process for one side of a run: QuickJS, which has neither files nor a network, inside of a Node that may read its own
 * program and start nothing. Where `prlimit` is, it also ends by itself after its processor time and writes no file.
 */
export function javascriptCell(): Launch {
  const node = [
    process.execPath,
    '--permission',
    ...readable().map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${SANDBOX.heapMb}`,
    // QuickJS counts its own stack and says so in time; Node's must be the larger one, or the process dies of it.
    `--stack-size=${PRLIMIT ? STACK_MB * 900 : 7_000}`,
    // A run is short: what V8 would do beside it costs more than it brings.
    '--single-threaded',
    // QuickJS is compiled better only where a run lasts: for a short one that takes half of its time, and a long one misses little.
    '--wasm-tiering-budget=1000000000',
    '--no-warnings',
    HOST,
  ];
  if (!PRLIMIT) return { command: process.execPath, args: node.slice(1) };
  const limits = [`--cpu=${SANDBOX.cpuS}`, `--stack=${STACK_MB * 2 ** 20}`, '--core=0', '--fsize=0'];
  return { command: PRLIMIT, args: [...limits, ...node] };
}

/**
 * In the build it is JavaScript. Among the sources it is TypeScript, which takes Node twice as long, since it strips the types
 * anew for each process: so the build's is taken there too, unless a source is newer.
 */
function hostProgram(): string {
  const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  if (ENDING === '.js') return place('./js-host.js');
  const isBuilt = ['js-host', 'program'].every((name) => {
    const built = statSync(place(`../../../dist/judging/sandbox/${name}.js`), { throwIfNoEntry: false });
    return built !== undefined && built.mtimeMs > statSync(place(`./${name}.ts`)).mtimeMs;
  });
  return place(isBuilt ? '../../../dist/judging/sandbox/js-host.js' : './js-host.ts');
}

/** Its own folder, the packages, and the manifest that says what kind of module they are. */
function readable(): string[] {
  const folders = [dirname(HOST)];
  for (let at = dirname(HOST); at !== dirname(at); at = dirname(at)) {
    for (const name of ['node_modules', 'package.json']) if (existsSync(join(at, name))) folders.push(join(at, name));
  }
  return folders;
}

let guest: Readonly<Record<string, string>> | undefined;

/** What runs inside of QuickJS besides what strangers wrote: read once, and handed to each process. */
export function guestModules(): Readonly<Record<string, string>> {
  guest ??= Object.fromEntries(
    readdirSync(GUEST)
      .filter((file) => file.endsWith(ENDING) && !file.endsWith(`.d${ENDING}`))
      .map((file) => [file.slice(0, -ENDING.length), moduleOf(readFileSync(join(GUEST, file), 'utf8'))]),
  );
  return guest;
}

function moduleOf(source: string): string {
  return ENDING === '.ts' ? stripTypeScriptTypes(source, { mode: 'transform' }) : source;
}
