import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** 0 all well; 1 the command did its work and found something wrong; 2 it was asked wrongly, or could not do its work. */
export type ExitCode = 0 | 1 | 2;

/** What a command may touch, so that a test can hand it something else. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  /** What stands before a command's name where somebody types it here, such as "npx @bakeoff/agent-kit". */
  readonly program: string;
  /** Text for the result; nothing is added to it. */
  out(text: string): void;
  /** A line beside the result. */
  note(line: string): void;
  /** Whether the result goes to a terminal that shows colours. */
  readonly colour: boolean;
}

/** One word after the program's name. A new command is one more entry of the list that `runCli` is given. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints after "Usage: PROGRAM NAME ". */
  readonly usage: string;
  /** @throws UsageError asked wrongly; Unable when it could not do its work */
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

/** What is wrong with the arguments: said in one line, with the way to the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What kept a command from its work: said in one line. */
export class Unable extends Error {
  override readonly name = 'Unable';
}

/**
 * `parseArgs` of Node, with its complaints as usage errors.
 *
 * @throws UsageError an option that is not there, or without its value
 */
export function parsed<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message.split('. ')[0]?.replace(/\.$/, '') ?? error.message);
  }
}

/** @throws UsageError it is no whole number from `min` to `max` */
export function wholeNumber(option: string, given: string, min: number, max: number): number {
  const value = Number(given);
  if (given.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}, not "${given.slice(0, 40)}"`);
}

/** @throws UsageError it is none of the choices */
export function oneOf<const T extends string>(option: string, given: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === given);
  if (choice !== undefined) return choice;
  throw new UsageError(`${option} takes ${choices.join(', ')}, not "${given.slice(0, 40)}"`);
}

/** @throws UsageError there is none, or more than one */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [first, ...rest] = positionals;
  if (first === undefined) throw new UsageError(`${what} is missing`);
  if (rest.length > 0) throw new UsageError(`one ${what} is enough; "${rest[0]?.slice(0, 80)}" is too much`);
  return first;
}
