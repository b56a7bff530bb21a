import 'reflect-metadata';
import { explain } from './explain.js';
import { Config } from './platform/config.js';
import { type Server, startServer } from './server.js';

async function main(): Promise<void> {
  const config = Config.fromEnvironment(process.env);
  const server = await startServer(config);
  process.stdout.write(`${JSON.stringify({ msg: 'bakeoff listens', url: server.url, role: config.ROLE, docs: `${server.url}/docs`, egress_allow: config.EGRESS_ALLOW || 'public addresses only' })}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server));
}

async function stop(server: Server): Promise<void> {
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
  console.error(`Bakeoff runs on Node 24; this is ${process.version}. Start it with "npm start", which brings its own.`);
  process.exit(1);
}

main().catch((err) => {
  console.error(explain(err));
  process.exit(1);
});
