import { type CharSet, either, list, type Node, text } from './nodes.ts';
import { DIGIT, digitRange, digitsAnd, HEX, kindOf, seenSet, usualSet } from './sets.ts';
import type { Column } from './shape.ts';

/** What may stand in one column: the most general first, each later one takes less. All of them take all its values. */
export function choicesFor({ kind, values }: Column): Node[] {
  const distinct = [...new Set(values)];
  const [only = ''] = distinct;
  // Seen twice it is meant so; seen once in a part that others lack, it is an example of its kind.
  if (distinct.length === 1 && (kind === 'mark' || values.length > 1)) return [text(only)];
  if (kind === 'mark') return marks(distinct);
  const chars = new Set(distinct.flatMap((value) => [...value]));
  const lengths = new Set(distinct.map((value) => [...value].length));
  const isOnce = distinct.length === 1;
  const [set, ...others] = setsFor(chars);
  const general = set ? counted(set, lengths, isOnce) : [];
  const narrower = others.flatMap((other) => counted(other, lengths, isOnce));
  const isDigits = [...chars].every((char) => kindOf(char) === 'digit');
  const known =
    isDigits && !isOnce
      ? [...knownNumbers(distinct), ...byPlace(distinct, Math.min(...lengths), Math.max(...lengths))]
      : [];
  const words =
    distinct.length <= 8 && distinct.join('').length <= 48 ? [either(...distinct.toSorted().map(text))] : [];
  return [...general, ...known, ...narrower, ...words];
}

function setsFor(chars: ReadonlySet<string>): CharSet[] {
  const kinds = new Set([...chars].map(kindOf));
  const seen = seenSet(chars);
  if (kinds.size === 1) return kinds.has('digit') ? [usualSet(chars)] : [usualSet(chars), seen];
  const others = [...chars].filter((char) => kindOf(char) !== 'digit').length;
  const hex = kinds.has('digit') && [...chars].every((char) => HEX.has(char)) ? [HEX] : [];
  // Two letters between digits are a code, such as the X of a check digit; more are letters in general.
  const code = kinds.has('digit') && others <= 2 ? [digitsAnd(chars)] : [];
  return [...code, ...hex, usualSet(chars), seen];
}

/** Lengths that differ may go on as they like; if that takes too much, they stay within what was seen. */
function counted(set: CharSet, lengths: ReadonlySet<number>, isOnce: boolean): Node[] {
  const [min, max] = [Math.min(...lengths), Math.max(...lengths)];
  const times = (least: number, most: number): Node => ({ kind: 'set', set, min: least, max: most });
  const open = times(1, Number.POSITIVE_INFINITY);
  if (min === max) return isOnce && max > 1 ? [open, times(min, max)] : [times(min, max)];
  const exact =
    lengths.size <= 3 && max - min >= lengths.size
      ? [either(...[...lengths].toSorted((a, b) => a - b).map((length) => times(length, length)))]
      : [];
  return [open, times(min, max), ...exact];
}

function marks(distinct: readonly string[]): Node[] {
  const areSingle = distinct.every((mark) => [...mark].length === 1);
  if (areSingle) return [{ kind: 'set', set: seenSet(new Set(distinct)), min: 1, max: 1 }];
  return [either(...distinct.toSorted((a, b) => b.length - a.length).map(text))];
}

const digits = (min: number, max = min): Node => ({ kind: 'set', set: DIGIT, min, max });
const range = (first: string, last: string): Node => ({
  kind: 'set',
  set: digitRange(new Set([first, last])),
  min: 1,
  max: 1,
});
const NUMBERS: readonly { node: Node; fits: (value: string) => boolean }[] = [
  { node: either(list(text('0'), range('1', '9')), list(text('1'), range('0', '2'))), fits: within(2, 1, 12) },
  {
    node: either(list(text('0'), range('1', '9')), list(range('1', '2'), digits(1)), list(text('3'), range('0', '1'))),
    fits: within(2, 1, 31),
  },
  { node: either(list(range('0', '1'), digits(1)), list(text('2'), range('0', '3'))), fits: within(2, 0, 23) },
  { node: list(range('0', '5'), digits(1)), fits: within(2, 0, 59) },
  {
    node: either(
      list(text('25'), range('0', '5')),
      list(text('2'), range('0', '4'), digits(1)),
      list(text('1'), digits(2)),
      list(range('1', '9'), digits(1)),
      digits(1),
    ),
    fits: (value) => String(Number(value)) === value && Number(value) <= 255,
  },
];

/** Months, days, hours, minutes, and parts of network addresses. */
function knownNumbers(distinct: readonly string[]): Node[] {
  return NUMBERS.filter(({ fits }) => distinct.every(fits)).map(({ node }) => node);
}

function within(length: number, min: number, max: number): (value: string) => boolean {
  return (value) => value.length === length && Number(value) >= min && Number(value) <= max;
}

/** No leading zero; and, for numbers of one length, what was seen at each place. */
function byPlace(distinct: readonly string[], min: number, max: number): Node[] {
  const hasZero = distinct.some((value) => value.startsWith('0'));
  const start = range('1', '9');
  const noZero = hasZero ? [] : [max === 1 ? start : list(start, digits(min - 1, max - 1))];
  if (min !== max || max > 6) return noZero;
  const places = Array.from({ length: max }, (_, at) => new Set(distinct.map((value) => value[at] ?? '0')));
  const first = places[0]
    ? [list({ kind: 'set', set: digitRange(places[0]), min: 1, max: 1 }, ...(max > 1 ? [digits(max - 1)] : []))]
    : [];
  return [
    ...noZero,
    ...first,
    list(...places.map((seen): Node => ({ kind: 'set', set: digitRange(seen), min: 1, max: 1 }))),
  ];
}
