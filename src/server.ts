import { once } from 'node:events';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { ENTITIES, SCHEMA } from './migrations.js';
import { type Clock } from './platform/clock.js';
import { Config } from './platform/config.js';
import { PublicAddress } from './platform/http/public-address.js';
import { createApplication } from './platform/http/server.js';
import { CannotStart, type Opened, openRuntime } from './platform/runtime.js';
import { servePages } from './web/pages.js';

export interface Server {
  readonly app: NestFastifyApplication;
  /** Where it answers, such as http://127.0.0.1:8080. */
  readonly url: string;
  /** Lets running work end, closes everything; the embedded database stops last. */
  stop(): Promise<void>;
}

/**
 * Starts a whole server and answers once it listens.
 *
 * @throws CannotStart with what to do about it
 */
export async function startServer(config: Config, clock?: Clock): Promise<Server> {
  await assertFree(config);
  const opened = await openRuntime(config, SCHEMA, ENTITIES, clock);
  let app: NestFastifyApplication | undefined;
  try {
    app = await createApplication(AppModule.of(opened.runtime), opened.runtime.config);
    if (config.servesApi) await servePages(app);
    await app.listen(config.PORT, config.HOST);
    const running = app;
    const url = await running.getUrl();
    running.get(PublicAddress).listens(Number(new URL(url).port));
    return { app: running, url, stop: () => stop(running, opened) };
  } catch (err) {
    await app?.close().catch(() => {});
    if (opened.runtime.dataSource.isInitialized) await opened.runtime.dataSource.destroy().catch(() => {});
    await opened.close().catch(() => {}); // what is wrong in the first place is what must be told
    throw portTaken(err, config) ?? err;
  }
}

async function stop(app: NestFastifyApplication, { runtime, close }: Opened): Promise<void> {
  // A request that never ends (its client gives a byte a minute) must not keep the process: its time is up with the jobs'.
  const overdue = setTimeout(() => app.getHttpServer().closeAllConnections(), runtime.config.SHUTDOWN_GRACE_S * 1_000);
  try {
    await app.close();
    await runtime.dataSource.destroy();
  } finally {
    clearTimeout(overdue);
    await close();
  }
}

/**
 * Tries the address before anything is opened: a server that can't listen should not begin to work and then be stopped in the middle.
 *
 * @throws CannotStart
 */
async function assertFree(config: Config): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(config.PORT, config.HOST), 'listening');
  } catch (err) {
    throw portTaken(err, config) ?? err;
  }
  await new Promise((closed) => probe.close(closed));
}

function portTaken(err: unknown, { HOST, PORT }: Config): CannotStart | null {
  const code = err instanceof Error && 'code' in err ? err.code : undefined;
  if (code === 'EADDRINUSE')
    return new CannotStart(
      `Port ${PORT} on ${HOST} is in use. Stop what listens there, or set PORT to another (0 takes a free one).`,
    );
  if (code === 'EACCES')
    return new CannotStart(`This user may not listen on port ${PORT}. Set PORT to one above 1023.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new CannotStart(
      `HOST ${HOST} is no address of this machine. Set it to one that is, such as 127.0.0.1, or 0.0.0.0 for all of them.`,
    );
  return null;
}
