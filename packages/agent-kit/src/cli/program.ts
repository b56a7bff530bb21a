import { calledIn } from './called.js';
import { commandsAt } from './commands.js';
import { type Home, installedHome } from './home.js';
import { runCli } from './main.js';
import { processIo } from './process-io.js';

export { Unable } from './command.js';
export type { Practice } from './practice.js';

/**
 * The whole command line on this process: reads its arguments, and leaves the exit code.
 *
 * @param own what is at hand besides the installed kit, such as a judge in this very process
 * @param program what stands before a command's name, where that is not npx
 */
export async function agentCli(own: Partial<Home> = {}, program?: string): Promise<void> {
  const home = { ...installedHome(), ...own };
  const io = processIo(program ?? calledIn(process.cwd(), home.servedBy));
  process.exitCode = await runCli(process.argv.slice(2), io, commandsAt(home));
}
