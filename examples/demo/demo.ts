import process from 'node:process';
import { type Options, optionsFrom, USAGE } from './arguments.ts';
import type { Brief } from './brief.ts';
import { readBrief } from './brief-files.ts';
import { Failure, WrongArguments } from './failure.ts';
import { hintLines, keepLines } from './keep.ts';
import { looks, paint } from './paint.ts';
import { Processes } from './processes.ts';
import { Screen } from './screen.ts';
import { isEmpty, type Place, placeFor, ROOT, stopDatabase } from './server.ts';
import { type Stage, show } from './show.ts';
import { seconds } from './text.ts';

const WRONG_USE = 2;
const INTERRUPTED = 130;

/** Where the user stood when npm took over: npm runs every script in the project's own folder. */
const base = process.env.INIT_CWD ?? process.cwd();

async function main(argv: readonly string[]): Promise<number> {
  const options = optionsFrom(argv);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const brief = readBrief(options, base);
  const { live, colour } = looks(process.stdout.isTTY === true, process.env);
  const screen = new Screen(process.stdout, live, paint(colour));
  const place = placeFor(options, base, new Date());
  const processes = new Processes(place.logs, ROOT);
  const signal = interrupted();
  let code = 1;
  try {
    await perform(options, brief, { screen, processes, place, signal, base });
    code = 0;
  } catch (error) {
    code = signal.aborted ? INTERRUPTED : error instanceof WrongArguments ? WRONG_USE : 1;
    screen.end();
    if (!signal.aborted) console.error('\n%s', lineFor(error, place));
  }
  screen.end();
  if (signal.aborted) process.stdout.write('\nStopping the agents and the server ...\n');
  await end(processes, place, code !== 1);
  return code;
}

async function perform({ keep }: Options, brief: Brief, stage: Stage): Promise<void> {
  const { screen, signal } = stage;
  const startedAt = performance.now();
  const stopped = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  stopped.catch(() => {}); // it is also how --keep ends
  const around = await Promise.race([show(brief, stage), stopped]);
  if (!keep) {
    screen.say(...hintLines(screen), '', screen.paint.dim(`Done in ${seconds(performance.now() - startedAt)}.`));
    return;
  }
  screen.say(...keepLines(around, screen));
  await stopped.catch(() => {});
}

/** Ends what runs, and the database if the server could not. */
async function end(processes: Processes, place: Place, isFine: boolean): Promise<void> {
  const killed = await processes.stop();
  for (const name of killed) console.error(`${name} did not end by itself and was killed.`);
  if (processes.server?.endedWell === false) stopDatabase(place.data);
  place.tidy(isFine);
}

/** Aborts at the first Ctrl-C, when the terminal closes, or when nobody reads what we write any more. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abort);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', abort);
  return controller.signal;
}

/** A line for what can be mended; anything else is a bug and shown whole. */
function lineFor(error: unknown, { logs }: Place): unknown {
  if (error instanceof WrongArguments) return error.message;
  if (error instanceof Failure) return isEmpty(logs) ? error.message : `${error.message} (Logs: ${logs})`;
  return error instanceof Error ? error.stack : error;
}

const code = await main(process.argv.slice(2)).catch((error) => {
  if (!(error instanceof WrongArguments)) {
    console.error(error instanceof Failure ? error.message : error);
    return 1;
  }
  console.error(`${error.message}\n\n${USAGE}`);
  return WRONG_USE;
});
process.exit(code);
