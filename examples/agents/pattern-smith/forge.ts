import { choicesFor } from './choices.ts';
import { either, escapedText, type Fuel, list, matches, type Node, sourceOf, wordsFor } from './nodes.ts';
import { type Optional, type Shape, shapesOf } from './shape.ts';

export interface Examples {
  accept: readonly string[];
  reject: readonly string[];
  maxLength: number;
}

export interface Forged {
  /** For the flag `u`; it matches from beginning to end. */
  pattern: string;
  /** What it takes, in words. */
  words: string;
  /** Bad examples that only an exception by name keeps out. */
  named: string[];
  isTooLong: boolean;
}

const MAX_BRANCHES = 6;
const PROOF_FUEL = 3_000_000;

/**
 * Looks for the simplest pattern that takes every good example and no bad one: the examples are laid one over the
 * other, each place gets a list of choices from general to narrow, and places are narrowed only as far as the bad
 * examples demand. The result has been tried on all of them, here and not by an engine that could run away. Null when there is none.
 *
 * @param fuel steps of matching that may be spent
 */
export function forged(examples: Examples, fuel: Fuel): Forged | null {
  const { accept, maxLength } = examples;
  const found = [true, false]
    .map((isMarkExact) => shapesOf(accept, isMarkExact))
    .filter((shapes) => shapes.length <= MAX_BRANCHES)
    .flatMap((shapes) => candidate(shapes, examples, fuel) ?? [])
    .map((one) => ({ ...one, isTooLong: one.pattern.length > maxLength }));
  // The one that keeps marks apart comes first, and stays so unless the other is better in what can be checked.
  return (
    found.toSorted((a, b) => a.named.length - b.named.length || Number(a.isTooLong) - Number(b.isTooLong))[0] ?? null
  );
}

function candidate(
  shapes: readonly Shape[],
  { accept, reject }: Examples,
  fuel: Fuel,
): Omit<Forged, 'isTooLong'> | null {
  const bench = new Bench(shapes, reject, fuel);
  bench.narrow();
  bench.relax();
  const node = bench.node();
  const proof = { left: PROOF_FUEL };
  const named = reject.filter((text) => matches(node, text, proof));
  const isProven = accept.every((text) => matches(node, text, proof)) && proof.left > 0;
  const except = named.length > 0 ? `(?!(?:${named.map(escapedText).join('|')})$)` : '';
  return isProven ? { pattern: `^${except}${sourceOf(node)}$`, named, words: wordsFor(node) } : null;
}

/** One place of a pattern, with the choice that is made for it. */
interface Place {
  choices: Node[];
  chosen: number;
}

class Bench {
  private readonly branches: { places: Place[]; optional: Optional[]; repeat: { min: number } | null }[];
  private readonly places: Place[];
  private readonly reject: readonly string[];
  private readonly fuel: Fuel;

  constructor(shapes: readonly Shape[], reject: readonly string[], fuel: Fuel) {
    this.branches = shapes.map(({ columns, optional, repeat }) => ({
      places: columns.map((column) => ({ choices: choicesFor(column), chosen: 0 })),
      optional,
      repeat: repeat ?? null,
    }));
    this.places = this.branches.flatMap(({ places }) => places);
    this.reject = reject;
    this.fuel = fuel;
  }

  node(): Node {
    const branches = this.branches.map((_, i) => this.branch(i));
    return branches.length === 1 && branches[0] ? branches[0] : either(...branches);
  }

  branch(at: number): Node {
    const { places = [], optional = [], repeat } = this.branches[at] ?? {};
    const nodes = places.map(({ choices, chosen }) => choices[chosen] ?? list());
    if (repeat) return list(...nodes.slice(0, -2), { kind: 'repeat', node: list(...nodes.slice(-2)), min: repeat.min });
    return list(...assembled(nodes, optional, 0, places.length));
  }

  /** Bad examples that the pattern still takes. */
  taken(): string[] {
    const node = this.node();
    return this.reject.filter((text) => matches(node, text, this.fuel));
  }

  /** Takes, again and again, the one narrower choice that keeps out the most bad examples for the least change. */
  narrow(): void {
    for (let taken = this.taken().length; taken > 0 && this.fuel.left > 0; ) {
      const step = this.bestStep(taken);
      if (!step) return;
      step.place.chosen = step.chosen;
      taken = step.taken;
    }
  }

  private bestStep(taken: number): { place: Place; chosen: number; taken: number } | null {
    let best: { place: Place; chosen: number; taken: number; worth: number } | null = null;
    for (const place of this.places) {
      const before = place.chosen;
      for (let chosen = before + 1; chosen < place.choices.length && this.fuel.left > 0; chosen++) {
        place.chosen = chosen;
        const left = this.taken().length;
        const worth = (taken - left) / (chosen - before + 1);
        if (worth > (best?.worth ?? 0)) best = { place, chosen, taken: left, worth };
      }
      place.chosen = before;
    }
    return best;
  }

  /** Goes back to the more general choice wherever it turns out not to matter. */
  relax(): void {
    const most = this.taken().length;
    for (const place of this.places) {
      const before = place.chosen;
      for (let chosen = 0; chosen < before && this.fuel.left > 0; chosen++) {
        place.chosen = chosen;
        if (this.taken().length <= most && this.fuel.left > 0) break;
        place.chosen = before;
      }
    }
  }
}

/** The nodes from `start` to before `end`, with the optional parts among them folded up. */
function assembled(nodes: readonly Node[], optional: readonly Optional[], start: number, end: number): Node[] {
  const result: Node[] = [];
  for (let at = start; at < end; ) {
    const inside = optional.filter((part) => part.start === at && part.end <= end && part.end > at);
    const outer = inside.toSorted((a, b) => b.end - a.end)[0];
    if (outer) {
      const others = optional.filter((part) => part !== outer);
      result.push({ kind: 'maybe', node: list(...assembled(nodes, others, at, outer.end)) });
      at = outer.end;
    } else {
      const node = nodes[at];
      if (node) result.push(node);
      at++;
    }
  }
  return result;
}
