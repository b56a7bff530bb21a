/** Small steps that every cleaner of tables needs. Pure. */

const EDGE_SPACE = /[\s\u00a0]+/gu;

export function squeezed(value: string): string {
  return value.normalize('NFC').replace(EDGE_SPACE, ' ').trim();
}

/** A value as it is compared: without case, width and spare spaces. */
export function folded(value: string): string {
  return squeezed(value.normalize('NFKC')).toLowerCase();
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** Numbers by value when both are numbers, everything else by text; blank values come last. */
export function compareValues(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  if (NUMBER.test(a) && NUMBER.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A new list in the order of one column; equal values stay as they were. */
export function sortedRows<T extends readonly string[]>(rows: readonly T[], at: number, order: 'ascending' | 'descending'): T[] {
  const sign = order === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[at] ?? '', b[at] ?? ''];
    return x === '' || y === '' ? compareValues(x, y) : sign * compareValues(x, y);
  });
}

/** One key for each record that is the same by these columns. */
export function keyOf(row: readonly string[], columns: readonly number[]): string {
  return JSON.stringify(columns.map((at) => folded(row[at] ?? '')));
}
