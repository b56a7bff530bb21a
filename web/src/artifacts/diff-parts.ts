import { diffLines, diffWordsWithSpace } from 'diff';

export type By = 'lines' | 'words';
export interface Part {
  /** `folded`: the same on both sides, and too long to be shown unasked. */
  readonly kind: 'same' | 'added' | 'removed' | 'folded';
  readonly text: string;
}

/** What is compared at most, in characters of each, and for how long: two hostile texts can be far apart in very many ways. */
export const MOST_COMPARED = 200_000;
const TIMEOUT_MS = 1_500;
const CONTEXT_LINES = 3;

/** How one text becomes the other, in order. Null: they are too long, or too different to say it in time. */
export function partsOf(before: string, after: string, by: By): Part[] | null {
  if (Math.max(before.length, after.length) > MOST_COMPARED) return null;
  const within = { timeout: TIMEOUT_MS };
  const changes = by === 'lines' ? diffLines(before, after, within) : diffWordsWithSpace(before, after, within);
  return (
    changes?.map(({ value, added, removed }) => ({
      text: value,
      kind: added ? 'added' : removed ? 'removed' : 'same',
    })) ?? null
  );
}

/** The same parts with long stretches that did not change folded away, but for the lines next to a change. */
export function folded(parts: readonly Part[]): Part[] {
  return parts.flatMap((part, i): Part[] => {
    const lines = part.text.split(/(?<=\n)/);
    const head = i === 0 ? 0 : CONTEXT_LINES;
    const tail = i === parts.length - 1 ? 0 : CONTEXT_LINES;
    const hidden = lines.length - head - tail;
    if (part.kind !== 'same' || hidden <= CONTEXT_LINES || parts.length === 1) return [part];
    const same = (from: number, to: number): Part[] =>
      from < to ? [{ kind: 'same', text: lines.slice(from, to).join('') }] : [];
    const middle: Part = { kind: 'folded', text: lines.slice(head, head + hidden).join('') };
    return [...same(0, head), middle, ...same(head + hidden, lines.length)];
  });
}
