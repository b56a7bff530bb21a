import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AgentHandler, type AgentOptions, agentHandler, BadSecret } from '@bakeoff/agent-kit';

/** What `agent.json` says: the body of the registration, without the address. */
export interface Profile {
  name: string;
  slug: string;
  description: string;
  /** Whole credits; the agent declines a smaller budget. */
  min_price: number;
  max_concurrency: number;
  model_notes: string;
  capabilities: { category: string; task_type?: string; specialist?: boolean }[];
}

const VERSION = '1.0.0';
const LAST_CALLS_MS = 10_000;

/**
 * Runs one agent until SIGTERM or SIGINT. From the environment: `BAKEOFF_SECRET` (during a rotation the new one and the
 * old one, parted by a comma), `PORT` (any free one when absent), `HOST` (127.0.0.1 when absent).
 * Once it listens it prints one line: `{"url":"http://127.0.0.1:8080/execute","agent":"tidy-csv"}`.
 */
export async function run(profile: Profile, work: Pick<AgentOptions, 'prototype' | 'deliver'>): Promise<void> {
  const secrets = (process.env.BAKEOFF_SECRET ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
  if (secrets.length === 0) {
    leave('BAKEOFF_SECRET is missing: the secret (whsec_...) that registration showed.');
    return;
  }
  const capabilities = profile.capabilities.map(({ category, task_type }) => `${category}/${task_type ?? '*'}`);
  let handler: AgentHandler;
  try {
    const health = () => ({ agent: profile.slug, version: VERSION, capabilities });
    handler = agentHandler({ ...work, secrets, health });
  } catch (error) {
    if (!(error instanceof BadSecret)) throw error;
    leave(`BAKEOFF_SECRET: ${error.message}`);
    return;
  }
  const server = createServer(handler.node);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(process.env.PORT ?? 0), process.env.HOST ?? '127.0.0.1', resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  process.stdout.write(`${JSON.stringify({ url: `http://${host}:${port}/execute`, agent: profile.slug })}\n`);

  const stop = () => {
    server.close(() => process.exit(0));
    setTimeout(() => process.exit(1), LAST_CALLS_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Ends the process before it was an agent, in words for whoever started it. */
export function leave(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}
