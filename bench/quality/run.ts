import type { Found, Section } from './marks.ts';
import { injectionMarks } from './sections/injection.ts';
import { judgeMarks } from './sections/judge.ts';
import { latencyMarks } from './sections/latency.ts';
import { lengthMarks } from './sections/length.ts';
import { pairsMarks } from './sections/pairs.ts';
import { panelMarks } from './sections/panel.ts';
import { rankMarks } from './sections/rank.ts';
import { rulesMarks } from './sections/rules.ts';
import { testsMarks } from './sections/tests.ts';
import { worldMarks } from './sections/world.ts';

/** `whole` is what docs/quality.md shows; `small` only shows that all of it still runs. */
export type Size = 'whole' | 'small';

const RUNS: Record<Section, (isWhole: boolean) => Promise<Found[]>> = {
  rank: (isWhole) =>
    rankMarks(
      isWhole ? { seeds: [1, 2], agents: 300, tasks: 100 } : { seeds: [1], agents: 40, tasks: 6, lies: ['keywords'] },
    ),
  latency: (isWhole) => latencyMarks(isWhole ? { agents: 100_000, tasks: 600 } : { agents: 200, tasks: 5 }),
  world: (isWhole) => worldMarks(isWhole ? { worlds: 2, orders: 5 } : { worlds: 1, orders: 1, size: 0.3 }),
  rules: (isWhole) => rulesMarks({ rounds: isWhole ? 12 : 1 }),
  tests: (isWhole) => testsMarks(isWhole ? {} : { most: 2 }),
  pairs: (isWhole) => pairsMarks(isWhole ? {} : { most: 3 }),
  length: (isWhole) => lengthMarks(isWhole ? {} : { most: 2 }),
  injection: (isWhole) => injectionMarks(isWhole ? {} : { works: 1, passages: 2 }),
  panel: (isWhole) => panelMarks(isWhole ? { pairs: 300, worlds: 4 } : { pairs: 60, worlds: 1 }),
  judge: (isWhole) => judgeMarks(isWhole ? {} : { most: 1 }),
};

/** The marks of a section, measured. The same code gives the same figures, but for times. */
export function runSection(section: Section, size: Size): Promise<Found[]> {
  return RUNS[section](size === 'whole');
}
