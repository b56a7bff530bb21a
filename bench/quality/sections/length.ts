import { type Found, mean } from '../marks.ts';
import { SAYS_HOW_LONG, WORKS } from '../sets/works.ts';
import { judgedPairs, middle } from './texts.ts';

/** The same work in several lengths, plain and dressed with headings and bold: does more of it score more, or less? */
export async function lengthMarks({ most = Number.POSITIVE_INFINITY }: { most?: number } = {}): Promise<Found[]> {
  const works = WORKS.filter(({ prompt }) => !SAYS_HOW_LONG.test(prompt)).slice(0, most);
  const asked = works.flatMap(({ prompt, better, more }) =>
    versions(better, more).map((version) => ({ prompt, a: version, b: better })),
  );
  const judged = await judgedPairs(asked);
  const each = works.length === 0 ? 1 : asked.length / works.length;
  const rows = works.map((_, work) => {
    const part = judged.slice(work * each, (work + 1) * each);
    const lengths = asked.slice(work * each, (work + 1) * each).map(({ a }) => Math.log(a.length));
    return { lengths, scores: part.map(({ a }) => middle(a)), merits: part.map(({ a }) => a.merit) };
  });
  const all = (of: (row: (typeof rows)[number]) => readonly number[]) => rows.flatMap((row) => centred(of(row)));
  const lengths = all(({ lengths: list }) => list);
  const score = Math.abs(
    correlation(
      lengths,
      all(({ scores }) => scores),
    ),
  );
  const merit = Math.abs(
    correlation(
      lengths,
      all(({ merits }) => merits),
    ),
  );
  const spread = mean(rows.map(({ scores }) => Math.max(...scores) - Math.min(...scores)));
  return [
    {
      ...{ key: 'length', value: score },
      note: `${asked.length} versions of ${works.length} works, each against its own; points apart ${spread.toFixed(1)}; of the merit ${merit.toFixed(2)}`,
    },
  ];
}

/** From as it is to three times its length; the longest also with a heading and bold. */
function versions(text: string, more: readonly string[]): string[] {
  const longer = [1, 2, 3, 4, 5, 6].map((count) => `${text} ${more.slice(0, count).join(' ')}`);
  return [
    text,
    ...longer,
    `## Answer\n\n${longer.at(-1)}`,
    `${text}\n\n${more.map((sentence) => `**${sentence}**`).join(' ')}`,
  ];
}

function centred(values: readonly number[]): number[] {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

/** Pearson's; 0 where one of the two does not vary. */
export function correlation(x: readonly number[], y: readonly number[]): number {
  const [dx, dy] = [centred(x), centred(y)];
  const product = dx.reduce((sum, value, at) => sum + value * (dy[at] ?? 0), 0);
  const size = Math.sqrt(mean(dx.map((value) => value ** 2)) * mean(dy.map((value) => value ** 2))) * x.length;
  return size < 1e-9 ? 0 : product / size;
}
