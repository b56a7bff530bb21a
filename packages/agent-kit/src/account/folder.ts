import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { Unable } from '../cli/command.js';
import { firstIssue } from '../parse.js';

const STATE = '.bakeoff.json';

/** What is remembered of a registration between two commands. Nothing in it is secret. */
export const State = z.object({
  server: z.url().optional(),
  agent_id: z.string().optional(),
  slug: z.string().optional(),
  endpoint_url: z.url().optional(),
  /** The task that `buy` posted last. */
  task_id: z.string().optional(),
});
export type State = z.infer<typeof State>;

/** An agent's folder: `agent.json` is its registration, `.env` its secrets, `.bakeoff.json` where it is registered. */
export class Folder {
  constructor(readonly path: string) {}

  /** @throws Unable it is no JSON, or of another shape */
  async state(): Promise<State> {
    return (await this.json(STATE, State)) ?? {};
  }

  async remember(changes: State): Promise<void> {
    const state = { ...(await this.state()), ...changes };
    await writeFile(join(this.path, STATE), `${JSON.stringify(state, null, 2)}\n`);
  }

  /** A file of JSON; null when it is not there. @throws Unable */
  async json<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    const text = await this.text(name);
    if (text === null) return null;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new Unable(`${name} is no JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new Unable(`${name}: ${firstIssue(parsed.error)}`);
  }

  /** A variable of `.env`; undefined when it is not set there. */
  async variable(name: string): Promise<string | undefined> {
    return parseEnv((await this.text('.env')) ?? '')[name] || undefined;
  }

  /** Fails now rather than after a secret was made that can't be kept. @throws Unable */
  async checkWritable(): Promise<void> {
    await this.writeEnv((await this.text('.env')) ?? '');
  }

  /**
   * Sets variables in `.env`, which only its owner may read (0600). A value that was there stays in a comment above.
   *
   * @returns the names of those that had another value
   * @throws Unable the file can't be written
   */
  async setVariables(values: Readonly<Record<string, string>>, why: string): Promise<string[]> {
    const text = (await this.text('.env')) ?? '';
    const before = parseEnv(text);
    const changed = Object.entries(values).filter(([name, value]) => before[name] !== value);
    const replaced = changed.flatMap(([name]) => (before[name] ? [name] : []));
    const kept = text.split('\n').map((line) => (isOneOf(line, replaced) ? `# before: ${line}` : line));
    const blank = changed.filter(([name]) => !before[name]).map(([name]) => name);
    const rest = kept
      .filter((line) => !isOneOf(line, blank))
      .join('\n')
      .replace(/\n+$/, '');
    const added = changed.map(([name, value]) => `${name}=${value}`);
    if (added.length > 0)
      await this.writeEnv([rest, `# ${why}`, ...added, ''].filter((line, at) => at > 0 || line).join('\n'));
    return replaced;
  }

  private async writeEnv(text: string): Promise<void> {
    const path = join(this.path, '.env');
    try {
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await chmod(`${path}.new`, 0o600);
      await rename(`${path}.new`, path);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : error;
      throw new Unable(`${path} can't be written (${code}), and a secret has to be kept there.`);
    }
  }

  private async text(name: string): Promise<string | null> {
    try {
      return await readFile(join(this.path, name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw new Unable(`${name} can't be read: ${error instanceof Error ? error.message : error}`);
    }
  }
}

function isOneOf(line: string, names: readonly string[]): boolean {
  const name = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/.exec(line)?.[1];
  return name !== undefined && names.includes(name);
}
