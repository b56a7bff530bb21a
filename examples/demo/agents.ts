import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { bareEnvironment, type Processes, type Running } from './processes.ts';
import { ROOT } from './server.ts';

/** An agent's folder: what it says of itself, and its program. */
export interface Example {
  folder: string;
  program: string;
  isPython: boolean;
  /** Works with a model that the environment names, so how well it does is not ours to promise. */
  needsModel: boolean;
  profile: Profile;
}

/** `agent.json`: the body of the registration, without the address. */
export interface Profile {
  name: string;
  slug: string;
  min_price: number;
  capabilities: { category: string; task_type?: string; specialist?: boolean }[];
}

export interface Cast {
  playing: Example[];
  /** A line for each that stays out. */
  leftOut: { name: string; why: string }[];
}

const AGENTS = join(ROOT, 'examples/agents');
const START_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 5_000;
const MODEL_AGENT = 'llm-agent';

/** Every folder below examples/agents that holds an agent.json. */
export function examples(): Example[] {
  return readdirSync(AGENTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(AGENTS, entry.name, 'agent.json')))
    .map(({ name }) => {
      const folder = join(AGENTS, name);
      const profile = JSON.parse(readFileSync(join(folder, 'agent.json'), 'utf8')) as Profile;
      const isPython = !existsSync(join(folder, 'agent.ts'));
      return {
        folder,
        profile,
        isPython,
        needsModel: name === MODEL_AGENT,
        program: join(folder, isPython ? 'agent.py' : 'agent.ts'),
      };
    });
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Who takes part: all but those that this machine or its environment has nothing to run with.
 *
 * @throws Failure when REQUIRE_PYTHON is set and there is no Python
 */
export function cast(all: readonly Example[], env: Environment, hasPython: boolean): Cast {
  const why = ({ isPython, needsModel }: Example): string | null => {
    if (isPython && !hasPython) return 'there is no python3 here';
    return needsModel && !env.OPENAI_BASE_URL
      ? 'set OPENAI_BASE_URL to any OpenAI-compatible endpoint, and it competes'
      : null;
  };
  const python = all.find(({ isPython }) => isPython);
  if (python && !hasPython && isYes(env.REQUIRE_PYTHON)) {
    throw new Failure(`REQUIRE_PYTHON is set, and there is no python3 here to run "${python.profile.name}".`);
  }
  return {
    playing: all.filter((one) => why(one) === null),
    leftOut: all.flatMap((one) => {
      const reason = why(one);
      return reason === null ? [] : [{ name: one.profile.name, why: reason }];
    }),
  };
}

function isYes(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no'].includes(value.toLowerCase());
}

export function hasPython3(): boolean {
  return spawnSync('python3', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Starts an agent with the secret that its registration showed, on the port that it was registered with. @throws Failure */
export async function startAgent(
  processes: Processes,
  example: Example,
  secret: string,
  port: number,
): Promise<Running> {
  const { profile, isPython, program, needsModel } = example;
  const model = needsModel
    ? Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('OPENAI_') || name === 'MODEL'))
    : {};
  const agent = processes.start({
    name: profile.name,
    slug: profile.slug,
    command: isPython ? 'python3' : process.execPath,
    args: [program],
    env: {
      ...bareEnvironment(process.env),
      ...(model as Record<string, string>),
      PYTHONDONTWRITEBYTECODE: '1',
      BAKEOFF_SECRET: secret,
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    stopWithinMs: STOP_WITHIN_MS,
  });
  await agent.says<{ url?: string }>(({ url }) => url !== undefined, START_WITHIN_MS);
  return agent;
}

export interface Port {
  number: number;
  /** Gives it free, for the agent to listen on at once. */
  release: () => Promise<void>;
}

/** A port that nobody else gets until it is released. */
export async function reservePort(): Promise<Port> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    number: (server.address() as AddressInfo).port,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
