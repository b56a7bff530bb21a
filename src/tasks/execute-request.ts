import type { PastArtifact, PastWork } from '@bakeoff/agent-kit';
import { type CallFacts, type SharedRequest, sharedRequest } from '../dispatch/execute-request.js';
import type { Task } from './task.entity.js';

export interface WorkSoFar {
  readonly prototype: PastWork & { readonly price: number };
  /** Set on a revision: the buyer's notes and the delivery they are about. */
  readonly revision?: { readonly number: number; readonly notes: string; readonly previous: PastWork };
}

/** The body of a delivery call: the bid that was picked and, on a revision, what to change. */
export function deliveryRequest(task: Task, facts: CallFacts, { prototype, revision }: WorkSoFar): SharedRequest {
  return { ...sharedRequest(task, facts), phase: 'delivery', prototype, ...(revision ? { revision } : {}) };
}

const INLINE_BYTES = 65_536;

interface Stored {
  readonly type: PastArtifact['type'];
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
}

export function fitsInline({ size }: Stored): boolean {
  return size <= INLINE_BYTES;
}

/** Earlier work as it goes back to its agent: as text where it is text, else in base64. */
export function inlineArtifact({ type, name, mediaType }: Stored, bytes: Uint8Array): PastArtifact {
  const artifact = { type, name, media_type: mediaType };
  try {
    return { ...artifact, content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ...artifact, base64: Buffer.from(bytes).toString('base64') };
  }
}
