const SHOWN = 60;

/**
 * Where a stranger's link may lead: out of the app, by https, http or mail, and told to the reader beside it. Null for anything
 * else: scripts, data, and addresses that would be ours.
 */
export function linkOf(href: string | undefined): { href: string; shown: string } | null {
  if (!href || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol === 'mailto:') return { href: url.href, shown: shortened(url.pathname) };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // The host is shown as the browser goes there, without a name and password that could look like one.
  return { href: url.href, shown: shortened(url.host + (url.pathname === '/' ? '' : url.pathname)) };
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
