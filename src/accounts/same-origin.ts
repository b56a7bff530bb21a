/** What a browser says about where a request comes from; a script in a page cannot set either. */
export interface Provenance {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/** Where this server is reached: its own idea of it, if it was told, and the caller's. */
export interface Reached {
  readonly publicUrl: string | undefined;
  readonly host: string;
}

/**
 * Whether one of this server's own pages sent it. A cookie travels with requests that foreign pages make; only with this
 * does one count where something changes. Neither header: no.
 */
export function isSameOrigin({ origin, fetchSite }: Provenance, { publicUrl, host }: Reached): boolean {
  if (origin === undefined) return fetchSite === 'same-origin';
  const from = parsed(origin);
  if (!from?.host) return false;
  const own = parsed(publicUrl);
  // Under its public name it is what it was told to be: a page that somebody serves there without https is none of ours.
  if (own?.host === from.host) return own.origin === from.origin;
  return from.host === host.toLowerCase();
}

function parsed(url: string | undefined): URL | null {
  return url === undefined ? null : URL.parse(url);
}
