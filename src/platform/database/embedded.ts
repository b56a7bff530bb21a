import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ForOperator } from '../for-operator.js';

/** From src/ as from dist/ the repository's root is three folders up. */
const SCRIPT = fileURLToPath(new URL('../../../scripts/pg.mjs', import.meta.url));

const Started = z.object({ port: z.number().int(), ownerUrl: z.string(), appUrl: z.string() });
const StartedFast = Started.extend({ adminUrl: z.string() });

export interface Embedded {
  /** For the application: it reads and writes rows, and can't create or alter tables. */
  readonly appUrl: string;
  /** For migrations: it owns the database. */
  readonly ownerUrl: string;
  /** Says that this process needs PostgreSQL no more; the last one out stops it. Call it when every pool is closed. */
  release(): Promise<void>;
}

/** PostgreSQL's own reason, in a sentence. */
export class EmbeddedPostgresFailed extends ForOperator {
  override readonly name = 'EmbeddedPostgresFailed';
}

/**
 * Starts the PostgreSQL of a data folder, or joins the one that other servers of that folder run. It belongs to no process group of
 * ours, so a Ctrl-C leaves it running until `release`. A server that dies without a release holds it no longer.
 *
 * @param dataDir made (0700) if missing
 * @throws EmbeddedPostgresFailed
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  const holder = String(process.pid);
  const { appUrl, ownerUrl } = Started.parse(JSON.parse(await pgScript('start', '--data', dataDir, '--hold', holder)));
  const letGo = () => pgScript('release', '--data', dataDir, '--hold', holder);
  // An end without a release (a bug, a second Ctrl-C) must not leave PostgreSQL behind: the script outlives us and sees to it.
  const onExit = () => void letGo().catch(() => {});
  process.once('exit', onExit);
  return {
    appUrl,
    ownerUrl,
    release: async () => {
      await letGo();
      process.off('exit', onExit);
    },
  };
}

/** Starts a cluster for tests: fast, careless about power cuts, with a superuser's `adminUrl`; this process holds it. */
export async function startFast(dataDir: string): Promise<z.infer<typeof StartedFast>> {
  return StartedFast.parse(
    JSON.parse(await pgScript('start', '--data', dataDir, '--fast', '--hold', String(process.pid))),
  );
}

/** Ends this process's hold on what `startFast` started; unless another holds it, it is stopped at once and its folder deleted. */
export async function removeFast(dataDir: string): Promise<void> {
  await pgScript('stop', '--data', dataDir, '--remove', '--hold', String(process.pid));
}

/**
 * Runs scripts/pg.mjs in a session of its own, out of reach of our terminal's signals, and answers with its output.
 *
 * @throws EmbeddedPostgresFailed
 */
async function pgScript(...args: string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [SCRIPT, ...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  const ended = once(child, 'close');
  const [output, said] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (child.exitCode !== 0)
    throw new EmbeddedPostgresFailed(said.trim() || `scripts/pg.mjs was ended by ${child.signalCode}`);
  if (said.trim() !== '') console.error(said.trim());
  return output;
}
