import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Profile } from '../run.ts';

export interface Program {
  /** The program's path below examples/agents. */
  path: string;
  profile: Profile;
  needsModel: boolean;
}

const AGENTS = fileURLToPath(new URL('..', import.meta.url));

/** Every folder that holds an agent.json. */
export function programs(): Program[] {
  return readdirSync(AGENTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${AGENTS}/${entry.name}/agent.json`))
    .map(({ name }) => ({
      path: existsSync(`${AGENTS}/${name}/agent.ts`) ? `${name}/agent.ts` : `${name}/agent.py`,
      profile: JSON.parse(readFileSync(`${AGENTS}/${name}/agent.json`, 'utf8')) as Profile,
      needsModel: name === 'llm-agent',
    }));
}
