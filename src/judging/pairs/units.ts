/** Conversions that prompts ask for, by the units' names. Each group has what one of it is in the group's base. */
const GROUPS: readonly Readonly<Record<string, number>>[] = [
  {
    millimetre: 0.001,
    mm: 0.001,
    centimetre: 0.01,
    cm: 0.01,
    metre: 1,
    kilometre: 1_000,
    km: 1_000,
    inch: 0.0254,
    inche: 0.0254,
    foot: 0.3048,
    feet: 0.3048,
    yard: 0.9144,
    mile: 1_609.344,
  },
  {
    milligram: 0.001,
    mg: 0.001,
    gram: 1,
    kilogram: 1_000,
    kg: 1_000,
    tonne: 1_000_000,
    ounce: 28.349523,
    pound: 453.59237,
    lb: 453.59237,
  },
  { second: 1, minute: 60, hour: 3_600, day: 86_400, week: 604_800 },
  { millilitre: 0.001, ml: 0.001, litre: 1 },
];

const ASKED =
  /\b(?:convert|change|express|what is|how (?:much|long|far|heavy) is)\b\D{0,20}(\d[\d,]*(?:\.\d+)?) ?([a-z]+)\b[^.?]{0,15}\b(?:in|to|into)\b (?:a |an )?([a-z]+)/gi;
const HOW_MANY =
  /\bhow many ([a-z]+) (?:are |is |do )?(?:there )?(?:in|make(?: up)?)\b (?:an? )?(\d[\d,]*(?:\.\d+)?)? ?([a-z]+)/gi;

/** What the conversions that a text asks for come to. */
export function conversions(text: string): number[] {
  const one = [...text.matchAll(ASKED)].flatMap(([, amount = '', from = '', to = '']) => converted(amount, from, to));
  const other = [...text.matchAll(HOW_MANY)].flatMap(([, to = '', amount = '1', from = '']) =>
    converted(amount, from, to),
  );
  return [...one, ...other];
}

function converted(amount: string, from: string, to: string): number[] {
  const [source, target] = [unit(from), unit(to)];
  const group = GROUPS.find((units) => Object.hasOwn(units, source) && Object.hasOwn(units, target));
  if (!group || source === target) return [];
  return [(Number(amount.replace(/,/g, '')) * (group[source] ?? 0)) / (group[target] ?? 1)];
}

function unit(word: string): string {
  const small = word.toLowerCase().replace(/meter/, 'metre').replace(/liter/, 'litre');
  return small.length > 3 ? small.replace(/s$/, '') : small;
}
