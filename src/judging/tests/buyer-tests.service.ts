import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../platform/config.js';
import { Metrics } from '../../platform/metrics.js';
import type { JudgedArtifact } from '../judge.js';
import type { Judgement } from '../judgement.schema.js';
import { type PythonSandbox, pythonSandbox } from '../sandbox/python.js';
import { reported, type TestReport } from '../sandbox/report.js';
import { withTests } from './judged.js';
import { TestRunner } from './runner.js';
import { solutionIn } from './solution.js';
import type { Tests } from './tests.schema.js';

/** Runs a buyer's tests on the works of a task, and says at the start whether there is a sandbox for Python. */
@Injectable()
export class BuyerTests implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('tests');
  private readonly runner = new TestRunner({ python: () => this.python() });

  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.runsWorker) void this.announce();
  }

  onModuleDestroy(): Promise<void> {
    return this.runner.close();
  }

  /** The judgement of a work with what its buyer's tests show. It takes seconds and no locks, and throws for no work. */
  async judged(judgement: Judgement, tests: Tests, artifacts: readonly JudgedArtifact[]): Promise<Judgement> {
    return withTests(judgement, await this.run(tests, artifacts));
  }

  async run(tests: Tests, artifacts: readonly JudgedArtifact[]): Promise<TestReport> {
    return testedBy(this.runner, tests, artifacts);
  }

  private async python(): Promise<PythonSandbox> {
    const { TESTS_PYTHON } = this.config;
    return TESTS_PYTHON === 'off' ? { kind: 'off', reason: 'TESTS_PYTHON is off' } : pythonSandbox(TESTS_PYTHON);
  }

  private async announce(): Promise<void> {
    const gauge = this.metrics.gauge({
      name: 'bakeoff_tests_python',
      help: '1: Python tests are run, in a sandbox that a probe has tried. 0: they are not, and the log says why.',
    });
    const python = await this.python();
    gauge.set(python.kind === 'on' ? 1 : 0);
    if (python.kind === 'on') this.logger.log(`Python tests are run: ${python.means}`);
    else this.logger.warn(`Python tests are not run: ${python.reason}`);
  }
}

/** Runs tests on the one file of a work that they are meant for; a work without any fails. */
export async function testedBy(
  runner: TestRunner,
  tests: Tests,
  artifacts: readonly JudgedArtifact[],
): Promise<TestReport> {
  const { language, cases, source } = tests;
  const solution = solutionIn(artifacts, tests);
  if (solution === undefined) return reported([{ name: 'work', ok: false, detail: `there is no ${language} in it` }]);
  return runner.run({ language, solution, cases, sources: source === undefined ? [] : [source] });
}
