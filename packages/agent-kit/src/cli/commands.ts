import type { Command } from './command.js';
import { doctor } from './doctor.js';

/** Every command there is, in the order in which the overview lists them. */
export const COMMANDS: readonly Command[] = [doctor];
