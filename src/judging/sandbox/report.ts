/** How one test went. */
export interface TestResult {
  readonly name: string;
  readonly ok: boolean;
  /** What was seen instead, in a line; empty where it held. */
  readonly detail: string;
}

/** What came of a solution's tests. `not_run`: nothing was tried, and the reason is not the solution's. */
export interface TestReport {
  readonly verdict: 'pass' | 'fail' | 'not_run';
  readonly passed: number;
  readonly failed: number;
  readonly reason: string;
  readonly results: readonly TestResult[];
}

export function notRun(reason: string): TestReport {
  return { verdict: 'not_run', passed: 0, failed: 0, reason: line(reason, 500), results: [] };
}

/** What a stranger's program had a say in, as a line that can be stored and shown. */
export function line(said: string, most: number): string {
  return said
    .slice(0, most)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/** A pass needs a test that held and none that did not. */
export function reported(results: readonly TestResult[], counted = results.length, whyNot = ''): TestReport {
  const lines = results.map(({ name, ok, detail }) => ({ name: line(name, 200), ok, detail: line(detail, 300) }));
  const failures = lines.filter(({ ok }) => !ok);
  const [first] = failures;
  const failed = failures.length;
  const passed = Math.max(0, counted - failed);
  const reason = first ? `${first.name}: ${first.detail}` : whyNot || (passed === 0 ? 'no test ran' : '');
  return {
    verdict: reason === '' ? 'pass' : 'fail',
    passed,
    failed,
    reason: line(reason, 500),
    results: lines,
  };
}
