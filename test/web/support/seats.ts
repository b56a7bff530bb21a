import type { Address } from './addresses.js';
import { type Visit, visit } from './browser.js';
import type { World } from './world.js';

/** A browser of somebody's own: signed in, with one page. It ends with the test. */
export async function seat({ app, cookies }: World, who: Address['who']): Promise<Visit> {
  const visited = await visit(app.url);
  const [name, value] = cookies[who]?.split('=') ?? [];
  if (name && value) await visited.context.addCookies([{ name, value, url: app.url, httpOnly: true, sameSite: 'Lax' }]);
  return visited;
}
