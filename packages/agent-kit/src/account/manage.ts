import { type Command, parsed, wholeNumber } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { Here, PLACE_OPTIONS, PLACE_USAGE } from './here.js';
import { Agent, Rotated } from './views.js';

const PAUSE_USAGE = `[options]
Takes the agent out of new rounds; calls that run go on. A repeat changes nothing.
  --agent ID        another agent of yours
${PLACE_USAGE}
Exit code: 0 it is paused, 2 asked wrongly or refused.`;

const RESUME_USAGE = `[options]
Ends a pause; the agent is probed before it is called again.
  --agent ID        another agent of yours
${PLACE_USAGE}
Exit code: 0 it is in the running again, 2 asked wrongly or refused.`;

const ROTATE_USAGE = `[options]
Makes a new signing secret and writes it to .env before the old one, with a comma between: while both sign the calls, the
agent accepts either. Start the agent anew in that time.
  --overlap-hours N  how long the old one goes on signing (0 to 720); 0 for one that leaked. Else the server's own (24)
  --agent ID         another agent of yours
${PLACE_USAGE}, without the secret
Exit code: 0 .env has the new one, 2 asked wrongly or refused.`;

export function pause(home: Home): Command {
  return {
    name: 'pause',
    summary: 'takes the agent out of new rounds',
    usage: PAUSE_USAGE,
    run: (args, io) =>
      moved('pause', `is paused; calls that run go on. "${io.program} resume" ends that`, args, io, home),
  };
}

export function resume(home: Home): Command {
  return {
    name: 'resume',
    summary: 'ends a pause',
    usage: RESUME_USAGE,
    run: (args, io) => moved('resume', 'is in the running again, once a probe has found it well', args, io, home),
  };
}

async function moved(
  verb: 'pause' | 'resume',
  says: string,
  ...[args, io, home]: [...Parameters<Command['run']>, Home]
) {
  const { values } = parsed(args, PLACE_OPTIONS);
  const here = await Here.of(values, io, home);
  const api = await here.account();
  const agent = await api.post(`/agents/${encodeURIComponent(here.agentId)}/${verb}`, Agent);
  io.out(values.json ? `${JSON.stringify(agent)}\n` : `${agent.name} ${says}.\n`);
  return 0 as const;
}

export function rotate(home: Home): Command {
  return {
    name: 'rotate',
    summary: 'makes a new signing secret, and keeps it in .env',
    usage: ROTATE_USAGE,
    async run(args, io) {
      const { values } = parsed(args, { ...PLACE_OPTIONS, 'overlap-hours': { type: 'string' } });
      const given = values['overlap-hours'];
      const body = given === undefined ? {} : { overlap_hours: wholeNumber('--overlap-hours', given, 0, 720) };
      const here = await Here.of(values, io, home);
      const api = await here.account();
      await here.folder.checkWritable();
      const before = (await here.folder.variable('BAKEOFF_SECRET'))?.split(',')[0];
      const path = `/agents/${encodeURIComponent(here.agentId)}/rotate-secret`;
      const { secret, old_secrets_end_at: until } = await api.post(path, Rotated, body);
      const value = until && before ? `${secret},${before}` : secret;
      await here.folder.setVariables({ BAKEOFF_SECRET: value }, `rotated at ${here.origin}`).catch((error) => {
        io.note(`Write this down, it is shown this once: ${secret}`);
        throw error;
      });
      const told = until ? `the old one signs beside it until ${until}` : 'the old one signs nothing any more';
      io.out(
        values.json
          ? `${JSON.stringify({ old_secrets_end_at: until })}\n`
          : `.env has the new secret; ${told}. Start the agent anew.\n`,
      );
      return 0;
    },
  };
}
