import { existsSync, rmSync } from 'node:fs';
import type { Found } from '../marks.ts';
import { jsonLines, measured } from '../measured.ts';
import { HOSTILE, SUMS, TRACE } from '../sets/hostile.ts';
import { PROBLEMS, variants } from '../sets/problems.ts';

export interface Line {
  readonly id: string;
  readonly verdict: 'pass' | 'fail' | 'not_run';
  readonly passed: number;
  readonly failed: number;
  readonly reason: string;
}

export interface TestsSize {
  /** So many problems and hostile solutions, evenly picked. Default: all. */
  readonly most?: number;
}

/** Solutions with and without a bug, and those that try everything but solving it. */
export async function testsMarks({ most = Number.POSITIVE_INFINITY }: TestsSize = {}): Promise<Found[]> {
  const problems = picked(PROBLEMS, most);
  const pairs = problems.flatMap((problem) => {
    const { right, wrong } = variants(problem);
    const { name, language, tests } = problem;
    return [
      { id: `right ${name}`, language, solution: right, tests },
      { id: `wrong ${name}`, language, solution: wrong, tests },
    ];
  });
  const told = await measured<Line>('tests', ['-'], jsonLines(pairs));
  const verdicts = new Map(told.map((line) => [line.id, line]));
  const run = problems.filter(({ name }) => verdicts.get(`right ${name}`)?.verdict !== 'not_run');
  const right = run.filter(
    ({ name }) =>
      verdicts.get(`right ${name}`)?.verdict === 'pass' && verdicts.get(`wrong ${name}`)?.verdict === 'fail',
  );
  const missed = run.filter((one) => !right.includes(one)).map(({ name }) => name);
  const skipped = problems.length - run.length;
  return [
    {
      ...{ key: 'mutants', value: run.length === 0 ? 0 : right.length / run.length },
      note: [
        `${run.length} problems`,
        ...(skipped > 0 ? [`${skipped} not run`] : []),
        ...(missed.length > 0 ? [`not: ${missed.join(', ')}`] : []),
      ].join('; '),
    },
    ...(await hostileMarks(most)),
  ];
}

async function hostileMarks(most: number): Promise<Found[]> {
  const trace = `/tmp/${TRACE}`;
  rmSync(trace, { force: true });
  const lines = picked(HOSTILE, most).flatMap(({ name, language, solution }) =>
    SUMS[language === 'python' ? 'python' : 'javascript'].map((tests, at) => ({
      id: `${language} ${name} ${at}`,
      language,
      solution,
      tests,
    })),
  );
  const told = await measured<Line>('tests', ['-'], jsonLines(lines)).catch(() => []);
  const passed = told.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
  const silent = lines.length - told.length;
  const effects = (existsSync(trace) ? 1 : 0) + silent;
  const notRun = told.filter(({ verdict }) => verdict === 'not_run').length;
  return [
    {
      key: 'hostilePassed',
      value: passed.length,
      note: `of ${lines.length}${passed.length > 0 ? `: ${passed.join(', ')}` : ''}${notRun > 0 ? `; ${notRun} not run` : ''}`,
    },
    {
      key: 'hostileEffects',
      value: effects,
      note: silent > 0 ? `${silent} without an answer` : 'every one was answered',
    },
  ];
}

function picked<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(all.length, most) }, (_, at) => all[Math.floor(at * step)] as T);
}
