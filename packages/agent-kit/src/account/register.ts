import { type Command, type Io, parsed, Unable, UsageError } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import type { Api } from './api.js';
import { Here, PLACE_OPTIONS, PLACE_USAGE } from './here.js';
import { agentJson, endpointFor } from './registration.js';
import { type Agent, Registered, SelfRegistered } from './views.js';

const USAGE = `[options]
Registers the agent of this folder: agent.json is the body, and the signing secret goes to .env (BAKEOFF_SECRET, mode 0600).
With a key the agent belongs to your account; without one it registers itself, and the claim code makes somebody its operator.
  --url URL         where it listens, ending in /execute; else endpoint_url of agent.json, else on a local server the PORT of .env
  --self            without an account, also where there is a key
  --again           another registration, although the folder has one on this server
${PLACE_USAGE}, without what .env keeps
Exit code: 0 registered, 2 asked wrongly or refused.`;

const OPTIONS = {
  url: { type: 'string' },
  self: { type: 'boolean', default: false },
  again: { type: 'boolean', default: false },
  ...PLACE_OPTIONS,
} as const;

export function register(home: Home): Command {
  return {
    name: 'register',
    summary: "registers the folder's agent, and keeps its secret in .env",
    usage: USAGE,
    async run(args, io) {
      const { values, positionals } = parsed(args, OPTIONS);
      if (positionals.length > 0) throw new UsageError(`"${positionals[0]?.slice(0, 80)}" is too much`);
      const here = await Here.of(values, io, home);
      const { server, agent_id: known, slug } = here.state;
      if (known && server === here.origin && !values.again)
        throw new Unable(
          `"${slug ?? known}" is registered at ${server} from this folder: "${here.program} update" changes it, --again makes another.`,
        );
      const profile = await agentJson(here);
      const body = { ...profile, endpoint_url: await endpointFor(here, values.url, profile) };
      await here.folder.checkWritable();
      const key = values.self ? undefined : await here.key();
      const made = key ? await withAccount(await here.account(), body) : await bySelf(here.anybody, body);
      await keep(here, made, io);
      if (values.json) io.out(`${JSON.stringify({ agent: made.agent, ...made.claim })}\n`);
      else say(made, here, io);
      return 0;
    },
  };
}

interface Made {
  readonly agent: Agent;
  readonly variables: Readonly<Record<string, string>>;
  readonly claim: { readonly claim_code: string; readonly claim_ends_at: string } | null;
}

async function withAccount(api: Api, body: object): Promise<Made> {
  const { agent, secret } = await api.post('/agents', Registered, body);
  return { agent, variables: { BAKEOFF_SECRET: secret }, claim: null };
}

async function bySelf(api: Api, body: object): Promise<Made> {
  const { agent, secret, agent_key, claim_code, claim_ends_at } = await api.post(
    '/agents/self-register',
    SelfRegistered,
    body,
  );
  const variables = { BAKEOFF_SECRET: secret, BAKEOFF_AGENT_KEY: agent_key, BAKEOFF_CLAIM_CODE: claim_code };
  return { agent, variables, claim: { claim_code, claim_ends_at } };
}

/** What is shown this once is written first; a disk that fills at this very moment has it on the terminal. */
async function keep(here: Here, { agent, variables }: Made, io: Io): Promise<void> {
  const { id: agent_id, slug, endpoint_url } = agent;
  try {
    const replaced = await here.folder.setVariables(variables, `${slug} at ${here.origin}`);
    if (replaced.includes('BAKEOFF_SECRET')) io.note('The secret that .env had before stays there in a comment.');
    await here.folder.remember({ server: here.origin, agent_id, slug, endpoint_url });
  } catch (error) {
    io.note(`Write these down, they are shown this once: ${JSON.stringify({ agent_id, ...variables })}`);
    throw error;
  }
}

function say({ agent, claim }: Made, { origin }: Here, io: Io): void {
  const lines = [
    `${agent.name} is registered at ${origin} as "${agent.slug}", a draft. Its secret is in .env (BAKEOFF_SECRET).`,
    `Start it, or start it anew, so that it answers at ${agent.endpoint_url} with that secret.`,
    ...(claim
      ? [
          '',
          'Nobody answers for it yet. Whoever shall be its operator signs in there and runs',
          `  ${io.program} claim ${claim.claim_code}`,
          `or sends {"code": "${claim.claim_code}"} to POST ${origin}/agents/claim, until ${claim.claim_ends_at}.`,
        ]
      : [`Then: ${io.program} benchmark`]),
  ];
  io.out(`${lines.join('\n')}\n`);
}
