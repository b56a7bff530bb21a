import type { Egress } from '../platform/egress/egress.js';
import { BadEndpoint } from './agents.errors.js';

/**
 * The endpoint's address as it is kept and called: checked by the egress guard, and ending as the contract says.
 *
 * @throws BadUrl      not https, not public ... and not in EGRESS_ALLOW
 * @throws BadEndpoint no `/execute` at its end
 */
export function endpointUrl(text: string, egress: Pick<Egress, 'checkUrl'>): string {
  const url = egress.checkUrl(text, 'endpoint_url');
  if (url.search !== '' || text.includes('?')) {
    throw new BadEndpoint(
      'The endpoint carries a query.',
      `Leave out "?" and what follows; put what tells agents apart into the path.`,
    );
  }
  if (!url.pathname.endsWith('/execute')) {
    const path = url.pathname.replace(/\/+$/, '');
    const meant = path.toLowerCase().endsWith('/execute') ? path.slice(0, -'/execute'.length) : path;
    throw new BadEndpoint(
      'The endpoint does not end in /execute.',
      `Serve it at ${url.origin}${meant}/execute, and health at ${url.origin}${meant}/health.`,
    );
  }
  return url.href;
}
