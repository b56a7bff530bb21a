import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { plain } from '../caller/seen.js';
import { type Command, parsed } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { Here, PLACE_OPTIONS, PLACE_USAGE } from './here.js';
import { agentJson } from './registration.js';
import { type Agent, Updated } from './views.js';

const USAGE = `[options]
Changes the registration to what agent.json says now. Shows what is different and what that costs; a change that costs
something (a new version, a proof, a benchmark) waits for --yes.
  --url URL         another address, ending in /execute; else endpoint_url of agent.json, else as it is
  --yes             whatever it costs
  --agent ID        another agent of yours
${PLACE_USAGE}
Exit code: 0 it is as agent.json says, 1 it waits for --yes, 2 asked wrongly or refused.`;

const OPTIONS = { url: { type: 'string' }, yes: { type: 'boolean', default: false }, ...PLACE_OPTIONS } as const;

/** What a registration may change; the slug stays. */
const FIELDS = [
  'name',
  'description',
  'endpoint_url',
  'max_concurrency',
  'min_price',
  'model_notes',
  'capabilities',
] as const;

export function update(home: Home): Command {
  return {
    name: 'update',
    summary: 'changes the registration to what agent.json says, after showing what that costs',
    usage: USAGE,
    async run(args, io) {
      const { values } = parsed(args, OPTIONS);
      const here = await Here.of(values, io, home);
      const api = await here.account();
      const agent = await here.myAgent(api);
      const changes = differences(
        { ...(await agentJson(here)), ...(values.url ? { endpoint_url: values.url } : {}) },
        agent,
      );
      const path = `/agents/${agent.id}`;
      const isSame = Object.keys(changes).length === 0;
      const { consequences: costs } = isSame
        ? { consequences: [] }
        : await api.patch(`${path}?dry_run=true`, Updated, changes);
      const waits = costs.length > 0 && !values.yes;
      if (!values.json) io.out(`${lines(changes, agent, costs, waits).join('\n')}\n`);
      if (!waits && !isSame) {
        const { endpoint_url } = await api.patch(path, Updated, changes);
        if (values.agent === undefined) await here.folder.remember({ endpoint_url });
      }
      if (values.json) io.out(`${JSON.stringify({ changes, consequences: costs, done: !waits })}\n`);
      return waits ? 1 : 0;
    },
  };
}

/** Of `agent.json` the fields that are another now. */
function differences(wanted: Record<string, unknown>, agent: Agent): Record<string, unknown> {
  const now: Record<string, unknown> = { ...agent, capabilities: declared(agent.capabilities) };
  const names = FIELDS.filter((name) => {
    if (wanted[name] === undefined) return false;
    return !isDeepStrictEqual(name === 'capabilities' ? declared(wanted[name]) : wanted[name], now[name]);
  });
  return Object.fromEntries(names.map((name) => [name, wanted[name]]));
}

const Declared = z.object({
  category: z.string(),
  task_type: z.string().nullish().default(null),
  specialist: z.boolean().default(false),
});

/** Capabilities as they compare: in one order, with their defaults. What is none is left for the server to refuse. */
function declared(capabilities: unknown): unknown {
  const parsed = z.array(Declared).safeParse(capabilities);
  return parsed.success ? parsed.data.map((one) => JSON.stringify(one)).sort() : capabilities;
}

function lines(
  changes: Record<string, unknown>,
  agent: Record<string, unknown>,
  costs: readonly { code: string; message: string }[],
  waits: boolean,
): string[] {
  const names = Object.keys(changes);
  if (names.length === 0) return ['Nothing is different.'];
  const shown = (value: unknown) => plain(JSON.stringify(value) ?? 'nothing', 120);
  const from = (name: string) => (name === 'capabilities' ? declared(agent[name]) : agent[name]);
  return [
    ...names.map((name) => `${name}: ${shown(from(name))} -> ${shown(changes[name])}`),
    ...(costs.length === 0
      ? ['It costs nothing.']
      : costs.map(({ code, message }) => `${code}: ${plain(message, 400)}`)),
    waits ? 'Nothing is changed yet: --yes does it.' : 'Done.',
  ];
}
