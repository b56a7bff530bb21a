import { benchmark } from '../account/benchmark.js';
import { buy } from '../account/buy.js';
import { claim } from '../account/claim.js';
import { pause, resume, rotate } from '../account/manage.js';
import { register } from '../account/register.js';
import { signup } from '../account/signup.js';
import { status } from '../account/status.js';
import { update } from '../account/update.js';
import { wallet } from '../account/wallet.js';
import type { Command } from './command.js';
import { doctor } from './doctor.js';
import type { Home } from './home.js';
import { newCommand } from './new.js';
import { tryCommand } from './try.js';

/** Every command there is, in the order in which the overview lists them. */
export function commandsAt(home: Home): readonly Command[] {
  return [
    ...[newCommand, tryCommand, doctor],
    ...[signup, register, claim, status, benchmark, update, rotate, pause, resume, buy, wallet],
  ].map((command) => command(home));
}
