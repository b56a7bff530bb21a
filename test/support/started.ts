import { expect } from 'vitest';
import { Config } from '../../src/platform/config.js';
import { explained } from '../../src/platform/for-operator.js';
import { type Server, startServer } from '../../src/server.js';

/** A server in this process, on an address of its own choice. */
export async function started(env: Record<string, string>): Promise<Server> {
  return startServer(Config.fromEnvironment({ PORT: '0', LOG_LEVEL: 'error', TESTS_PYTHON: 'off', ...env }));
}

/** What `main()` says of settings with which there is no server: the line that it writes before it ends. */
export async function refused(env: Record<string, string>): Promise<string> {
  const failed: unknown = await started(env).then(
    (server) => server.stop(),
    (err) => err,
  );
  expect(explained(failed)).toMatch(/^[^\n]+$/);
  return String(explained(failed));
}
