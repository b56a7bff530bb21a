import { type Found, mean } from '../marks.ts';
import { pairs as given } from '../pairs.ts';
import { WORKS } from '../sets/works.ts';
import { type Asked, judgedPairs, type PairLine } from './texts.ts';

const TURNED = { a: 'b', b: 'a', tie: 'tie' } as const;

/** Two answers to a prompt: is the verdict the same whichever comes first, and is the better one named? */
export async function pairsMarks({ most = Number.POSITIVE_INFINITY }: { most?: number } = {}): Promise<Found[]> {
  const own = WORKS.map(({ prompt, better, dressed }) => ({ prompt, a: better, b: dressed }));
  // Of the other set the half that its rules were not made on.
  const others = given
    .filter((_, at) => at % 2 === 1)
    .map(({ set, prompt, better, worse }) => ({ set, prompt, a: better, b: worse }));
  const all: Asked[] = [...own, ...others].slice(0, most);
  const forth = await judgedPairs(all);
  const back = await judgedPairs(all.map(({ prompt, a, b }) => ({ prompt, a: b, b: a })));
  const same = forth.map(({ verdict }, at) => (back[at]?.verdict === TURNED[verdict] ? 1 : 0));
  const dressed = others.flatMap(({ set }, at) => (set === 'dressed' ? [own.length + at] : []));
  const [mine, theirs] = [credit(forth.slice(0, own.length)), credit(dressed.flatMap((at) => forth[at] ?? []))];
  const counts = forth.slice(0, own.length);
  const wrong = counts.filter(({ verdict }) => verdict === 'b').length;
  return [
    { key: 'swap', value: mean(same), note: `${all.length} pairs, both ways round` },
    {
      ...{ key: 'dressed', value: mine },
      note: `${counts.length} own pairs, ${wrong} wrong; ${theirs.toFixed(2)} on ${dressed.length} of another set; the longer one: 0`,
    },
  ];
}

/** The better one is always `a`. */
function credit(lines: readonly PairLine[]): number {
  return mean(lines.map(({ verdict }) => ({ a: 1, tie: 0.5, b: 0 })[verdict]));
}
