import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './support/loopback.js';
import { ServerProcess } from './support/server-process.js';
import { shellWithNode } from './support/shell.js';

const PAGE = fileURLToPath(new URL('../docs/build-an-agent/quickstart.md', import.meta.url));
const MOST_COMMANDS = 12;
const MOST_S = 60;
/** By the clock: the machine may be busy with other things. */
const PATIENCE_MS = 300_000;

test(
  'the commands of the quickstart, and nothing else, lead from an empty folder to a settled win',
  async () => {
    const commands = await commandsIn(PAGE);
    expect(commands.length).toBeLessThanOrEqual(MOST_COMMANDS);
    const server = await ServerProcess.start();
    const folder = await mkdtemp(join(tmpdir(), 'quickstart-'));
    onTestFinished(() => rm(folder, { recursive: true, maxRetries: 5 }));
    const port = await freePort();
    // Only the two addresses are other ones: several tests run on one machine.
    const script = commands
      .join('\n')
      .replaceAll('http://127.0.0.1:8080', server.url)
      .replaceAll('127.0.0.1:8081', `127.0.0.1:${port}`);
    const { code, out, seconds } = await ran(script, folder, port);

    expect(code, out).toBe(0);
    expect(out).toContain('33 passed, 0 failed');
    expect(out).toContain('3 of 3 cases passed');
    expect(out).toContain('tidy-tables is live');
    expect(out).toMatch(/1\. tidy-tables: score/);
    expect(out).toContain('The task is delivered.');
    expect(out).toContain('The task is completed');
    // Half of the 200 credits that the task offers, less 15 %.
    expect(out.trimEnd()).toMatch(
      /585 credits: 585 gift, 0 earned; .*\n +\+85 gift +settlement, task \S+\n +\+500 gift +issue$/,
    );
    expect(seconds).toBeGreaterThan(0);
    expect(seconds, `${seconds} s of the machine`).toBeLessThan(MOST_S);
  },
  PATIENCE_MS,
);

/** The commands of a page's `sh` blocks, one a line, but for the one that starts the server. */
async function commandsIn(page: string): Promise<string[]> {
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/(<!-- the server -->\n)?```sh\n(.*?)```/gs)];
  const lines = blocks.flatMap(([, isServer, block = '']) => (isServer ? [] : block.split('\n')));
  return lines.filter((line) => line.trim() !== '');
}

/** Runs a script as a person would, in one shell; what it left in the background ends with the test. */
async function ran(script: string, folder: string, port: number) {
  const cwd = join(folder, 'empty');
  await mkdir(cwd);
  const env = { ...shellWithNode(), PORT: String(port), NO_COLOR: '1' };
  // Into files: a pipe may still hold the last line when the shell is gone, and the agent keeps it open.
  const [said, times] = [join(folder, 'said'), join(folder, 'times')];
  const shell = spawn('bash', ['-c', `set -e\nexec > ${said} 2>&1\n${script}\ntimes > ${times}`], {
    ...{ cwd, env, detached: true, stdio: 'ignore' },
  });
  onTestFinished(() => killed(shell.pid));
  const [code] = await once(shell, 'exit');
  const out = await readFile(said, 'utf8');
  return { code, out, seconds: processorSeconds(code === 0 ? await readFile(times, 'utf8') : '') };
}

/** Of what `times` says of a shell's commands: "0m4.210s 0m0.840s", user and system. The clock would count other tests too. */
function processorSeconds(times: string): number {
  const parts = [...times.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** The shell's whole group, with the agent. */
function killed(group: number | undefined): void {
  try {
    if (group !== undefined) process.kill(-group, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
