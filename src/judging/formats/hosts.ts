import { blocked, withoutBrackets } from '../../platform/egress/addresses.js';

/** Hosts that mean something else, or nothing, outside of the network where the link was written. */
export function isPrivateHost(hostname: string): boolean {
  const host = withoutBrackets(hostname).toLowerCase();
  if (/^[\d.]+$/.test(host) || host.includes(':')) return blocked(host);
  return /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|corp)$/.test(host) || !host.includes('.');
}
