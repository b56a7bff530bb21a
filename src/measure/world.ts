import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Settings } from '../platform/settings.js';
import { printLine, readJson, runCommand, Unusable, wholeNumber } from './command.js';
import { KINDS, makeWorld } from './world/made.js';
import { type Marks, marks, rounded } from './world/marks.js';
import { WorldFile } from './world/recorded.js';
import { simulate } from './world/simulate.js';

const USAGE = `Plays a recorded world through the real triage: who is called, and what the buyers get.

  npm run -s measure:world -- FILE [--k 5] [--seeds 10] [--experimentation 0.3]
  npm run -s measure:world -- --make KIND [--seed 1]     prints a made-up world instead: ${Object.keys(KINDS).join(', ')}

FILE (- is standard input): {"agents": [{"id", "capabilities": [category]} or id], "tasks": [{"id", "category"}],
"score": [agent][task], by position or by id, 0-1000; null: it would not have answered}.`;

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      k: { type: 'string', default: '5' },
      seeds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      experimentation: { type: 'string' },
      make: { type: 'string' },
    },
  });
  if (values.make !== undefined) return print(values.make, values.seed);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Unusable('One FILE is wanted.');
  const world = await readJson(file, WorldFile);
  const places = wholeNumber('--k', values.k, 1, 50);
  const experimentation = dial(values.experimentation);
  const seeds = Array.from({ length: wholeNumber('--seeds', values.seeds, 1, 1_000) }, (_, index) => `${index + 1}`);
  const runs = seeds.map((seed) => ({
    seed,
    ...marks(world, simulate(world, { places, experimentation, seed }), places),
  }));
  printLine({
    agents: world.agents.length,
    tasks: world.tasks.length,
    k: places,
    experimentation,
    mean: meanOf(runs),
    seeds: runs,
  });
});

function print(kind: string, seed: string): void {
  if (!Object.hasOwn(KINDS, kind)) throw new Unusable(`There is no kind "${kind}".`);
  const { agents, tasks, scores } = makeWorld(kind, seed);
  printLine({ agents, tasks, score: scores });
}

/** What the server would use, if nothing else is said. */
function dial(given: string | undefined): number {
  if (given === undefined) return Settings.shape.EXPERIMENTATION.parse(undefined);
  const parsed = z.coerce.number().min(0).max(1).safeParse(given);
  if (!parsed.success) throw new Unusable(`--experimentation must be from 0 to 1, not ${given}.`);
  return parsed.data;
}

function meanOf(runs: readonly Marks[]): Marks {
  const mean = (of: (run: Marks) => number) => rounded(runs.reduce((sum, run) => sum + of(run), 0) / runs.length);
  const early = runs.map((run) => run.newcomers_tried_twice_early).filter((share) => share !== null);
  return {
    share_of_best_k: {
      whole: mean((run) => run.share_of_best_k.whole),
      last_quarter: mean((run) => run.share_of_best_k.last_quarter),
    },
    share_of_best: {
      whole: mean((run) => run.share_of_best.whole),
      last_quarter: mean((run) => run.share_of_best.last_quarter),
    },
    newcomers_tried_twice_early:
      early.length > 0 ? rounded(early.reduce((sum, share) => sum + share, 0) / early.length) : null,
    gini: mean((run) => run.gini),
    never_tried: mean((run) => run.never_tried),
  };
}
