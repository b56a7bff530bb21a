import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** An agent as a process of its own, as a builder would start it. */
export interface Started {
  url: string;
  agent: string;
  process: ChildProcess;
  /** What it wrote to stderr so far. */
  errors: () => string;
  /** Asks it to end, and gives its exit code. */
  stop: () => Promise<number | null>;
}

export const SECRET = 'whsec_YmFrZW9mZi1jb250cmFjdC1leGFtcGxlLXNlY3JldCE=';

const AGENTS = fileURLToPath(new URL('..', import.meta.url));

/** Starts a program, `examples/agents/<path>` where it is not absolute, on any free port and waits for the line that says where. */
export async function startAgent(path: string, env: Record<string, string> = {}): Promise<Started> {
  const file = resolve(AGENTS, path);
  const command = file.endsWith('.py') ? 'python3' : process.execPath;
  const child = spawn(command, [file], {
    env: { PATH: process.env.PATH ?? '', BAKEOFF_SECRET: SECRET, PORT: '0', PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([first]) => String(first)),
    ended.then(() => null),
  ]);
  if (line === null) throw new Error(`${path} ended with ${child.exitCode}: ${errors}`);
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    return child.exitCode;
  };
  return { ...(JSON.parse(line) as { url: string; agent: string }), process: child, errors: () => errors, stop };
}

/** Starts a program that is expected to end by itself. */
export async function runToEnd(path: string, env: Record<string, string>): Promise<{ code: number; errors: string }> {
  const file = resolve(AGENTS, path);
  const child = spawn(file.endsWith('.py') ? 'python3' : process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [code] = await once(child, 'exit');
  return { code: Number(code), errors };
}
