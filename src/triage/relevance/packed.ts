import type { Doc, DocCapability } from './doc.js';

/** A profile as a row of the database holds it. Its words are only ever compared, so they are kept as hashes: short, and quick to read. */
export interface Packed {
  readonly agentId: string;
  readonly capabilities: readonly DocCapability[];
  readonly declared: number;
  readonly tasks: number;
  /** How many words the two lists hold. */
  readonly ownLength: number;
  readonly pastLength: number;
  /** Base64 of the words' 32-bit hashes, low byte first, its own before those of the past; then a byte for each past word: how many tasks hold it. */
  readonly words: string;
}

export interface Unpacked extends Pick<Packed, 'agentId' | 'capabilities' | 'declared' | 'tasks'> {
  readonly own: Uint32Array;
  readonly past: Uint32Array;
  readonly pastTasks: Uint8Array;
}

export function packed({ own, past, ...rest }: Doc): Packed {
  const bytes = new Uint8Array(4 * own.length + 5 * past.length);
  const words = listsOver(bytes.buffer, own.length, past.length);
  words.own.set(own.map(hashOf));
  words.past.set(past.map(([word]) => hashOf(word)));
  words.pastTasks.set(past.map(([, tasks]) => Math.min(tasks, 255)));
  const text = Buffer.from(bytes.buffer).toString('base64');
  return { ...rest, ownLength: own.length, pastLength: past.length, words: text };
}

export function unpacked({ agentId, capabilities, declared, tasks, ownLength, pastLength, words }: Packed): Unpacked {
  const bytes = new Uint8Array(4 * ownLength + 5 * pastLength);
  bytes.set(Buffer.from(words, 'base64').subarray(0, bytes.length));
  return { agentId, capabilities, declared, tasks, ...listsOver(bytes.buffer, ownLength, pastLength) };
}

/** One piece of memory for all three. Every machine that Node.js runs Bakeoff on puts the low byte first. */
function listsOver(buffer: ArrayBuffer, own: number, past: number): Pick<Unpacked, 'own' | 'past' | 'pastTasks'> {
  return {
    own: new Uint32Array(buffer, 0, own),
    past: new Uint32Array(buffer, 4 * own, past),
    pastTasks: new Uint8Array(buffer, 4 * (own + past), past),
  };
}

/** FNV-1a, 32 bits. That two words of one market share a hash is rare, and then one counts as the other. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
