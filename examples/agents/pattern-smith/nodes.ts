/** A small language of patterns that matches in bounded time, whatever it is matched against. Pure. */

export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'set'; set: CharSet; min: number; max: number }
  | { kind: 'list'; nodes: readonly Node[] }
  | { kind: 'either'; options: readonly Node[] }
  | { kind: 'maybe'; node: Node }
  | { kind: 'repeat'; node: Node; min: number };

/** Characters by how a regular expression writes them, what they are called, and which they are. */
export interface CharSet {
  /** As it stands inside of square brackets. */
  inside: string;
  /** As it stands alone, where that is shorter. */
  alone?: string;
  name: string;
  has: (char: string) => boolean;
}

/** Work that may still be done: matching takes from it, and stops where there is none. */
export interface Fuel {
  left: number;
}

export const list = (...nodes: readonly Node[]): Node => ({ kind: 'list', nodes });
export const text = (value: string): Node => ({ kind: 'text', text: value });
export const either = (...options: readonly Node[]): Node => ({ kind: 'either', options });

/** Whether the node matches the whole text. Keeps the set of all places reached, and never goes back. */
export function matches(node: Node, value: string, fuel: Fuel): boolean {
  const chars = [...value];
  return reach(node, chars, new Set([0]), fuel).has(chars.length);
}

function reach(node: Node, chars: readonly string[], from: ReadonlySet<number>, fuel: Fuel): Set<number> {
  fuel.left -= from.size;
  if (from.size === 0 || fuel.left <= 0) return new Set();
  switch (node.kind) {
    case 'text': {
      const wanted = [...node.text];
      const fits = (at: number) => wanted.every((char, i) => chars[at + i] === char);
      return new Set([...from].filter(fits).map((at) => at + wanted.length));
    }
    case 'set':
      return reachSet(node, chars, from, fuel);
    case 'list': {
      let places = new Set(from);
      for (const part of node.nodes) places = reach(part, chars, places, fuel);
      return places;
    }
    case 'either':
      return new Set(node.options.flatMap((option) => [...reach(option, chars, from, fuel)]));
    case 'maybe':
      return new Set([...from, ...reach(node.node, chars, from, fuel)]);
    case 'repeat':
      return reachAgain(node, chars, from, fuel);
  }
}

/** Once or more: as long as a round reaches a place where none before it was. */
function reachAgain(
  { node, min }: Extract<Node, { kind: 'repeat' }>,
  chars: readonly string[],
  from: ReadonlySet<number>,
  fuel: Fuel,
): Set<number> {
  const places = new Set<number>(min === 0 ? from : []);
  let edge = new Set(from);
  for (let round = 1; edge.size > 0; round++) {
    const reached = reach(node, chars, edge, fuel);
    edge = new Set([...reached].filter((at) => round < min || !places.has(at)));
    if (round >= min) for (const at of reached) places.add(at);
  }
  return places;
}

function reachSet(
  { set, min, max }: Extract<Node, { kind: 'set' }>,
  chars: readonly string[],
  from: ReadonlySet<number>,
  fuel: Fuel,
): Set<number> {
  const places = new Set<number>();
  for (const start of from) {
    for (let count = 0; count <= max; count++) {
      fuel.left--;
      if (count >= min) places.add(start + count);
      const char = chars[start + count];
      if (char === undefined || !set.has(char)) break;
    }
  }
  return places;
}

/** The node as a regular expression for the flag `u`. */
export function sourceOf(node: Node): string {
  switch (node.kind) {
    case 'text':
      return escapedText(node.text);
    case 'set':
      return (node.set.alone ?? `[${node.set.inside}]`) + times(node.min, node.max);
    case 'list':
      return node.nodes.map(sourceOf).join('');
    case 'either':
      return `(?:${node.options.map(sourceOf).join('|')})`;
    case 'maybe':
      return isSingle(node.node) ? `${sourceOf(node.node)}?` : `(?:${sourceOf(node.node)})?`;
    case 'repeat':
      return `(?:${sourceOf(node.node)})${times(node.min, Number.POSITIVE_INFINITY) || '+'}`;
  }
}

function isSingle(node: Node): boolean {
  if (node.kind === 'text') return [...node.text].length === 1;
  return node.kind === 'set' ? node.min === 1 && node.max === 1 : node.kind === 'either';
}

function times(min: number, max: number): string {
  if (min === 1 && max === 1) return '';
  if (max === Number.POSITIVE_INFINITY) return min === 1 ? '+' : min === 0 ? '*' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

export function escapedText(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

export function escapedInside(char: string): string {
  return /[\\\]^[-]/.test(char) ? `\\${char}` : char;
}

/** The node in words, for people who don't read patterns. */
export function wordsFor(node: Node): string {
  switch (node.kind) {
    case 'text':
      return `"${node.text}"`;
    case 'set': {
      const { min, max } = node;
      const count = min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `${min} or more` : `${min} to ${max}`;
      return `${count} × ${node.set.name}`;
    }
    case 'list':
      return node.nodes.map(wordsFor).join(', ');
    case 'either':
      return node.options.map(wordsFor).join(' or ');
    case 'maybe':
      return `perhaps (${wordsFor(node.node)})`;
    case 'repeat':
      return `${node.min} times or more (${wordsFor(node.node)})`;
  }
}
