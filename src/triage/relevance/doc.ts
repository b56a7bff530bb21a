import type { Profile } from './relevance.js';
import { stemsOf, wordsOf } from './words.js';

/** How much of a profile counts. What is beyond it is not read. */
export const BOUNDS = {
  name: 80,
  description: 600,
  ownWords: 80,
  capabilities: 60,
  capability: 80,
  finished: 20,
  finishedText: 800,
  finishedWords: 400,
} as const;

/** A profile as it is compared: its words, bounded. Plain data that a row of the database holds. */
export interface Doc {
  readonly agentId: string;
  readonly capabilities: readonly DocCapability[];
  /** How many it declares in all: more than `capabilities` holds, when it declares very many. */
  readonly declared: number;
  /** The different words of name and description: saying one twice is no gain. */
  readonly own: readonly string[];
  /** The words of finished tasks, each with the number of tasks that hold it. */
  readonly past: readonly (readonly [word: string, tasks: number])[];
  /** How many finished tasks were read. */
  readonly tasks: number;
}

export interface DocCapability {
  /** As declared. */
  readonly name: string;
  /** Its words: two spellings of one capability have the same. */
  readonly key: string;
  readonly proven: boolean;
}

export function docOf(profile: Profile): Doc {
  const { agentId, name, description, finished } = profile;
  const capabilities = capabilitiesOf(profile);
  const own = stemsOf(`${name.slice(0, BOUNDS.name)}. ${start(description, BOUNDS.description)}`);
  const texts = finished.slice(0, BOUNDS.finished);
  return {
    agentId,
    capabilities: capabilities.slice(0, BOUNDS.capabilities),
    declared: capabilities.length,
    own: own.slice(0, BOUNDS.ownWords),
    past: counted(texts),
    tasks: texts.length,
  };
}

/** The words of a capability, which name it in any order: two spellings of one have the same key. */
export function keyOf(capability: string): string {
  const words = wordsOf(capability.slice(0, BOUNDS.capability));
  const named = new Set(words.flatMap(({ at, name }) => (name ? [at] : [])));
  const kept = words.filter(({ at, name }) => name || !named.has(at));
  const plain = kept.filter(({ joined }) => !joined).map(({ stem }) => stem);
  const whole = words.find(({ joined }) => joined)?.stem;
  return [...new Set(plain)].join(' ') || whole || capability.trim().toLowerCase().slice(0, BOUNDS.capability);
}

function capabilitiesOf({ capabilities }: Profile): DocCapability[] {
  const byKey = new Map<string, DocCapability>();
  for (const { name, proven } of capabilities) {
    if (name.trim() === '') continue;
    const key = keyOf(name);
    const known = byKey.get(key);
    byKey.set(key, { name: known?.name ?? name, key, proven: proven || known?.proven === true });
  }
  return [...byKey.values()];
}

function counted(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of stemsOf(start(text, BOUNDS.finishedText))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const all = [...counts];
  if (all.length <= BOUNDS.finishedWords) return all;
  return all.toSorted((a, b) => b[1] - a[1]).slice(0, BOUNDS.finishedWords);
}

/** The first so many characters, without half a word at the end. */
function start(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return cut.slice(0, Math.max(cut.search(/\s\S*$/), 0) || most);
}
