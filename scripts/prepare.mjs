// Before npm start, test, demo and check: brings node_modules and the builds of agent-kit, the server and the web app up to date, and says
// nothing when they are. Runs on Node 20's built-ins alone, since on a fresh clone there is nothing else.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './lib/installed.mjs';
import { withLock } from './lib/lock.mjs';
import { Refusal, runMain } from './lib/refusal.mjs';
import { envWithout, fingerprintOf, isDone, perform, quietly, read, remember } from './lib/steps.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const KIT = 'packages/agent-kit';
const SERVER = ['src', `${KIT}/src`, 'nest-cli.json', 'tsconfig.build.json'];
const CLIENT = 'web/src/api/schema.d.ts';
const WAIT_MS = 15 * 60_000;

await runMain(async () => {
  assertNode();
  const steps = [install(), buildKit(), buildServer(), bundleServer(), generateClient(), buildWeb()];
  if (steps.every(isDone)) return;
  const onWait = (pid) => console.error(`waiting for process ${pid}, which prepares this folder`);
  await withLock(join(ROOT, '.prepare.lock'), { withinMs: WAIT_MS, onWait }, () => {
    for (const step of steps) if (!isDone(step)) perform(step);
  });
});

function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Refusal(
    `Bakeoff needs Node 20.19 or newer to set itself up (it then runs on its own Node 24); this is ${process.version}.`,
  );
}

/** @returns {import('./lib/steps.mjs').Step} */
function install() {
  const stamp = join(MODULES, '.bakeoff-lock');
  const inputs = () =>
    fingerprintOf({ root: ROOT, paths: ['package-lock.json'], extra: [process.platform, process.arch] });
  // Whoever ran npm ci or npm install by hand has done this step already.
  if (read(stamp) !== inputs() && isInstalled(ROOT)) remember(stamp, inputs());
  return {
    title: 'installing packages (npm ci)',
    stamp,
    output: join(MODULES, '.package-lock.json'),
    inputs,
    run() {
      rmSync(join(MODULES, '.package-lock.json'), { force: true }); // npm writes it last: until then nothing is installed
      quietly('npm', ['ci', '--loglevel=error'], { cwd: ROOT, env: envWithout(join(MODULES, '.bin')) });
    },
  };
}

/** @returns {import('./lib/steps.mjs').Step} */
function buildKit() {
  return {
    title: 'building agent-kit',
    stamp: join(MODULES, '.cache/bakeoff/agent-kit'),
    output: join(ROOT, KIT, 'dist/index.js'),
    inputs: () =>
      buildInputs([`${KIT}/src`, `${KIT}/package.json`, `${KIT}/tsconfig.json`, `${KIT}/tsconfig.build.json`]),
    run() {
      quietly(node24(), [join(MODULES, 'typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: join(ROOT, KIT) });
    },
  };
}

/** @returns {import('./lib/steps.mjs').Step} */
function buildServer() {
  return {
    title: 'building the server',
    stamp: join(MODULES, '.cache/bakeoff/server'),
    output: join(ROOT, 'dist/main.js'),
    inputs: () => buildInputs(SERVER),
    run() {
      quietly(node24(), [join(MODULES, '@nestjs/cli/bin/nest.js'), 'build'], { cwd: ROOT });
    },
  };
}

/** @returns {import('./lib/steps.mjs').Step} */
function bundleServer() {
  return {
    title: 'bundling the server',
    stamp: join(MODULES, '.cache/bakeoff/bundle'),
    output: join(ROOT, 'dist/bundle/main.js'),
    inputs: () => buildInputs([...SERVER, 'scripts/bundle.mjs']),
    run() {
      quietly(node24(), [join(ROOT, 'scripts/bundle.mjs')], { cwd: ROOT });
    },
  };
}

/** The API's types for the web app. @returns {import('./lib/steps.mjs').Step} */
function generateClient() {
  return {
    title: "generating the web app's client",
    stamp: join(MODULES, '.cache/bakeoff/client'),
    output: join(ROOT, CLIENT),
    inputs: () => buildInputs(['openapi.json']),
    run() {
      quietly(node24(), [join(MODULES, 'openapi-typescript/bin/cli.js'), 'openapi.json', '-o', CLIENT], { cwd: ROOT });
    },
  };
}

/** It imports schemas of the server, and what those import. @returns {import('./lib/steps.mjs').Step} */
function buildWeb() {
  return {
    title: 'building the web app',
    stamp: join(MODULES, '.cache/bakeoff/web'),
    output: join(ROOT, 'web/dist/index.html'),
    inputs: () =>
      buildInputs([
        'web/src',
        'web/public',
        'web/index.html',
        'web/vite.config.ts',
        'openapi.json',
        'src',
        `${KIT}/src`,
      ]),
    run() {
      quietly(node24(), [join(MODULES, 'vite/bin/vite.js'), 'build', '-c', 'web/vite.config.ts'], { cwd: ROOT });
    },
  };
}

function buildInputs(paths) {
  return fingerprintOf({ root: ROOT, paths: [...paths, 'package-lock.json', 'tsconfig.json'] });
}

/** The Node that everything runs on: the one that npm installed, or ours where there is none for this platform and ours is new enough. */
function node24() {
  const packaged = join(MODULES, '.bin/node');
  if (existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const names = Object.keys(manifest.optionalDependencies).filter((name) => name.startsWith('node-'));
  throw new Refusal(
    `Bakeoff runs on Node 24, and npm has none for ${process.platform}-${process.arch} here (packages: ${names.join(', ')}). ` +
      `Install Node 24 and run this again with it; this is ${process.version}.`,
  );
}
