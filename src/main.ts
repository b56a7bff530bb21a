import 'reflect-metadata';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Config } from './platform/config.js';
import { explained } from './platform/for-operator.js';
import type { Server } from './server.js';

/** Under npm one Ctrl-C arrives twice, from the terminal and from npm: what comes this soon after the first is the same. */
const SAME_SIGNAL_MS = 1_000;

async function main(): Promise<void> {
  const config = Config.fromEnvironment(process.env);
  // After the settings: a wrong one is told at once, before all the rest is read.
  const starting = import('./server.js').then(({ startServer }) => startServer(config));
  stopOnSignal(starting);
  const { url } = await starting;
  const { ROLE: role, EGRESS_ALLOW } = config;
  const egressAllow = EGRESS_ALLOW || 'public addresses only';
  console.log(JSON.stringify({ msg: 'bakeoff listens', url, role, docs: `${url}/docs`, egress_allow: egressAllow }));
  flushCompileCache(); // now and not at the end, which a killed process doesn't have
}

/** The first signal stops in good order, also a start that is under way; a second one ends it at once. */
function stopOnSignal(starting: Promise<Server>): void {
  let askedAt: number | null = null;
  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
    if (askedAt === null) {
      askedAt = performance.now();
      void stop(starting);
    } else if (performance.now() - askedAt > SAME_SIGNAL_MS) {
      process.exit(128 + constants.signals[signal]);
    }
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}

async function stop(starting: Promise<Server>): Promise<void> {
  const server = await starting.catch(() => null);
  if (!server) return; // main() says why, and ends
  try {
    await server.stop();
    process.exit(0);
  } catch (err) {
    console.error(`Could not stop cleanly: ${err instanceof Error ? err.message : err}`);
    process.exit(1);
  }
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Bakeoff runs on Node 24; this is ${process.version}. Start it with "npm start", which brings its own.`,
  );
  process.exit(1);
}

// What was compiled stays beside the build, which saves the next start a third of its time; where it can't be written nothing is lost.
enableCompileCache(fileURLToPath(new URL('./.compiled', import.meta.url)));

main().catch((err) => {
  console.error(explained(err));
  process.exit(1);
});
