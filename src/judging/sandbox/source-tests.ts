import { Cell, type Launch } from './cell.js';
import { FairTime } from './fair-time.js';
import { type Patience, SANDBOX } from './limits.js';
import { reported, type TestReport, type TestResult } from './report.js';
import { ableLine, parsedLine, Relay, started } from './talk.js';

/** A solution and a file of tests for it, and how a process for either is started. */
export interface SourceRun {
  readonly launch: Launch;
  readonly solution: object;
  readonly tests: object;
  /** Whether the file checks by throwing, without assertions that could be counted. */
  readonly throws: boolean;
  readonly patience: Patience;
}

interface Progress {
  readonly results: TestResult[];
  /** What held at the top of the file, outside of tests. */
  top: number;
  asserts: number;
  calls: number;
  /** Tests that the file registered, once that is known. */
  tests: number | undefined;
  /** Of the time that all tests have together. */
  leftMs: number;
  /** Whether the work offers anything to call. */
  hasFunctions: boolean;
  /** The first that has not been run. */
  from: number;
}

/**
 * Runs a file of tests in one process and the solution in another. The tests' process says how each test went and that
 * it came to the end; the solution's process is only ever asked, and knows neither the tests nor how they go.
 */
export async function runSourceTests(run: SourceRun): Promise<TestReport> {
  const progress: Progress = {
    results: [],
    top: 0,
    asserts: 0,
    calls: 0,
    hasFunctions: false,
    leftMs: run.patience.suiteMs,
    tests: undefined,
    from: 0,
  };
  for (let attempt = 0; ; attempt++) {
    const problem = await attempted(run, progress);
    if (problem === undefined) break;
    const isOver = progress.tests === undefined || progress.from >= progress.tests;
    if (isOver || attempt >= SANDBOX.restarts || progress.leftMs <= 0) {
      for (let at = progress.from; at < (progress.tests ?? 0); at++)
        progress.results.push({ name: `test ${at + 1}`, ok: false, detail: `not reached: ${problem}` });
      break;
    }
  }
  const { results, top, asserts, calls, tests } = progress;
  const isUsed = calls > 0 || !progress.hasFunctions;
  const isChecked = isUsed && (asserts > 0 || (run.throws && calls > 0));
  const counted = results.length + top;
  const isTop = top > 0 && results.every(({ ok }) => ok);
  if (isTop) results.unshift({ name: `assertions outside of tests: ${top}`, ok: true, detail: '' });
  return reported(
    results,
    counted,
    isChecked || tests === undefined ? '' : isUsed ? 'no assertion ran' : 'the tests used nothing of the work',
  );
}

/** @returns why it did not come to the end; undefined when it did */
async function attempted(run: SourceRun, progress: Progress): Promise<string | undefined> {
  const solution = new Cell(run.launch);
  const tests = new Cell(run.launch);
  try {
    const slow = await started(solution, tests);
    const time = new FairTime([solution.pid, tests.pid]);
    const limits = { testMs: run.patience.testMs * slow, deadlineAt: progress.leftMs * slow, time };
    const problem = await judged(run, progress, limits, solution, tests);
    time.look();
    progress.leftMs -= time.now() / slow;
    return problem;
  } finally {
    solution.kill('its tests are over');
    tests.kill('it is over');
    await Promise.all([solution.ended, tests.ended]);
  }
}

async function judged(
  run: SourceRun,
  progress: Progress,
  { testMs, deadlineAt, time }: { readonly testMs: number; readonly deadlineAt: number; readonly time: FairTime },
  solution: Cell,
  tests: Cell,
): Promise<string | undefined> {
  const within = () => Math.min(time.now() + testMs, deadlineAt);
  solution.send(JSON.stringify(run.solution));
  const said = await solution.next(within() - time.now(), time);
  const loaded = said.kind === 'line' ? ableLine(said.line) : undefined;
  if (typeof loaded?.loaded !== 'string') {
    const detail =
      said.kind === 'gone' ? said.reason : `it can't be loaded: ${String(loaded?.failed ?? 'it said something else')}`;
    progress.results.push({ name: 'solution', ok: false, detail: detail.slice(0, SANDBOX.detailChars) });
    return detail;
  }
  progress.hasFunctions = /"(?:function|class|instance)"/.test(loaded.loaded);
  tests.send(JSON.stringify({ ...run.tests, offer: loaded.loaded, from: progress.from }));
  const relay = new Relay(tests, solution, time);
  let current = { name: 'tests', at: -1 };
  let testDeadlineAt = within();
  for (;;) {
    const next = await relay.next(testDeadlineAt);
    progress.calls += relay.answered;
    relay.answered = 0;
    const event = next.kind === 'line' ? parsedLine(next.line) : undefined;
    if (event?.event === 'done') {
      progress.tests ??= 0;
      progress.from = progress.tests;
      return undefined;
    }
    if (event?.event === 'begin') {
      current = { name: String(event.name) || 'tests', at: typeof event.at === 'number' ? event.at : -1 };
      testDeadlineAt = within();
    } else if (event?.event === 'end') finished(progress, event, current.name, run.throws);
    else {
      const detail =
        next.kind === 'gone'
          ? next.reason
          : event?.event === 'stuck'
            ? 'it waits for something that never happens'
            : 'the tests failed to run';
      progress.results.push({ name: current.name, ok: false, detail });
      if (current.at < 0) return detail;
      progress.from = current.at + 1;
      return detail;
    }
  }
}

/** What the tests' own process says of a test. */
function finished(progress: Progress, event: Readonly<Record<string, unknown>>, name: string, throws: boolean): void {
  const asserts = typeof event.asserts === 'number' ? event.asserts : 0;
  const detail = String(event.detail ?? '')
    .slice(0, SANDBOX.detailChars)
    .toWellFormed();
  const ok = event.ok === true;
  if (event.top !== true) {
    progress.asserts += asserts;
    progress.results.push({ name, ok, detail });
    if (typeof event.at === 'number') progress.from = event.at + 1;
    return;
  }
  // The top of a file runs again whenever the solution had to be started anew.
  if (progress.tests !== undefined) return;
  progress.tests = typeof event.tests === 'number' ? event.tests : 0;
  progress.top = asserts === 0 && ok && throws && progress.tests === 0 ? 1 : asserts;
  progress.asserts += asserts;
  if (Array.isArray(event.failures))
    for (const [title, why] of event.failures)
      progress.results.push({ name: String(title), ok: false, detail: String(why) });
  else if (!ok) progress.results.push({ name, ok, detail });
}
