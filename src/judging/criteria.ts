import type { QualityRule } from '@bakeoff/agent-kit';
import {
  applies,
  type Criterion,
  type Requirements,
  resolveTemplate,
  type TaskType,
} from '../registry/rubric.schema.js';
import { expectedOf } from './expected.js';
import type { JudgeInput } from './judge.js';
import type { CriterionSource } from './judgement.schema.js';
import { statedRules } from './stated.js';

/** One question that is put to an answer, with the rule that answers it, or why there is none. */
export interface Asked {
  readonly key: string;
  readonly dimension: string | null;
  readonly source: CriterionSource;
  readonly question: string;
  readonly weight: number;
  readonly rule: QualityRule | { readonly missing: string };
}

/** What a missed rule takes off the total, in points; what the brief says in passing weighs a little less. */
const RULE_POINTS = 10;
const STATED_POINTS = 8;

/** Everything that is asked of an answer: by the rubric of its type, by quality rules, and by the brief's own words. */
export function criteriaOf({ taskType, brief, qualityRules }: JudgeInput): Asked[] {
  const ofRubric = taskType.rubric.dimensions.flatMap((dimension) =>
    dimension.criteria.flatMap((criterion) => rubricQuestion(dimension.key, criterion, brief.requirements)),
  );
  const given = [...taskType.quality_rules, ...qualityRules];
  const known = new Set([
    ...ofRubric.flatMap(({ rule }) => ('kind' in rule ? [rule.kind] : [])),
    ...given.map(({ kind }) => kind),
  ]);
  const stated = isProse(taskType)
    ? statedRules(`${brief.title}. ${brief.description}`).filter(({ kind }) => !known.has(kind))
    : [];
  return [
    ...ofRubric,
    ...given.map((rule, at) => ruleQuestion(rule, 'rule', `rule_${at + 1}_${rule.kind}`, RULE_POINTS)),
    ...stated.map((rule) => ruleQuestion(rule, 'brief', `brief_${rule.kind}`, STATED_POINTS)),
  ];
}

/** A criterion that does not apply to these requirements is not asked at all. */
function rubricQuestion(dimension: string, criterion: Criterion, requirements: Requirements): Asked[] {
  const { key, question, weight, check } = criterion;
  if (!applies(criterion, requirements)) return [];
  const asked = { key, dimension, source: 'rubric' as const, question, weight };
  if (check === null) return [{ ...asked, rule: { missing: 'it takes a model or a person to say' } }];
  const resolved = resolveTemplate(check, requirements);
  if (resolved.kind === 'absent') return [];
  return [
    {
      ...asked,
      rule:
        resolved.kind === 'rule'
          ? resolved.rule
          : { missing: `the requirements make no rule of it: ${resolved.reason}` },
    },
  ];
}

function ruleQuestion(rule: QualityRule, source: 'rule' | 'brief', key: string, weight: number): Asked {
  return { key, dimension: null, source, question: describeRule(rule), weight, rule };
}

/** A rule in one line: `words: min 300, max 500`. */
export function describeRule({ kind, ...rest }: QualityRule): string {
  const shown = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return shown.length === 0 ? kind : `${kind}: ${shown.join(', ')}`.slice(0, 300).toWellFormed();
}

function isProse(taskType: TaskType): boolean {
  return expectedOf(taskType) === 'prose';
}
