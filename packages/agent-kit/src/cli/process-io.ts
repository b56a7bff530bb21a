import type { Io } from './command.js';

/**
 * The process as it is: results on standard output, everything else on standard error.
 *
 * @param program what stands before a command's name
 */
export function processIo(program: string): Io {
  const { stdout, stderr, env } = process;
  // A reader that closes early, such as `| head`, ends the output and nothing else.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    env,
    cwd: process.cwd(),
    program,
    out: (text) => void stdout.write(text),
    note: (line) => void stderr.write(`${line}\n`),
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
  };
}
