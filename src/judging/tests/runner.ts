import pLimit, { type LimitFunction } from 'p-limit';
import { Limited } from '../limited.js';
import { guestModules, javascriptCell } from '../sandbox/javascript.js';
import { type Patience, SANDBOX } from '../sandbox/limits.js';
import { type PythonSandbox, pythonSandbox } from '../sandbox/python.js';
import { notRun, reported, type TestReport } from '../sandbox/report.js';
import { runSourceTests } from '../sandbox/source-tests.js';
import { CannotRun } from '../sandbox/talk.js';
import { runCaseTests } from './case-tests.js';
import type { TestCase, TestLanguage } from './tests.schema.js';

/** A solution, and what it is tested by: cases that are data, files of tests, or both. */
export interface TestedWork {
  readonly language: TestLanguage;
  readonly solution: string;
  readonly cases: readonly TestCase[];
  /** Several belong together: each is a test of its own. */
  readonly sources: readonly string[];
}

export interface RunnerOptions {
  readonly limited?: Limited;
  readonly python?: () => Promise<PythonSandbox>;
  readonly patience?: Patience;
  readonly atOnce?: number;
}

/** Tests that check by hand: they throw, or end with a code, where something is wrong. */
const THROWS = /\b(?:throw|raise|exit)\b/;

/**
 * Runs tests in processes of their own, a few at a time. The same work and tests give the same report, but for what
 * depends on chance or on the time it takes. Nothing that the work does reaches this process, and it never throws for it.
 */
export class TestRunner {
  private readonly slots: LimitFunction;
  private readonly limited: Limited;
  private readonly python: () => Promise<PythonSandbox>;
  private readonly patience: Patience;

  constructor({ limited, python, patience, atOnce }: RunnerOptions = {}) {
    this.slots = pLimit(atOnce ?? SANDBOX.atOnce);
    this.limited = limited ?? new Limited();
    this.python = python ?? pythonSandbox;
    this.patience = patience ?? SANDBOX;
  }

  run(work: TestedWork): Promise<TestReport> {
    return this.slots(() => this.runNow(work).catch(asReport));
  }

  /** Ends the worker thread that tries patterns, if one was started. */
  close(): Promise<void> {
    return this.limited.close();
  }

  private async runNow(work: TestedWork): Promise<TestReport> {
    const { language, solution, cases, sources } = work;
    const size = sources.reduce((sum, source) => sum + source.length, solution.length);
    if (size > SANDBOX.sourceChars) return notRun('the work and its tests are longer than is run');
    if (cases.length === 0 && sources.length === 0) return notRun('there is no test');
    const python = language === 'python' ? await this.python() : undefined;
    if (python?.kind === 'off') return notRun(`no sandbox for Python here: ${python.reason}`);
    const launch = python?.launch ?? javascriptCell();
    const shared = { typescript: language === 'typescript', ...(python ? {} : { guest: guestModules() }) };
    const loads = { side: 's', source: solution, ...shared };
    const reports: TestReport[] = [];
    if (cases.length > 0)
      reports.push(
        await runCaseTests({ launch, solution: loads, cases, matches: this.matches, patience: this.patience }),
      );
    if (sources.length > 0) {
      const tests = {
        side: 't',
        ...shared,
        source: language === 'python' ? '' : joined(sources),
        sources,
      };
      reports.push(
        await runSourceTests({
          launch,
          solution: loads,
          tests,
          throws: sources.some((source) => THROWS.test(source)),
          patience: this.patience,
        }),
      );
    }
    const [first, second] = reports;
    return first && second ? both(first, second) : (first ?? notRun('there is no test'));
  }

  private readonly matches = async (pattern: string, text: string): Promise<boolean | undefined> => {
    const outcome = await this.limited.run({ kind: 'count', pattern, flags: 'u', text });
    return outcome.kind === 'done' ? outcome.count > 0 : undefined;
  };
}

function asReport(error: unknown): TestReport {
  if (error instanceof CannotRun) return notRun(error.message);
  throw error;
}

function both(a: TestReport, b: TestReport): TestReport {
  const results = [...a.results, ...b.results];
  return reported(results, a.passed + a.failed + b.passed + b.failed, a.verdict === 'pass' ? b.reason : a.reason);
}

/** Short tests that share nothing become one file, each a test; files that import or register tests are put end to end. */
function joined(sources: readonly string[]): string {
  const [only, ...others] = sources;
  if (only !== undefined && others.length === 0) return only;
  if (sources.some((source) => /^\s*(?:import|export)\b|^\s*(?:test|it|describe)\s*\(/m.test(source)))
    return sources.join('\n;\n');
  return sources
    .map((source, at) => `test(${JSON.stringify(`test ${at + 1}`)}, async () => {\n${source}\n});`)
    .join('\n');
}
