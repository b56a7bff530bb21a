/** A growing list of whole numbers, four bytes each. */
export class Postings {
  private list = new Uint32Array(4);
  private used = 0;
  /** How many of them still hold: what was removed stays in the list until it is made anew. */
  holders = 0;

  get length(): number {
    return this.used;
  }

  push(slot: number): void {
    if (this.used === this.list.length) {
      const larger = new Uint32Array(this.used * 2);
      larger.set(this.list);
      this.list = larger;
    }
    this.list[this.used++] = slot;
    this.holders += 1;
  }

  /** No copy: valid until the next push. */
  slots(): Uint32Array {
    return this.list.subarray(0, this.used);
  }
}

/** Names with a list each, numbered in the order in which they came. */
export class Dictionary {
  private readonly ids = new Map<string, number>();
  private readonly lists: Postings[] = [];
  private readonly names: string[] = [];

  get size(): number {
    return this.lists.length;
  }

  id(name: string): number | undefined {
    return this.ids.get(name);
  }

  add(name: string): number {
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const id = this.lists.length;
    this.ids.set(name, id);
    this.lists.push(new Postings());
    this.names.push(name);
    return id;
  }

  name(id: number): string {
    return this.names[id] ?? '';
  }

  list(id: number): Postings {
    const list = this.lists[id];
    if (!list) throw new RangeError(`There is no list ${id}.`);
    return list;
  }

  holders(name: string): number {
    const id = this.ids.get(name);
    return id === undefined ? 0 : this.list(id).holders;
  }
}

/** The `most` slots of the highest scores, best first; ties by slot. */
export function best(slots: readonly number[], scores: Float32Array, most: number): number[] {
  const heap: number[] = [];
  const worse = (a: number, b: number) => {
    const [x, y] = [scores[a] ?? 0, scores[b] ?? 0];
    return x === y ? a > b : x < y;
  };
  let least = Number.NEGATIVE_INFINITY;
  for (const slot of slots) {
    // Most are below all that were kept: they end here.
    if ((scores[slot] ?? 0) < least) continue;
    if (heap.length < most) rise(heap, slot, worse);
    else if (worse(heap[0] ?? 0, slot)) sink(heap, slot, worse);
    if (heap.length === most) least = scores[heap[0] ?? 0] ?? 0;
  }
  return heap.toSorted((a, b) => (worse(a, b) ? 1 : -1));
}

type Worse = (a: number, b: number) => boolean;

/** The worst stands first. */
function rise(heap: number[], slot: number, worse: Worse): void {
  let at = heap.push(slot) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] ?? 0;
    if (!worse(slot, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = slot;
}

function sink(heap: number[], slot: number, worse: Worse): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && worse(heap[child + 1] ?? 0, heap[child] ?? 0)) child += 1;
    const below = heap[child] ?? 0;
    if (!worse(below, slot)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = slot;
}
