/** Small steps that every cleaner of tables needs. Pure. */

const EDGE_SPACE = /[\s\u00a0]+/gu;

export function squeezed(value: string): string {
  return value.normalize('NFC').replace(EDGE_SPACE, ' ').trim();
}

/** A value as it is compared: without case, width and spare spaces. */
export function folded(value: string): string {
  return squeezed(value.normalize('NFKC')).toLowerCase();
}

const NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;
const byText = new Intl.Collator('en');

/** A new list in the order of one column: by value when all of it is numbers, else by text. Blank is the least. */
export function sortedRows<T extends readonly string[]>(
  rows: readonly T[],
  at: number,
  order: 'ascending' | 'descending',
): T[] {
  const isNumeric = rows.every((row) => row[at] === '' || NUMBER.test(row[at] ?? ''));
  const compare = isNumeric ? (a: string, b: string) => numberOf(a) - numberOf(b) : byText.compare;
  const sign = order === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => sign * compare(a[at] ?? '', b[at] ?? ''));
}

function numberOf(text: string): number {
  return text === '' ? -Number.MAX_VALUE : Number(text);
}

/** One key for each record that is the same by these columns. */
export function keyOf(row: readonly string[], columns: readonly number[]): string {
  return JSON.stringify(columns.map((at) => folded(row[at] ?? '')));
}
