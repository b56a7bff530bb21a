import { type Command, type ExitCode, type Io, Unable, UsageError } from './command.js';
import { meant } from './meant.js';

/**
 * Runs one command line to its end. Never rejects: what went wrong is said in one line.
 *
 * @param args what stands after the program's name
 * @returns the exit code
 */
export async function runCli(args: readonly string[], io: Io, commands: readonly Command[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(overview(io.program, commands));
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    const guess = meant(
      name,
      commands.map((one) => one.name),
    );
    io.note(
      `There is no command "${name.slice(0, 40)}"${guess ? `; did you mean "${guess}"?` : '.'} (${io.program} --help lists them.)`,
    );
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(`Usage: ${io.program} ${command.name} ${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    io.note(inOneLine(error, `${io.program} ${command.name}`));
    return 2;
  }
}

function overview(program: string, commands: readonly Command[]): string {
  const column = Math.max(...commands.map(({ name }) => name.length)) + 3;
  return [
    `Usage: ${program} COMMAND ...`,
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(column)}${summary}`),
    '',
    `${program} COMMAND --help prints the options of a command.`,
    '',
  ].join('\n');
}

function inOneLine(error: unknown, command: string): string {
  if (error instanceof UsageError) return `${capital(error.message)}. (${command} --help prints the usage.)`;
  if (error instanceof Unable) return error.message;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `This is a fault of "${command}" itself: ${what.replaceAll(/\s+/g, ' ')}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
