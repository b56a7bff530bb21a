import process from 'node:process';
import { optionsFrom, USAGE } from './arguments.ts';
import { readBrief } from './brief-files.ts';
import { Failure, WrongArguments } from './failure.ts';
import { looks, paint } from './paint.ts';
import { Processes } from './processes.ts';
import { Screen } from './screen.ts';
import { type Place, placeFor, ROOT, stopDatabase } from './server.ts';
import { show } from './show.ts';
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
  const startedAt = performance.now();
  let code = 1;
  try {
    await show(options, brief, { screen, processes, place, signal, base });
    code = 0;
    if (!options.keep) screen.say('', screen.paint.dim(`Done in ${seconds(performance.now() - startedAt)}.`));
  } catch (error) {
    screen.settle();
    if (signal.aborted) code = INTERRUPTED;
    else {
      code = error instanceof WrongArguments ? WRONG_USE : 1;
      console.error(`\n${lineFor(error, place)}`);
    }
  }
  if (signal.aborted) screen.say('', 'Stopping the agents and the server ...');
  await end(processes, place, code === 0 || code === WRONG_USE || code === INTERRUPTED);
  return code;
}

/** Ends what runs. What a killed server left behind is ended too. */
async function end(processes: Processes, place: Place, isFine: boolean): Promise<void> {
  const killed = await processes.stop();
  for (const name of killed) console.error(`${name} did not end by itself and was killed.`);
  if (killed.length > 0) stopDatabase(place.data);
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

function lineFor(error: unknown, { logs }: Place): unknown {
  if (error instanceof WrongArguments) return error.message;
  if (error instanceof Failure) return `${error.message} (Logs: ${logs})`;
  return error;
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
