import type { Warning } from './agent.schema.js';
import type { Reported } from './health.js';
import type { Proof } from './proof.js';

export interface Registered {
  readonly slug: string;
  /** `category/task-type`, or `category` alone. */
  readonly capabilities: readonly string[];
  /** null: no probe was answered yet. */
  readonly proof: Proof | null;
  readonly isVerified: boolean;
}

const SHOWN = 5;

/** Where what `/health` says differs from the registration. Nothing is refused for it; it mostly means an old deployment. */
export function drift({ slug, capabilities, proof, isVerified }: Registered, reported: Reported): Warning[] {
  const found: Warning[] = [];
  if (reported.agent !== null && reported.agent !== slug) {
    const message = `/health says that it is the agent "${shown(reported.agent)}", and this one is "${slug}".`;
    found.push({ code: 'AGENT_DIFFERS', message });
  }
  if (reported.capabilities !== null) {
    const said = new Set(reported.capabilities);
    const missing = capabilities.filter((name) => !said.has(name));
    const extra = [...said].filter((name) => !capabilities.includes(name));
    if (missing.length > 0) {
      const message = `Registered, but not named by /health: ${list(missing)}. Calls for it come all the same.`;
      found.push({ code: 'CAPABILITY_NOT_REPORTED', message });
    }
    if (extra.length > 0) {
      const message = `Named by /health, but not registered, so no calls come for it: ${list(extra)}.`;
      found.push({ code: 'CAPABILITY_NOT_REGISTERED', message });
    }
  }
  if (proof === 'older') {
    const message =
      'The endpoint still answers with an old signing secret: put the newest in place before the overlap ends.';
    found.push({ code: 'OLD_SECRET', message });
  }
  if (isVerified && (proof === 'wrong' || proof === 'missing')) {
    const message = 'The endpoint was verified, and does not prove any more that it holds a valid signing secret.';
    found.push({ code: 'PROOF_LOST', message });
  }
  return found;
}

function list(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return names.slice(0, SHOWN).map(shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** It comes from a stranger. */
function shown(text: string): string {
  return text.replace(/[\p{C}]/gu, ' ').slice(0, 80);
}
