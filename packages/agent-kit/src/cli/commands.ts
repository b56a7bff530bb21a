import type { Command } from './command.js';
import { doctor } from './doctor.js';
import type { Home } from './home.js';
import { newCommand } from './new.js';
import { tryCommand } from './try.js';

/** Every command there is, in the order in which the overview lists them. */
export function commandsAt(home: Home): readonly Command[] {
  return [newCommand(home), tryCommand(home), doctor(home)];
}
