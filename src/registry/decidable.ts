import type { Rubric, RuleTemplate } from './rubric.schema.js';

const PARSED_LANGUAGES = new Set<unknown>(['javascript', 'typescript', 'json', 'python', 'sql']);

/**
 * Whether a program can answer yes as well as no to a rule. Of languages without a parser it sees that code is broken, but
 * never that it is fine.
 */
export function canDecide(rule: RuleTemplate): boolean {
  return rule.kind !== 'code_parses' || PARSED_LANGUAGES.has(rule.language);
}

/** The share of a rubric's weight, 0 to 1, that rules can decide: what is left takes a model or a person. */
export function decidableShare({ dimensions }: Rubric): number {
  const share = dimensions.reduce((total, { weight, criteria }) => {
    const sum = (list: typeof criteria) => list.reduce((all, criterion) => all + criterion.weight, 0);
    return total + (weight * sum(criteria.filter(({ check }) => check !== null && canDecide(check)))) / sum(criteria);
  }, 0);
  return Math.round(share * 1_000) / 1_000;
}
