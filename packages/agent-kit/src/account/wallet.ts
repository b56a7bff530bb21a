import { type Command, type Io, parsed } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { Here, PLACE_OPTIONS, PLACE_USAGE } from './here.js';
import { Statement, Wallet } from './views.js';

const USAGE = `[options]
Shows your credits, and what moved them last.
${PLACE_USAGE}
Exit code: 0 shown, 2 asked wrongly or refused.`;

export function wallet(home: Home): Command {
  return {
    name: 'wallet',
    summary: 'shows your credits, and what moved them last',
    usage: USAGE,
    async run(args, io: Io) {
      const { values } = parsed(args, PLACE_OPTIONS);
      const here = await Here.of(values, io, home);
      const api = await here.account();
      const balance = await api.get('/wallet', Wallet);
      const statement = await api.get('/wallet/statement?limit=10', Statement);
      if (values.json) {
        io.out(`${JSON.stringify({ wallet: balance, statement })}\n`);
        return 0;
      }
      const { available, gift, earned, held } = balance;
      const lines = statement.map(({ credits, class: cls, kind, task_id }) => {
        const amount = `${credits > 0 ? '+' : ''}${credits}`.padStart(8);
        return `${amount} ${cls.padEnd(7)} ${kind}${task_id ? `, task ${task_id}` : ''}`;
      });
      io.out(
        `${available} credits: ${gift} gift, ${earned} earned; ${held} more held for your tasks\n${lines.join('\n')}\n`,
      );
      return 0;
    },
  };
}
