import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { Apart } from './formats/apart.js';
import { JUDGED } from './limits.js';

/** Work on what somebody else wrote that may never end or run out of stack: regular expressions, JSON Schemas, code. */
export type Job =
  | { readonly kind: 'count'; readonly pattern: string; readonly flags: string; readonly text: string }
  | { readonly kind: 'match'; readonly pattern: string; readonly flags: string; readonly texts: readonly string[] }
  | { readonly kind: 'schema'; readonly schema: unknown; readonly json: string }
  | { readonly kind: 'javascript' | 'typescript'; readonly code: string };

export type Outcome =
  /** `count`: how many matches. `match`: which texts match as a whole. The others: what is wrong. */
  | { readonly kind: 'done'; readonly count: number; readonly matches: boolean[]; readonly problems: string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'too_slow' };

// A string and no file, so that it runs the same from sources and from the build; libraries come by their resolved path.
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const wanted = {
  count({ pattern, flags, text }) {
    let count = 0;
    for (const match of text.matchAll(new RegExp(pattern, flags + 'g'))) if (match && ++count >= 1e6) break;
    return { count };
  },
  match({ pattern, flags, texts }) {
    const whole = new RegExp('^(?:' + pattern + ')$', flags);
    return { matches: texts.map((text) => whole.test(text)) };
  },
  schema({ schema, json }) {
    // The schema of schemas takes longer to compile than all else here does: once for each worker.
    ofSchemas ??= ajv({});
    if (typeof schema === 'object' && schema !== null) ofSchemas.validateSchema(schema, true);
    const validate = ajv({ validateSchema: false }).compile(schema);
    const fine = validate(JSON.parse(json));
    return { problems: fine ? [] : validate.errors.map(({ instancePath, message }) => (instancePath || '/') + ' ' + message) };
  },
  javascript({ code }) {
    const { parse } = require(workerData.acorn);
    const options = { ecmaVersion: 'latest', allowHashBang: true, allowAwaitOutsideFunction: true, allowReturnOutsideFunction: true };
    const problem = (sourceType) => syntaxProblem(() => parse(code, { ...options, sourceType }));
    const whole = problem('module') && problem('script') ? problem('module') : undefined;
    if (!whole || !/<[\\w>]/.test(code)) return { problems: whole ? [whole] : [] };
    const { Parser } = require(workerData.acorn);
    const jsx = Parser.extend(require(workerData.jsx)());
    const inJsx = syntaxProblem(() => jsx.parse(code, { ...options, sourceType: 'module' }));
    return { problems: inJsx ? [inJsx] : [] };
  },
  typescript({ code }) {
    const { stripTypeScriptTypes } = require('node:module');
    const problem = syntaxProblem(() => stripTypeScriptTypes(code, { mode: 'transform' }), placed);
    return { problems: problem ? [problem] : [] };
  },
};
let ofSchemas;
function ajv(options) {
  const Ajv = require(workerData.ajv).default;
  const made = new Ajv({ allErrors: false, strict: false, logger: false, ...options });
  require(workerData.formats).default(made);
  return made;
}
function syntaxProblem(parse, place = (error) => error.message.slice(0, 200)) {
  try {
    parse();
  } catch (error) {
    if (error instanceof SyntaxError && !/stack space/.test(error.message)) return place(error);
    throw error;
  }
}
// The message has no place; above it stand the line's number, and a mark below the line. As acorn does: "what (1:0)".
function placed({ message, stack }) {
  const [, line] = /^[^\\n]*:(\\d+)\\n/.exec(stack) || [];
  const [, before] = /\\n( *)\\^/.exec(stack) || [];
  return message.slice(0, 120) + (line && before !== undefined ? ' (' + line + ':' + before.length + ')' : '');
}
parentPort.on('message', (job) => {
  try {
    parentPort.postMessage({ kind: 'done', count: 0, matches: [], problems: [], ...wanted[job.kind](job) });
  } catch (error) {
    parentPort.postMessage({ kind: 'refused', reason: String(error && error.message).slice(0, 200) });
  }
});
parentPort.postMessage({ kind: 'ready' });
`;

/** How many times its processor time a job is waited for by the clock. */
const MOST_WAITING = 20;
/** Between two looks at how much processor time a job has had. */
const LOOK_MS = 20;

const locate = createRequire(import.meta.url);

/**
 * Runs jobs one after the other in a worker thread with little memory. A job that isn't done within `ms` of processor
 * time, or fails, ends its worker, and the next job gets a new one: nobody's pattern holds up the process, and nobody's
 * code leaves a broken parser behind. An idle worker keeps no process alive.
 */
export class Limited {
  private worker: Promise<Worker> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  /** The process for what needs one of its own: native code, and formats with large parsers. */
  readonly apart = new Apart();

  constructor(private readonly ms: number = JUDGED.limitedMs) {}

  run(job: Job): Promise<Outcome> {
    const outcome = this.last.then(() => this.runNow(job));
    this.last = outcome;
    return outcome;
  }

  async close(): Promise<void> {
    await Promise.all([this.endWorker(), this.apart.close()]);
  }

  private async endWorker(): Promise<void> {
    const worker = await this.worker?.catch(() => undefined);
    this.worker = undefined;
    await worker?.terminate();
  }

  private async runNow(job: Job): Promise<Outcome> {
    this.worker ??= start();
    const worker = await this.worker.catch(() => undefined);
    if (!worker) {
      this.worker = undefined;
      return { kind: 'refused', reason: 'no worker could be started' };
    }
    const outcome = await answer(worker, job, this.ms);
    if (outcome.kind !== 'done') await this.endWorker();
    return outcome;
  }
}

/** A worker that is ready: its start counts for no job's time. */
function start(): Promise<Worker> {
  const worker = new Worker(SOURCE, {
    eval: true,
    env: {},
    stdin: false,
    stdout: true,
    stderr: true,
    workerData: {
      ajv: locate.resolve('ajv'),
      formats: locate.resolve('ajv-formats'),
      acorn: locate.resolve('acorn'),
      jsx: locate.resolve('acorn-jsx'),
    },
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => {
      worker.removeAllListeners('error');
      // Running out of memory is an error event; the job that did it is answered by its own listener below.
      worker.on('error', () => {});
      worker.unref();
      resolve(worker);
    });
  });
}

/**
 * The job's outcome, or `too_slow` once it has had `ms` of processor time: on a machine that is busy with other things a job may take
 * longer by the clock, and no honest one fails for that. A thread can have no more processor time than time went by, so it is asked
 * for no sooner than that.
 */
function answer(worker: Worker, job: Job, ms: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let isOver = false;
    const finish = (outcome: Outcome) => {
      isOver = true;
      clearTimeout(timer);
      clearTimeout(overdue);
      worker.off('message', finish);
      worker.off('error', died);
      resolve(outcome);
    };
    const died = () => finish({ kind: 'too_slow' });
    const look = async () => {
      const leftMs = ms - cpuMs(await worker.cpuUsage(await before));
      if (isOver) return;
      if (leftMs <= 0) return died();
      timer = setTimeout(() => void look().catch(died), Math.max(leftMs, LOOK_MS));
    };
    const before = worker.cpuUsage();
    before.catch(() => {});
    let timer = setTimeout(() => void look().catch(died), ms);
    // Whatever it does, and also where it can't be asked.
    const overdue = setTimeout(died, ms * MOST_WAITING);
    worker.on('message', finish);
    worker.on('error', died);
    worker.postMessage(job);
  });
}

function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
