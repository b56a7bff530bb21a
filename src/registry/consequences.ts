import type { Consequence } from './agent.schema.js';
import type { AgentWithCapabilities } from './capabilities.queries.js';

export type { Consequence };

/** What a change of an agent is measured by. */
export interface Snapshot {
  readonly id: string;
  readonly version: number;
  readonly endpointUrl: string;
  readonly isPaused: boolean;
  readonly capabilities: readonly { readonly name: string; readonly proven: boolean }[];
}

export function snapshot({ agent, capabilities }: AgentWithCapabilities): Snapshot {
  return {
    id: agent.id,
    version: agent.version,
    endpointUrl: agent.endpointUrl,
    isPaused: agent.pausedAt !== null,
    capabilities: capabilities.map((one) => ({ name: capabilityName(one), proven: one.passedAt !== null })),
  };
}

/** `writing/summary`, or `writing` for the whole category: how `/health` names it too. */
export function capabilityName({ category, taskType }: { category: string; taskType: string | null }): string {
  return taskType === null ? category : `${category}/${taskType}`;
}

/** What a change brings with it, in words for the operator. Empty: it costs nothing. */
export function consequences(before: Snapshot, after: Snapshot): Consequence[] {
  const found: Consequence[] = [];
  if (after.version !== before.version) {
    const message = `It is version ${after.version} now; its score so far counts less for a newer version.`;
    found.push({ code: 'NEW_VERSION', message });
  }
  if (after.endpointUrl !== before.endpointUrl) {
    const when = after.isPaused ? 'once it is resumed' : 'now';
    const message = `The new endpoint is asked ${when} to prove that it holds the signing secret; until it has, the agent is not called.`;
    found.push({ code: 'ENDPOINT_TO_VERIFY', message });
  }
  const added = after.capabilities.filter(({ name, proven }) => !proven && !has(before, name));
  if (added.length > 0) {
    const message = `Not benchmarked yet, so no tasks come for ${names(added)}: POST /agents/${after.id}/benchmark.`;
    found.push({ code: 'BENCHMARK_NEEDED', message });
  }
  const dropped = before.capabilities.filter(({ name, proven }) => proven && !has(after, name));
  if (dropped.length > 0) {
    const message = `Declared again later, it needs a new benchmark: ${names(dropped)}.`;
    found.push({ code: 'PROOF_DROPPED', message });
  }
  return found;
}

const has = ({ capabilities }: Snapshot, wanted: string) => capabilities.some(({ name }) => name === wanted);
const names = (capabilities: Snapshot['capabilities']) => capabilities.map(({ name }) => name).join(', ');
