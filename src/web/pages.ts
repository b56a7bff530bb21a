import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { CannotStart } from '../platform/runtime.js';
import { headersOfPage } from './page-headers.js';

/** Where the web app's build lies, seen from dist/web and from src/web alike. */
const BUILT = fileURLToPath(new URL('../../web/dist', import.meta.url));
/** What the build writes wherever a nonce belongs. */
const NONCE = /__NONCE__/g;
const YEAR_MS = 365 * 24 * 3_600_000;

/**
 * Serves the web app's build: its page at `/` and at every address below `/app`, its files below `/assets`. A file's name holds its
 * hash, so that it is kept for a year; the page names the files, so it is asked for each time.
 *
 * @throws CannotStart where the app has not been built
 */
export async function servePages(app: NestFastifyApplication): Promise<void> {
  const page = await pageIn(BUILT);
  const send = (reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply.headers(headersOfPage(nonce)).type('text/html; charset=utf-8').send(page.replace(NONCE, nonce));
  };
  const http = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, {
    root: join(BUILT, 'assets'),
    prefix: '/assets/',
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: YEAR_MS,
    decorateReply: false,
  });
  const icon = await readFile(join(BUILT, 'icon.svg'));
  http.get('/icon.svg', (_request: unknown, reply: FastifyReply) =>
    reply.header('cache-control', 'public, max-age=86400').type('image/svg+xml').send(icon),
  );
  for (const path of ['/', '/app', '/app/*']) http.get(path, (_request: unknown, reply: FastifyReply) => send(reply));
}

/** @throws CannotStart where nothing was built */
export function pageIn(folder: string): Promise<string> {
  return readFile(join(folder, 'index.html'), 'utf8').catch(() => {
    throw new CannotStart('The web app is not built: run "npm run build:web". "npm start" does so by itself.');
  });
}
