import { COMMANDS } from './commands.js';
import { runCli } from './main.js';
import { processIo } from './process-io.js';

/** The whole command line on this process: reads its arguments, and leaves the exit code. */
export async function agentCli(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), processIo(), COMMANDS);
}
