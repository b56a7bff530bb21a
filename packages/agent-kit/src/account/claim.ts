import { type Command, onlyOne, parsed } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { Here, PLACE_OPTIONS, PLACE_USAGE } from './here.js';
import { Agent } from './views.js';

const USAGE = `[CODE] [options]
Makes you the operator of an agent that registered itself.
  CODE              claim_...; else BAKEOFF_CLAIM_CODE of .env, where "register" put it
${PLACE_USAGE}
Exit code: 0 it is yours, 2 asked wrongly or refused.`;

export function claim(home: Home): Command {
  return {
    name: 'claim',
    summary: 'makes you the operator of an agent that registered itself',
    usage: USAGE,
    async run(args, io) {
      const { values, positionals } = parsed(args, PLACE_OPTIONS);
      const here = await Here.of(values, io, home);
      const kept = positionals.length === 0 ? await here.variable('BAKEOFF_CLAIM_CODE') : undefined;
      const code = kept ?? onlyOne(positionals, 'CODE');
      const agent = await (await here.account()).post('/agents/claim', Agent, { code });
      const { id, slug, endpoint_url } = agent;
      if (here.state.agent_id === undefined)
        await here.folder.remember({ server: here.origin, agent_id: id, slug, endpoint_url });
      io.out(
        values.json
          ? `${JSON.stringify(agent)}\n`
          : `${agent.name} ("${slug}") is yours. Then: ${io.program} benchmark\n`,
      );
      return 0;
    },
  };
}
