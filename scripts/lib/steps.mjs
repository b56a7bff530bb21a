import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Refusal } from './refusal.mjs';

/**
 * One thing that must be done before the project runs. It is done when `output` is there and `stamp` holds the inputs' fingerprint.
 *
 * @typedef {object} Step
 * @property {string} title         shown while it runs
 * @property {string} stamp         file that remembers the fingerprint
 * @property {string} output        file that it makes
 * @property {() => string} inputs  fingerprint of everything it reads
 * @property {() => void} run
 */

/** @param {Step} step */
export function isDone({ stamp, output, inputs }) {
  return existsSync(output) && read(stamp) === inputs();
}

/** Runs it and says how long it took, on standard error: standard output is the command's own. The stamp goes first, so that what was left half done is done again. */
export function perform(step) {
  const { title, stamp, inputs, run } = step;
  const fingerprint = inputs();
  const startedAt = Date.now();
  rmSync(stamp, { force: true });
  process.stderr.write(`${title} ... `);
  try {
    run();
  } catch (error) {
    console.error('failed');
    throw error;
  }
  console.error(`${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
  remember(stamp, fingerprint);
}

export function remember(stamp, fingerprint) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint);
}

/** Fingerprint of texts and files (a folder's but for its tests), by content: a checkout gives every file a new time. */
export function fingerprintOf({ root, paths, extra = [] }) {
  const hash = createHash('sha256');
  for (const text of extra) hash.update(`${text}\0`);
  for (const path of paths.flatMap((path) => filesIn(root, path)).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * Runs a command in silence.
 *
 * @throws Refusal that shows all it said, when it fails
 */
export function quietly(command, args, { cwd, env = process.env }) {
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (done.status === 0) return;
  const said = [done.error?.message, done.stdout, done.stderr].filter((text) => text?.trim()).join('\n');
  throw new Refusal(`${said.trim()}\n\n"${[command, ...args].join(' ')}" failed (in ${cwd}).`);
}

/** The environment without a project's own bin folder, whose programs `npm ci` removes while it runs. */
export function envWithout(binFolder) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== binFolder);
  return { ...process.env, PATH: path.join(delimiter) };
}

function filesIn(root, path) {
  const full = join(root, path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  const entries = readdirSync(full, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'));
  return files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

export function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
