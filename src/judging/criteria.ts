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
import { statedIn } from './stated.js';
import { fieldRules } from './stated-fields.js';

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

type Questions = Pick<JudgeInput, 'taskType' | 'brief' | 'qualityRules' | 'known'>;

interface Remembered {
  readonly taskType: TaskType;
  readonly qualityRules: readonly QualityRule[];
  readonly known: readonly QualityRule[] | undefined;
  readonly asked: readonly Asked[];
}

const remembered = new WeakMap<JudgeInput['brief'], Remembered>();

/**
 * Everything that is asked of an answer: by the rubric of its type, by quality rules, and by what the brief and its fields state.
 * It is worked out once for all answers that are judged by the very same brief, type and rules.
 */
export function criteriaOf(questions: Questions): readonly Asked[] {
  const { brief, taskType, qualityRules, known } = questions;
  const before = remembered.get(brief);
  if (before?.taskType === taskType && before.qualityRules === qualityRules && before.known === known)
    return before.asked;
  const asked = allAsked(questions);
  remembered.set(brief, { taskType, qualityRules, known, asked });
  return asked;
}

function allAsked({ taskType, brief, qualityRules, known: answer = [] }: Questions): Asked[] {
  const ofRubric = taskType.rubric.dimensions.flatMap((dimension) =>
    dimension.criteria.flatMap((criterion) => rubricQuestion(dimension.key, criterion, brief.requirements)),
  );
  const given = [...taskType.quality_rules, ...qualityRules];
  const known = [...ofRubric.flatMap(({ rule }) => ('kind' in rule ? [rule] : [])), ...given];
  return [
    ...ofRubric,
    ...given.map((rule, at) => ruleQuestion(rule, 'rule', `rule_${at + 1}_${rule.kind}`, RULE_POINTS)),
    ...(isProse(taskType) ? statedQuestions(taskType, brief, known) : []),
    ...answer.map((rule, at) => ruleQuestion(rule, 'answer', `answer_${at + 1}`, 0)),
  ];
}

/** A field is more exact than what is written around it, and a rule than both: what one says already, the next doesn't ask again. */
function statedQuestions(taskType: TaskType, brief: JudgeInput['brief'], known: readonly QualityRule[]): Asked[] {
  const ofFields = fieldRules(taskType, brief.requirements).flatMap(({ field, rule }) =>
    newIn(rule, known).map((fresh) => ruleQuestion(fresh, 'brief', `field_${field}`, STATED_POINTS)),
  );
  const before = [...known, ...ofFields.flatMap(({ rule }) => ('kind' in rule ? [rule] : []))];
  const { rules, contradictions } = statedIn(`${brief.title}. ${brief.description}`);
  const ofText = rules.flatMap((rule) => newIn(rule, before));
  return [
    ...ofFields,
    ...ofText.map((rule, at) => ruleQuestion(rule, 'brief', briefKey(ofText, at), STATED_POINTS)),
    ...contradictions
      .filter(({ kind }) => !before.some((rule) => rule.kind === kind))
      .map(({ kind, said }) => unanswerable(kind, said)),
  ];
}

function briefKey(rules: readonly QualityRule[], at: number): string {
  const kind = rules[at]?.kind;
  const earlier = rules.slice(0, at).filter((rule) => rule.kind === kind).length;
  return earlier === 0 ? `brief_${kind}` : `brief_${kind}_${earlier + 1}`;
}

/** What of a rule is not known yet; of terms those that no rule names already, either way. */
function newIn(rule: QualityRule, known: readonly QualityRule[]): QualityRule[] {
  if (rule.kind === 'includes' || rule.kind === 'excludes') {
    const named = new Set(known.flatMap(termsOf).map((term) => term.toLowerCase()));
    const terms = rule.terms.filter((term) => !named.has(term.toLowerCase()));
    return terms.length === 0 ? [] : [{ ...rule, terms }];
  }
  if (rule.kind === 'includes_count')
    return known.some((other) => other.kind === rule.kind && other.term === rule.term) ? [] : [rule];
  return known.some(({ kind }) => kind === rule.kind) ? [] : [rule];
}

function termsOf(rule: QualityRule): readonly string[] {
  return rule.kind === 'includes' || rule.kind === 'excludes' ? rule.terms : [];
}

/** The brief contradicts itself: no bid can be blamed, and the buyer sees why. It has no weight. */
function unanswerable(kind: string, said: string): Asked {
  return {
    ...{ key: `brief_${kind}`, dimension: null, source: 'brief', question: `${kind}: the brief contradicts itself` },
    ...{ weight: 0, rule: { missing: said } },
  };
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

function ruleQuestion(rule: QualityRule, source: 'rule' | 'brief' | 'answer', key: string, weight: number): Asked {
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
