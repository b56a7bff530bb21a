import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { exists } from './support/pg-folder.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NEST = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
const MOST_LINES = 300;
/** Files that may be longer, each with its reason. */
const LONGER: Record<string, string> = {};

const Versions = z.record(z.string(), z.string()).default({});
const Package = z.object({
  scripts: Versions,
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  engines: z.object({ node: z.string() }),
});
const NestCli = z.object({
  collection: z.string(),
  sourceRoot: z.string(),
  entryFile: z.string(),
  compilerOptions: z.object({ tsConfigPath: z.string() }),
});

async function read<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(ROOT, path), 'utf8')));
}

describe('nest-cli.json', () => {
  test('points to what is there', async () => {
    const { collection, sourceRoot, entryFile, compilerOptions } = await read(NestCli, 'nest-cli.json');
    expect(await exists(join(ROOT, sourceRoot, `${entryFile}.ts`))).toBe(true);
    expect(await exists(join(ROOT, compilerOptions.tsConfigPath))).toBe(true);
    expect(() => createRequire(join(ROOT, 'package.json')).resolve(`${collection}/package.json`)).not.toThrow();
  });

  test('nest generate makes modules and services where ours are, as ESM, and wires them', async () => {
    const project = await projectOf({ 'src/app.module.ts': await readFile(join(ROOT, 'src/app.module.ts'), 'utf8') });
    for (const kind of ['module', 'service']) {
      await promisify(execFile)(process.execPath, [NEST, 'generate', kind, 'offers'], { cwd: project });
    }
    expect(await readFile(join(project, 'src/app.module.ts'), 'utf8')).toContain(
      `import { OffersModule } from './offers/offers.module.js';`,
    );
    const module = await readFile(join(project, 'src/offers/offers.module.ts'), 'utf8');
    expect(module).toContain(`import { OffersService } from './offers.service.js';`);
    expect(await exists(join(project, 'src/offers/offers.service.spec.ts'))).toBe(false);
  });

  test('nest start --watch starts, starts again after a change, and takes its program along when it is told to stop', async () => {
    const program = (name: string) =>
      `console.log(JSON.stringify({ up: '${name}', pid: process.pid }));\nsetInterval(() => {}, 1_000);\n`;
    const project = await projectOf({ 'src/main.ts': program('first') });
    const nest = spawn(process.execPath, [NEST, 'start', '--watch'], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void nest.kill('SIGKILL'));
    const up = startsOf(nest);

    expect(await up()).toMatchObject({ up: 'first' });
    await writeFile(join(project, 'src/main.ts'), program('second'));
    const { pid, ...second } = await up();
    expect(second).toEqual({ up: 'second' });

    nest.kill('SIGTERM');
    await once(nest, 'exit');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

/** A project of a few files with this one's configuration and packages. */
async function projectOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeoff-nest-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['nest-cli.json', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
    await cp(join(ROOT, name), join(folder, name));
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'src'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** What the program says each time it starts. */
function startsOf(nest: ChildProcess): () => Promise<{ up: string; pid: number }> {
  const lines = createInterface({ input: nest.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  return async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('nest start ended.');
      if (value.startsWith('{"up"')) return JSON.parse(value);
    }
  };
}

describe('package.json', () => {
  test('names programs, files and scripts that are there', async () => {
    const { scripts } = await read(Package, 'package.json');
    for (const script of Object.values(scripts)) {
      for (const [, name = ''] of script.matchAll(/npm run (?!-w)([\w:]+)/g)) expect(scripts).toHaveProperty([name]);
      for (const [path] of script.matchAll(/(?<= |^)(?:scripts|examples|bench|src|test|packages)[\w./-]*(?= |$)/g)) {
        expect(await exists(join(ROOT, path)), `${path} of "${script}"`).toBe(true);
      }
      for (const [, path = ''] of script.matchAll(/ dist\/([\w-]+)\.js/g)) {
        expect(await exists(join(ROOT, `src/${path}.ts`)), `${path} of "${script}"`).toBe(true);
      }
    }
  });

  test('what serves until it is told to stop gets the signal itself, without a shell between npm and it', async () => {
    const { scripts } = await read(Package, 'package.json');
    for (const name of ['start', 'start:dev', 'demo']) expect(scripts[name]).toMatch(/^exec /);
  });

  test.each(['package.json', 'packages/agent-kit/package.json'])('%s pins every version', async (path) => {
    const parts = await read(Package.partial({ scripts: true }), path);
    const versions = { ...parts.dependencies, ...parts.devDependencies, ...parts.optionalDependencies };
    for (const [name, version] of Object.entries(versions)) expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(parts.engines.node).toBe('>=20.19');
  });

  test('the lockfile names no registry, and a hash for all that is fetched', async () => {
    const Lock = z.object({
      packages: z.record(
        z.string(),
        z.looseObject({
          resolved: z.string().optional(),
          integrity: z.string().optional(),
          link: z.boolean().optional(),
        }),
      ),
    });
    const { packages } = await read(Lock, 'package-lock.json');
    for (const [path, { resolved, integrity, link }] of Object.entries(packages)) {
      if (link) expect(resolved, path).not.toMatch(/:/);
      else expect(resolved, path).toBeUndefined();
      if (path.startsWith('node_modules/') && !link) expect(integrity, path).toMatch(/^sha512-/);
    }
  });

  test('.ci/run does the four steps in order', async () => {
    const lines = (await readFile(join(ROOT, '.ci/run'), 'utf8')).split('\n').filter((line) => line.startsWith('npm '));
    expect(lines).toEqual(['npm run check', 'npm test', 'npm run build', 'npm run demo']);
  });
});

describe.skipIf(!isCheckout())('the files of the repository', () => {
  // Put together, so that this file is not the one that is found.
  const nowhere = ['share' + 'd/', 'npm' + 'js.org', 'arti' + 'factory', 'local' + 'host:4873'];
  const places = new RegExp(`(?<![\\w.-])/(${['wo' + 'rk', 'ro' + 'ot'].join('|')})/`);

  test('name no place outside of it: no folder of a machine, no registry', async () => {
    for (const { path, text } of await texts()) {
      for (const word of nowhere) expect(holds(text, word), `${path} names ${word}`).toBe(false);
      expect(places.exec(text)?.[0], path).toBeUndefined();
    }
  });

  test('import files themselves, not each other in a circle or through a barrel', async () => {
    const sources = (await texts()).filter(({ path }) => /^(src|packages)\/.*\.ts$/.test(path));
    const barrels = sources.filter(({ path }) => basename(path) === 'index.ts').map(({ path }) => path);
    expect(barrels).toEqual(['packages/agent-kit/src/index.ts']);
    for (const { path, text } of sources) expect(text, path).not.toMatch(/forwardRef\(|@ts-(ignore|nocheck)/);
  });

  test(`are at most ${MOST_LINES} lines long, where they are code`, async () => {
    const long = (await texts()).filter(
      ({ path, text }) => /\.(tsx?|mjs|cjs|py|go)$/.test(path) && text.split('\n').length - 1 > MOST_LINES,
    );
    expect(long.map(({ path }) => path)).toEqual(Object.keys(LONGER));
  });
});

/** A word that is not the end of a longer one. */
function holds(text: string, word: string): boolean {
  return new RegExp(`(?<![\\w-])${word.replaceAll('.', '\\.')}`).test(text);
}

function isCheckout(): boolean {
  try {
    return git('rev-parse', '--is-inside-work-tree').trim() === 'true';
  } catch {
    return false; // no git, or a copy without its history
  }
}

function git(...args: string[]): string {
  return execFileSync('git', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 24,
  });
}

/** What git tracks, and what it would with the next commit. */
async function texts(): Promise<{ path: string; text: string }[]> {
  const paths = new Set(git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter(Boolean));
  const found = await Promise.all(
    [...paths].map(async (path) => ({ path, text: await readFile(join(ROOT, path), 'utf8').catch(() => '') })),
  );
  return found;
}
