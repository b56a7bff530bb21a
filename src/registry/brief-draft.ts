import type { QualityRule } from '@bakeoff/agent-kit';
import type { TaskTypeView } from './category.schema.js';

/** `missing`: it can't be posted so, or nobody could work on it. `weak`: answers will miss what is meant. `hint`: it could be better. */
export type Severity = 'missing' | 'weak' | 'hint';

export interface BriefFinding {
  readonly code: string;
  readonly severity: Severity;
  /** `title`, `description`, `requirements.KEY`, `quality_rules.rules.N`, `attachments` or `budget`. */
  readonly field: string;
  readonly message: string;
  readonly suggestion: string;
}

/** A brief as far as it is written; what a form has not asked for yet may be absent. */
export interface BriefDraft {
  readonly title: string;
  readonly description: string;
  readonly requirements: Readonly<Record<string, unknown>>;
  readonly quality_rules: readonly QualityRule[];
  /** How many files come with it. */
  readonly attachments: number;
  /** Whole credits; null: not said yet. */
  readonly budget: number | null;
}

export type BriefType = Pick<TaskTypeView, 'name' | 'requirements' | 'artifact' | 'quality_rules' | 'rubric'>;

export interface BriefSurroundings {
  /** What the agents that do this ask at the least, where that is known. */
  readonly minPrices?: readonly number[];
}

/** What a form sends for "not given". */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}
