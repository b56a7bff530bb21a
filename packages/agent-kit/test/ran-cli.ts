import { tmpdir } from 'node:os';
import { BY_NAME } from '../src/cli/called.js';
import type { Io } from '../src/cli/command.js';
import { commandsAt } from '../src/cli/commands.js';
import { runCli } from '../src/cli/main.js';
import type { Practice } from '../src/cli/practice.js';

/** Runs a command line in this process, with nothing in its environment: its exit code and what it printed. */
export const ranCli = (...args: string[]) => ranCliWith(null, ...args);

export const COMMANDS = commandsAt({ servedBy: null, practice: null });

/** The same with tasks and a judge at hand. */
export async function ranCliWith(practice: Practice | null, ...args: string[]) {
  const written = { out: '', err: '' };
  const io: Io = {
    env: {},
    cwd: tmpdir(),
    program: BY_NAME,
    out: (text) => {
      written.out += text;
    },
    note: (line) => {
      written.err += `${line}\n`;
    },
    colour: false,
  };
  const code = await runCli(args, io, commandsAt({ servedBy: null, practice }));
  return { code, ...written };
}
