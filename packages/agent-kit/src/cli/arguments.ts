import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import type { Endpoint } from '../caller/caller.js';
import { AgentProfile } from '../doctor/profile.js';
import { firstIssue, parseJson } from '../parse.js';
import { BadSecret, checkSecrets } from '../sign.js';
import { type Io, Unable, UsageError } from './command.js';

/**
 * The two addresses of an agent, of whichever was given: its /execute, its /health, or the path above them.
 *
 * @throws UsageError no http(s) address
 */
export function endpointOf(given: string): Endpoint {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`"${given.slice(0, 200)}" is no address; it looks like http://127.0.0.1:8081/execute`);
  url.search = '';
  url.hash = '';
  const base = url.href.replace(/\/(?:execute|health)?$/, '');
  return { executeUrl: `${base}/execute`, healthUrl: `${base}/health` };
}

/**
 * The secret to sign with: the option, else `BAKEOFF_SECRET` of the environment, else of `.env` in this folder. Of several
 * with commas (a rotation) the first.
 *
 * @throws UsageError there is none, or it is malformed
 */
export async function secretOf(given: string | undefined, { env, cwd }: Io): Promise<string> {
  const found = given ?? env.BAKEOFF_SECRET ?? (await fromDotEnv(cwd, 'BAKEOFF_SECRET'));
  const secret = found?.split(',')[0]?.trim();
  if (!secret)
    throw new UsageError("there is no secret: give the agent's own with --secret, BAKEOFF_SECRET or a .env file");
  try {
    checkSecrets([secret]);
  } catch (error) {
    if (error instanceof BadSecret) throw new UsageError(`the secret can't be used: ${error.message}`);
    throw error;
  }
  return secret;
}

async function fromDotEnv(cwd: string, name: string): Promise<string | undefined> {
  const text = await readFile(resolve(cwd, '.env'), 'utf8').catch(() => '');
  return parseEnv(text)[name];
}

/**
 * A file of JSON, checked.
 *
 * @throws Unable it can't be read, is no JSON, or not of this shape
 */
export async function readJsonFile<T>(path: string, schema: z.ZodType<T>, { cwd }: Io): Promise<T> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Unable(`${path} can't be read (${error.code ?? error.message}).`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Unable(`${path} is no JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  throw new Unable(`${path}: ${firstIssue(checked.error)}`);
}

/** Whether the `agent.json` of this folder registers an agent that answers later; a folder without one says nothing. */
export async function isAsyncHere({ cwd }: Pick<Io, 'cwd'>): Promise<boolean> {
  const text = await readFile(resolve(cwd, 'agent.json'), 'utf8').catch(() => '');
  const json = parseJson(Buffer.from(text));
  return json.ok && AgentProfile.safeParse(json.value).data?.execution_mode === 'async';
}
