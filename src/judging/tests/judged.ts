import type { JudgedCriterion, Judgement } from '../judgement.schema.js';
import { rescored } from '../rescored.js';
import type { TestReport } from '../sandbox/report.js';

/**
 * A judgement with what a buyer's tests showed. They weigh as much as the whole rubric, below the same gates, and half of
 * that is for passing all of them. Tests that were not run leave their half of the score open.
 */
export function withTests(judgement: Judgement, report: TestReport): Judgement {
  const rubric = judgement.dimensions.reduce((sum, { weight }) => sum + weight, 0);
  const dimension = { key: 'tests', name: 'Your tests', weight: Math.min(1, rubric || 1), low: 0, high: 100 };
  const criteria = [...judgement.criteria, ...criteriaOf(report)];
  return rescored({ ...judgement, criteria, dimensions: [...judgement.dimensions, dimension] });
}

function criteriaOf({ verdict, passed, failed, reason, results }: TestReport): JudgedCriterion[] {
  const all = criterion('tests', 'Does it pass all of your tests?', Math.max(1, results.length));
  if (verdict === 'not_run') return [{ ...all, met: 'unknown', evidence: `not run: ${reason}`, confidence: 0 }];
  const each = results.map(({ name, ok, detail }, at) => ({
    ...criterion(`test_${at + 1}`, `Does it pass the test "${name}"?`, 1),
    met: ok ? ('yes' as const) : ('no' as const),
    evidence: ok ? 'it holds' : detail || 'it does not hold',
  }));
  const evidence = verdict === 'pass' ? `${passed} passed` : `${passed} passed, ${failed} failed: ${reason}`;
  return [{ ...all, met: verdict === 'pass' ? 'yes' : 'no', evidence: evidence.slice(0, 300).toWellFormed() }, ...each];
}

function criterion(key: string, question: string, weight: number) {
  return { key, dimension: 'tests', source: 'tests', question, weight, confidence: 1 } as const;
}

/** The same without what the tests are: for whoever did the work, and may do more of it. */
export function withoutTests(judgement: Judgement): Judgement {
  const criteria = judgement.criteria.map((each) => (each.source === 'tests' ? hidden(each) : each));
  return { ...judgement, criteria };
}

function hidden(each: JudgedCriterion): JudgedCriterion {
  const evidence = each.met === 'unknown' ? each.evidence : each.met === 'yes' ? 'it does' : 'it does not';
  const question =
    each.key === 'tests'
      ? "Does it pass all of the buyer's tests?"
      : `Does it pass a test of the buyer's (${each.key})?`;
  return { ...each, question, evidence };
}
