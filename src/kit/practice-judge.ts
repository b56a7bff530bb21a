import type { PracticeWork } from '@bakeoff/agent-kit';
import type { Judge } from '../judging/judge.js';
import type { Judgement } from '../judging/judgement.schema.js';
import { testedBy } from '../judging/tests/buyer-tests.service.js';
import { withTests } from '../judging/tests/judged.js';
import { TestRunner } from '../judging/tests/runner.js';
import { practiceInput, practiceTests } from './practice.js';

/** Judges practice work as a benchmark would: by the rules, and code by running it. One at a time, apart from what the market runs. */
export class PracticeJudge {
  private readonly runner = new TestRunner({ atOnce: 1 });

  constructor(private readonly judge: Judge) {}

  /**
   * @throws UnknownSlug  no such task type
   * @throws InvalidInput the answer breaks the contract, or a brief does not fit its type
   */
  async judged(work: PracticeWork): Promise<Judgement> {
    const input = practiceInput(work);
    const judgement = await this.judge.judge(input);
    const tests = practiceTests(work);
    return tests ? withTests(judgement, await testedBy(this.runner, tests, input.artifacts)) : judgement;
  }

  close(): Promise<void> {
    return this.runner.close();
  }
}
