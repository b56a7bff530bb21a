import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Cell, type Launch } from './cell.js';
import { SANDBOX } from './limits.js';
import { CannotRun, parsedLine, started } from './talk.js';

const run = promisify(execFile);
const JAIL = fileURLToPath(new URL('./python/jail.py', import.meta.url));
const BWRAP = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap'];
const MACHINES: readonly string[] = ['x64', 'arm64'];

/** Whether Python can be confined here: a way to start it, or why not. */
export type PythonSandbox =
  | { readonly kind: 'on'; readonly launch: Launch; readonly means: string }
  | { readonly kind: 'off'; readonly reason: string };

// What belongs to the runtime: the standard library, and the shared libraries that its own modules load. It runs outside
// of the sandbox, before anything else, and reads nothing of anybody's.
const DISCOVER = `
import json, os, sys, sysconfig
for name in ("ctypes", "decimal", "datetime", "hashlib", "ssl", "sqlite3", "lzma", "bz2", "zlib", "uuid", "socket", "select", "pyexpat", "unicodedata", "statistics", "asyncio"):
    try:
        __import__(name)
    except ImportError:
        pass
paths = sysconfig.get_paths()
runtime = sorted({os.path.realpath(paths[each]) for each in ("stdlib", "platstdlib")})
with open("/proc/self/maps") as maps:
    loaded = sorted({line.split(None, 5)[5].strip() for line in maps if ".so" in line and "/" in line})
libraries = []
for path in loaded:
    if not any(path.startswith(each + "/") for each in runtime) and os.path.isfile(path):
        folder = os.path.dirname(path)
        names = [each for each in os.listdir(folder) if os.path.realpath(os.path.join(folder, each)) == path and each != os.path.basename(path)]
        libraries.append({"path": path, "names": names})
hidden = [os.path.join(each, name) for each in runtime for name in ("site-packages", "dist-packages", "ensurepip") if os.path.isdir(os.path.join(each, name))]
dynload = [each for each in sys.path if each.endswith("lib-dynload")]
print(json.dumps({"executable": os.path.realpath(sys.executable), "version": list(sys.version_info[:2]), "runtime": runtime, "libraries": libraries, "hidden": hidden, "dynload": dynload}))
`;

const Runtime = z.object({
  executable: z.string(),
  version: z.tuple([z.int(), z.int()]),
  runtime: z.array(z.string()).min(1),
  libraries: z.array(z.object({ path: z.string(), names: z.array(z.string()) })),
  hidden: z.array(z.string()),
  dynload: z.array(z.string()),
});
type Runtime = z.infer<typeof Runtime>;

const LIMITS = {
  AS: 512 * 2 ** 20,
  CPU: SANDBOX.cpuS,
  FSIZE: 4 * 2 ** 20,
  NOFILE: 64,
  NPROC: 32,
  CORE: 0,
  MEMLOCK: 0,
  MSGQUEUE: 0,
  STACK: 64 * 2 ** 20,
};
const TMP_BYTES = 16 * 2 ** 20;

const known = new Map<string, Promise<PythonSandbox>>();

/**
 * The sandbox for Python, once a probe has shown from inside that it holds; found out once a process. Nothing is ever run
 * without it.
 *
 * @param python a command that starts Python
 */
export function pythonSandbox(python = 'python3'): Promise<PythonSandbox> {
  const found = known.get(python) ?? findSandbox(python);
  known.set(python, found);
  return found;
}

async function findSandbox(python: string): Promise<PythonSandbox> {
  if (process.platform !== 'linux') return off('Python tests need Linux namespaces');
  if (!MACHINES.includes(process.arch)) return off(`there is no filter of system calls for ${process.arch}`);
  const runtime = await runtimeOf(python);
  if (typeof runtime === 'string') return off(runtime);
  const reasons: string[] = [];
  for (const [means, launch] of launches(runtime)) {
    const problem = await probed(launch, runtime);
    if (problem === undefined) return { kind: 'on', launch, means: `${means}, Python ${runtime.version.join('.')}` };
    reasons.push(`${means}: ${problem}`);
  }
  return off(reasons.join('; '));
}

function off(reason: string): PythonSandbox {
  return { kind: 'off', reason };
}

async function runtimeOf(python: string): Promise<Runtime | string> {
  try {
    const { stdout } = await run(python, ['-I', '-S', '-c', DISCOVER], { timeout: 10_000, maxBuffer: 2 ** 20 });
    const runtime = Runtime.parse(JSON.parse(stdout));
    const [major, minor] = runtime.version;
    return major === 3 && minor >= 10 ? runtime : `Python tests need Python 3.10 or newer; this is ${major}.${minor}`;
  } catch (error) {
    return `${python} can't be started: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown error'}`;
  }
}

/** Our own namespaces first, and bubblewrap where a machine lets only that make them. */
function launches(runtime: Runtime): [means: string, launch: Launch][] {
  const { executable, ...rest } = runtime;
  const config = { ...rest, limits: LIMITS, tmp_bytes: TMP_BYTES };
  const python = (inner: boolean) => [executable, '-I', '-S', '-B', JAIL, JSON.stringify({ ...config, inner })];
  const [command = '', ...args] = python(false);
  const own: [string, Launch] = ['namespaces', { command, args }];
  const bwrap = BWRAP.find((path) => existsSync(path));
  if (bwrap === undefined) return [own];
  const folder = fileURLToPath(new URL('./python', import.meta.url));
  const binds = [executable, folder, ...runtime.runtime, ...runtime.libraries.map(({ path }) => path)].flatMap(
    (path) => ['--ro-bind', path, path],
  );
  const links = runtime.libraries.flatMap(({ path, names }) =>
    names.flatMap((name) => ['--symlink', path, join(path, '..', name)]),
  );
  const masks = runtime.hidden.flatMap((path) => ['--tmpfs', path]);
  const walls = [
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    '--cap-drop',
    'ALL',
    '--uid',
    '65534',
    '--gid',
    '65534',
  ];
  return [
    own,
    [
      'bubblewrap',
      { command: bwrap, args: [...walls, ...binds, ...links, ...masks, '--tmpfs', '/tmp', '--', ...python(true)] },
    ],
  ];
}

/** Asks the probe inside what it could do. @returns what the sandbox does not hold; undefined when it holds */
async function probed(launch: Launch, { runtime, libraries }: Runtime): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeoff-probe-'));
  const canary = join(folder, randomUUID());
  await writeFile(canary, 'a file of the host');
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cell = new Cell(launch);
  try {
    const paths = libraries.flatMap(({ path, names }) => [path, ...names.map((name) => join(path, '..', name))]);
    await started(cell);
    cell.send(JSON.stringify({ side: 'p', port, canary, runtime, libraries: paths }));
    const said = await cell.next(10_000);
    if (said.kind === 'gone') return `the probe did not answer: ${said.reason}`;
    return problemOf(said.line);
  } catch (error) {
    if (error instanceof CannotRun) return error.message;
    throw error;
  } finally {
    cell.kill('the probe is over');
    await cell.ended;
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function problemOf(line: string): string | undefined {
  const answer = parsedLine(line);
  if (typeof answer?.failed === 'string') return answer.failed;
  const shown = answer?.probe;
  if (typeof shown !== 'object' || shown === null) return 'the probe said something else';
  const open = Object.entries(shown).flatMap(([what, holds]) => (holds === true ? [] : [what]));
  if (Object.keys(shown).length < 15) return 'the probe did not come to its end';
  return open.length === 0 ? undefined : `the probe got through: ${open.join(', ')}`;
}
