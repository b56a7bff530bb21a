import { tmpdir } from 'node:os';
import type { Io } from '../src/cli/command.js';
import { COMMANDS } from '../src/cli/commands.js';
import { runCli } from '../src/cli/main.js';

/** Runs a command line in this process, with nothing in its environment: its exit code and what it printed. */
export async function ranCli(...args: string[]) {
  const written = { out: '', err: '' };
  const io: Io = {
    env: {},
    cwd: tmpdir(),
    out: (text) => {
      written.out += text;
    },
    note: (line) => {
      written.err += `${line}\n`;
    },
    colour: false,
  };
  const code = await runCli(args, io, COMMANDS);
  return { code, ...written };
}
