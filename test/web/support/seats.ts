import type { BrowserContext } from 'playwright-core';

/** Whoever sat at a browser goes, and somebody else signs in, or nobody. What is open there must be loaded again. */
export async function sitsDown(context: BrowserContext, url: string, cookie: string | null): Promise<void> {
  await context.clearCookies();
  const [name, value] = cookie?.split('=') ?? [];
  if (name && value) await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
}
