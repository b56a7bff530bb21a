import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { ENTITIES, SCHEMA } from './migrations.js';
import { type Clock } from './platform/clock.js';
import { Config } from './platform/config.js';
import { PublicAddress } from './platform/http/public-address.js';
import { createApplication } from './platform/http/server.js';
import { CannotStart, openRuntime } from './platform/runtime.js';

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
  const opened = await openRuntime(config, SCHEMA, ENTITIES, clock);
  let app: NestFastifyApplication | undefined;
  try {
    app = await createApplication(AppModule.of(opened.runtime), opened.runtime.config);
    await app.listen(config.PORT, config.HOST);
    app.get(PublicAddress).listens(Number(new URL(await app.getUrl()).port));
  } catch (err) {
    await app?.close().catch(() => {});
    if (opened.runtime.dataSource.isInitialized) await opened.runtime.dataSource.destroy();
    await opened.close();
    throw portTaken(err, config) ?? err;
  }
  const running = app;
  return {
    app,
    url: await app.getUrl(),
    stop: async () => {
      await running.close();
      await opened.runtime.dataSource.destroy();
      await opened.close();
    },
  };
}

function portTaken(err: unknown, { HOST, PORT }: Config): CannotStart | null {
  const code = err instanceof Error && 'code' in err ? err.code : undefined;
  if (code === 'EADDRINUSE') return new CannotStart(`Port ${PORT} on ${HOST} is in use. Stop what listens there, or set PORT to another (0 takes a free one).`);
  if (code === 'EACCES') return new CannotStart(`This user may not listen on port ${PORT}. Set PORT to one above 1023.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new CannotStart(`HOST ${HOST} is no address of this machine.`);
  return null;
}
