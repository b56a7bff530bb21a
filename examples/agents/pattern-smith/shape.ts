import { kindOf } from './sets.ts';

/** How examples are built: fields of letters and digits, parted by marks. Pure. */

export interface Token {
  kind: 'field' | 'mark';
  text: string;
}

/** All that stands at one place of the pattern; a column that some examples lack stands in an optional part. */
export interface Column {
  kind: 'field' | 'mark';
  values: string[];
}

/** Columns from `start` to before `end` may be missing together. Optional parts nest or lie apart. */
export interface Optional {
  start: number;
  end: number;
}

export interface Shape {
  columns: Column[];
  optional: Optional[];
  /** The last two columns come so many times or more. */
  repeat?: { min: number };
}

export function tokens(example: string): Token[] {
  const result: Token[] = [];
  for (const char of example) {
    const kind = kindOf(char) === 'mark' ? 'mark' : 'field';
    const last = result.at(-1);
    if (last?.kind === kind && (kind === 'field' || last.text.endsWith(char))) last.text += char;
    else result.push({ kind, text: char });
  }
  return result;
}

/** One shape where all examples fit into it, else one for each way in which they are built. */
export function shapesOf(examples: readonly string[], isMarkExact: boolean): Shape[] {
  const groups = new Map<string, Token[][]>();
  for (const example of examples) {
    const list = tokens(example);
    const key = JSON.stringify(list.map((token) => keyOf(token, isMarkExact)));
    groups.set(key, [...(groups.get(key) ?? []), list]);
  }
  const chain = isMarkExact && groups.size > 1 ? chained([...groups.values()].flat()) : null;
  if (chain) return [chain];
  const sorted = [...groups.values()].toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
  const one = merged(sorted, isMarkExact);
  return one ? [one] : sorted.map((group) => shapeOf(group));
}

/** `a_b`, `a_b_c`: fields in a chain of any length, with the same mark between them all. */
function chained(lists: readonly Token[][]): Shape | null {
  const marks = new Set(lists.flatMap((list) => list.filter(({ kind }) => kind === 'mark').map(({ text }) => text)));
  const areChains = lists.every(
    (list) => list.length % 2 === 1 && list.every(({ kind }, at) => kind === (at % 2 === 0 ? 'field' : 'mark')),
  );
  const [mark] = marks;
  if (!areChains || marks.size !== 1 || mark === undefined) return null;
  const fields = lists.map((list) => list.filter(({ kind }) => kind === 'field').map(({ text }) => text));
  const first = { kind: 'field' as const, values: fields.map(([value = '']) => value) };
  const next = { kind: 'field' as const, values: fields.flatMap((list) => list.slice(1)) };
  const min = Math.min(...fields.map(({ length }) => length)) - 1;
  return { columns: [first, { kind: 'mark', values: [mark] }, next], optional: [], repeat: { min } };
}

function keyOf({ kind, text }: Token, isMarkExact: boolean): string {
  return kind === 'mark' && isMarkExact ? text : kind;
}

function shapeOf(group: readonly Token[][]): Shape {
  const [first = []] = group;
  const columns = first.map(({ kind }, at) => ({ kind, values: group.map((list) => list[at]?.text ?? '') }));
  return { columns: columns.flatMap(intoRuns), optional: [] };
}

/** The longest shape with parts left out for the others, or null where that does not work out. */
function merged(groups: readonly (readonly Token[][])[], isMarkExact: boolean): Shape | null {
  const [longest = [], ...others] = groups;
  const model = longest[0] ?? [];
  const columns: Column[] = model.map(({ kind }, at) => ({
    kind,
    values: longest.map((list) => list[at]?.text ?? ''),
  }));
  const optional: Optional[] = [];
  for (const group of others) {
    const gap = gapIn(model, group[0] ?? [], isMarkExact);
    if (!gap || optional.some((other) => crosses(gap, other))) return null;
    if (!optional.some(({ start, end }) => start === gap.start && end === gap.end)) optional.push(gap);
    for (const list of group) {
      for (const [at, { text }] of list.entries())
        columns[at < gap.start ? at : at + gap.end - gap.start]?.values.push(text);
    }
  }
  return withRuns(columns, optional);
}

/** What has to be left out of the model to get the shorter list. */
function gapIn(model: readonly Token[], shorter: readonly Token[], isMarkExact: boolean): Optional | null {
  const isSame = (a: Token | undefined, b: Token | undefined) =>
    a && b && keyOf(a, isMarkExact) === keyOf(b, isMarkExact);
  let start = 0;
  while (start < shorter.length && isSame(model[start], shorter[start])) start++;
  // A part that begins with a mark reads better: "(?:-\d+)?" and not "(?:\d+-)?".
  for (let begin = start; begin >= 0; begin--) {
    const end = begin + model.length - shorter.length;
    const rest = shorter.slice(begin);
    const fits = rest.every((token, i) => isSame(model[end + i], token));
    if (fits && (model[begin]?.kind === 'mark' || begin === 0 || begin === start)) return { start: begin, end };
  }
  return null;
}

function crosses(a: Optional, b: Optional): boolean {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  return second.start < first.end && second.end > first.end && second.start > first.start;
}

/** Splits each field into runs of one kind where all its values are built alike, and moves the optional parts along. */
function withRuns(columns: readonly Column[], optional: readonly Optional[]): Shape {
  const split = columns.map(intoRuns);
  const place = (at: number) => split.slice(0, at).reduce((sum, list) => sum + list.length, 0);
  return {
    columns: split.flat(),
    optional: optional.map(({ start, end }) => ({ start: place(start), end: place(end) })),
  };
}

const RUNS = /\d+|\p{Lu}+|\p{Ll}+|[^\d\p{Lu}\p{Ll}]+/gu;

function intoRuns(column: Column): Column[] {
  if (column.kind === 'mark') return [column];
  const runs = column.values.map((value) => value.match(RUNS) ?? []);
  const kinds = runs.map((list) => list.map((run) => kindOf([...run][0] ?? '')).join());
  // Letters without a case would meet letters with one: such fields stay whole, so that neighbours never overlap.
  if (new Set(kinds).size !== 1 || kinds[0]?.includes('letter')) return [column];
  return (runs[0] ?? []).map((_, at) => ({ kind: 'field', values: runs.map((list) => list[at] ?? '') }));
}
