import { z } from 'zod';
import { Unable } from '../cli/command.js';
import type { Here } from './here.js';

/** `agent.json`: the body of the registration. What is wrong with it is the server's to say, field by field. */
const AgentJson = z.looseObject({
  endpoint_url: z.string().optional(),
  capabilities: z.array(z.looseObject({ category: z.string(), task_type: z.string().nullish() })).optional(),
});
export type AgentJson = z.infer<typeof AgentJson>;

/** @throws Unable there is none */
export async function agentJson({ folder, program }: Here): Promise<AgentJson> {
  const profile = await folder.json('agent.json', AgentJson);
  if (profile) return profile;
  throw new Unable(
    `There is no agent.json in this folder. Go to the agent's folder, or write an agent with "${program} new DIR".`,
  );
}

/**
 * Where the agent listens: what `--url` says, else `agent.json`; on a server of this machine the port of `.env`, here.
 *
 * @throws Unable it is not known
 */
export async function endpointFor(here: Here, given: string | undefined, profile: AgentJson): Promise<string> {
  const known = given ?? profile.endpoint_url;
  if (known !== undefined) return known;
  if (!isLocal(here.origin))
    throw new Unable('Where does the agent listen? Give its public address with --url https://HOST/execute.');
  return `http://127.0.0.1:${(await here.variable('PORT')) ?? '8081'}/execute`;
}

function isLocal(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
