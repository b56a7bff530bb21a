// Which of the results are drawn, by the name of their file.
import type { PolicyResult } from './compare.ts';
import type { Marks } from './marks.ts';
import { bars, type Drawing, lines } from './plot.ts';
import type { Result } from './report.ts';

const SHOWN: readonly (keyof Marks)[] = [
  'welfare',
  'best_choice',
  'newcomers_tried',
  'newcomers_thrive',
  'newcomers_parity',
  'gini',
  'bad_calls',
  'bad_credits',
];

export function drawings({ honest, attacked, attacks }: Result): Map<string, string> {
  const files = new Map<string, string>();
  if (honest.length > 0) files.set('honest.svg', bars(marksOf('Policies, nobody attacks', honest, SHOWN.slice(0, 6))));
  if (attacked.length > 0) {
    files.set('attacked.svg', bars(marksOf('Policies, one person of each kind attacks', attacked, SHOWN)));
    files.set('course.svg', lines(courseOf(attacked)));
  }
  if (attacks.length > 0) {
    const series = (['calls', 'picks', 'credits'] as const).map((what) => ({ what, file: `attack-${what}.svg` }));
    for (const { what, file } of series) {
      const values = (which: 'twin' | 'attacked' | 'undefended') => attacks.map((one) => one[which]?.[what] ?? null);
      files.set(
        file,
        bars({
          title: `${what} of an attacker, per 100 tasks`,
          labels: attacks.map(({ attack }) => attack),
          series: [
            { name: 'the same person, honest', values: values('twin') },
            { name: 'attack', values: values('attacked') },
            { name: 'attack, without the defence', values: values('undefended') },
          ],
        }),
      );
    }
  }
  return files;
}

function marksOf(title: string, results: readonly PolicyResult[], keys: readonly (keyof Marks)[]): Drawing {
  return {
    title,
    labels: keys.map((key) => key.replaceAll('_', ' ')),
    series: results.map(({ policy, marks }) => ({ name: policy, values: keys.map((key) => marks[key]) })),
  };
}

function courseOf(results: readonly PolicyResult[]): Drawing {
  return {
    title: 'Welfare as the market goes on (tenths of its tasks), attacked',
    labels: Array.from({ length: results[0]?.course.length ?? 0 }, (_, tenth) => `${tenth + 1}`),
    series: results.map(({ policy, course }) => ({ name: policy, values: course })),
  };
}
