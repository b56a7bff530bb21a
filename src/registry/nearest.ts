/**
 * The known word that somebody who typed `word` most likely meant: at most a third of its letters wrong, missing,
 * superfluous or swapped with their neighbour. null when none is that close.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const typed = word.toLowerCase().slice(0, 80);
  let best: { word: string; distance: number } | null = null;
  for (const candidate of known) {
    const distance = isPart(typed, candidate) ? 1 : editDistance(typed, candidate);
    if (distance <= Math.ceil(candidate.length / 3) && (best === null || distance < best.distance)) {
      best = { word: candidate, distance };
    }
  }
  return best?.word ?? null;
}

/** `csv` means `csv-cleaning`. */
function isPart(typed: string, candidate: string): boolean {
  return typed.length >= 3 && candidate.split('-').includes(typed);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), by rows of the table. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same, swapped));
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
