import type { QualityRule, RuleKind } from '@bakeoff/agent-kit';
import { answerOf } from '../artifact-text.js';
import { type Check, type Checks, type Context, type Finding, no } from './check.js';
import { codeChecks } from './code.js';
import { csvChecks } from './csv.js';
import { fileChecks } from './files.js';
import { htmlChecks } from './html.js';
import { jsonChecks } from './json.js';
import { relationChecks } from './relation.js';
import { structureChecks } from './structure.js';
import { svgChecks } from './svg.js';
import { wordChecks } from './words.js';

/** A check for every kind of rule: a kind without one does not compile. */
const CHECKS: Checks<RuleKind> = {
  ...wordChecks,
  ...structureChecks,
  ...relationChecks,
  ...fileChecks,
  ...jsonChecks,
  ...csvChecks,
  ...htmlChecks,
  ...svgChecks,
  ...codeChecks,
};

/** Checks one rule on the artifacts that it is about. The answer's own words have no say in it. */
export async function checkRule(rule: QualityRule, context: Context): Promise<Finding> {
  if (rule.target === undefined) return checkOf(rule.kind)(rule, context);
  const { target } = rule;
  const readings = context.answer.readings.filter(({ type, ending, format }) =>
    [type, ending, format].some((name) => name === target),
  );
  if (readings.length === 0) return no(`there is no artifact of ${target}`);
  return checkOf(rule.kind)(rule, { ...context, answer: answerOf(readings, context.answer.cut) });
}

/** The table's types tie each check to its kind of rule; looking one up by a kind that is only known now loses that. */
function checkOf(kind: RuleKind): Check<RuleKind> {
  return CHECKS[kind] as Check<RuleKind>;
}
