import { parseArgs } from 'node:util';
import { crossValidated, decide, learned, majority, recordOf } from '../judging/panel/jury.js';
import { BadRecording, type Naming, RecordedLine, type Recording, readRecording } from '../judging/panel/recorded.js';
import { shareOf } from '../judging/panel/share.js';
import { printLine, readLines, runCommand, Unusable } from './command.js';

const USAGE = `Usage: npm run -s measure:panel -- FILE [--votes answers|places] [--ties]
  FILE has lines of {"item", "judge", "order", "vote"}; labels stand in "label" of any line of the item.`;

/** Beyond this, learning the weights takes minutes. */
const MOST_JUDGES = 200;
const Z = 1.96;

interface Options {
  readonly path: string;
  readonly naming: Naming | undefined;
  readonly ties: boolean;
}

await runCommand(USAGE, async (args) => {
  const options = parsed(args);
  const recording = await read(options);
  if (recording.judges.length > MOST_JUDGES) throw new Unusable(`At most ${MOST_JUDGES} judges at a time.`);
  warn(recording, options);
  printLine(rounded(report(recording, options)));
});

function parsed(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { votes: { type: 'string' }, ties: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [path, ...more] = positionals;
  if (!path || more.length > 0) throw new Unusable('One FILE is needed.');
  const { votes, ties } = values;
  if (votes !== undefined && votes !== 'answers' && votes !== 'places')
    throw new Unusable('--votes must be answers or places.');
  return { path, naming: votes, ties };
}

async function read({ path, naming }: Options): Promise<Recording> {
  try {
    const lines: RecordedLine[] = [];
    for await (const line of readLines(path, RecordedLine)) lines.push(line);
    return readRecording(lines, naming);
  } catch (error) {
    throw error instanceof BadRecording ? new Unusable(`${path}: ${error.message}`) : error;
  }
}

function warn({ naming, unread }: Recording, options: Options): void {
  if (naming === 'places' && !options.naming)
    console.error(
      'Votes were read as the place that was shown: it fits the labels far better. --votes answers forbids it.',
    );
  for (const [word, times] of unread) console.error(`${times} votes say nothing that is known: ${word.slice(0, 80)}`);
}

function report({ judges, questions, naming }: Recording, { ties }: Options) {
  const jury = learned(judges, questions);
  const { mean, covariance, labels } = jury.overall;
  const rows = judges.map((judge, at) => {
    const { right, wrong, split, alone } = recordOf(questions, at);
    const [weight, spread] = [mean[at] ?? 0, Z * Math.sqrt(covariance[at]?.[at] ?? 0)];
    const share = shareOf(right + split / 2, right + wrong + split);
    return { judge, weight, low: weight - spread, high: weight + spread, right, wrong, split, alone, accuracy: share };
  });
  return {
    votes_name: naming,
    labels,
    learned: labels > 0,
    weights: Object.fromEntries(rows.map(({ judge, weight }) => [judge, weight])),
    ...kindWeights(jury),
    judges: rows,
    accuracy: { panel: crossValidated(judges, questions), majority: majority(questions), best_judge: best(rows) },
    verdicts: questions.map((question) => {
      const { verdict, ...rest } = decide(jury, question);
      return { item: question.item, verdict: ties && !rest.sure ? 'tie' : verdict, ...rest };
    }),
  };
}

function kindWeights({ judges, kinds }: ReturnType<typeof learned>) {
  if (kinds.size === 0) return {};
  const table = [...kinds].map(([kind, { mean }]) => [kind, Object.fromEntries(judges.map((j, at) => [j, mean[at]]))]);
  return { weights_by_kind: Object.fromEntries(table) };
}

function best<T extends { readonly judge: string; readonly accuracy: { readonly share: number | null } }>(
  rows: readonly T[],
) {
  const [first] = rows.toSorted((a, b) => (b.accuracy.share ?? 0) - (a.accuracy.share ?? 0));
  return first ? { judge: first.judge, ...first.accuracy } : null;
}

/** Numbers to four places: more would be noise. */
function rounded<T>(value: T): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === 'number' ? Math.round(part * 1e4) / 1e4 : part)),
  );
}
