import { z } from 'zod';
import { codeRules, csvRules, fileRules, jsonRules, markupRules } from './rules-of-files.js';
import { relationRules, structureRules, wordRules } from './rules-of-text.js';

/**
 * What a buyer can state about an answer and a program can check, as data.
 * A rule looks at the answer's text, or at the artifacts that its `target` names.
 */
export const QualityRule = z
  .discriminatedUnion('kind', [
    ...wordRules,
    ...structureRules,
    ...relationRules,
    ...fileRules,
    ...jsonRules,
    ...csvRules,
    ...markupRules,
    ...codeRules,
  ])
  .meta({ id: 'QualityRule' });
export type QualityRule = z.infer<typeof QualityRule>;
/** The name of a kind of rule, such as `words`. */
export type RuleKind = QualityRule['kind'];

/** What a buyer demands beyond the task type's own rubric: each rule that is missed costs the answer points. */
export const QualityRules = z
  .strictObject({ rules: z.array(QualityRule).max(40).default([]) })
  .default({ rules: [] })
  .meta({ id: 'QualityRules' });
export type QualityRules = z.infer<typeof QualityRules>;

/** Every kind with what it asks, its arguments and an example: for the documentation, and for whoever writes rules. */
export const RULE_KINDS = QualityRule.options.map((option) => {
  const { description = '', examples } = option.meta() ?? {};
  const { kind, target: _anyRule, ...shape } = option.shape;
  return {
    kind: kind.value,
    asks: description,
    /** An argument that may be left out ends in `?`. */
    takes: Object.entries(shape).map(([name, schema]) => (schema.safeParse(undefined).success ? `${name}?` : name)),
    example: Array.isArray(examples) ? examples[0] : undefined,
  };
});
