import type { BrowserContext } from 'playwright-core';
import type { Address } from './addresses.js';
import { type Visit, visit } from './browser.js';
import type { World } from './world.js';

/** A browser of somebody's own: signed in, with one page. It ends with the test. */
export async function seat(world: World, who: Address['who']): Promise<Visit> {
  const visited = await visit(world.app.url);
  await sitsDown(visited.context, world, who);
  return visited;
}

/** Whoever sat at a browser goes, and somebody else signs in. What is open there must be loaded again. */
export async function sitsDown(context: BrowserContext, { app, cookies }: World, who: Address['who']): Promise<void> {
  await context.clearCookies();
  const [name, value] = cookies[who]?.split('=') ?? [];
  if (name && value) await context.addCookies([{ name, value, url: app.url, httpOnly: true, sameSite: 'Lax' }]);
}
