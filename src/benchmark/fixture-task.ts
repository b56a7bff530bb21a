import type { Assignment } from '../dispatch/execute-request.js';
import type { JudgedAttachment, JudgeInput } from '../judging/judge.js';
import type { TaskType } from '../registry/rubric.schema.js';
import type { CategorizedTaskType } from '../registry/taxonomy.js';
import type { BenchmarkCase } from './benchmark.entity.js';

/** Whole credits that a fixture offers; more where the agent's minimum is higher. */
const BUDGET = 500;

export function fixtureBudget(minPrice: number): number {
  return Math.max(BUDGET, minPrice);
}

/** A fixture as the agent sees it: a task like any other. */
export function fixtureAssignment({ taskId, minPrice }: BenchmarkCase, type: CategorizedTaskType): Assignment {
  const { title, description, requirements, quality_rules: rules = [] } = type.fixture;
  return {
    id: taskId,
    round: 1,
    title,
    description,
    category: type.category,
    taskType: type.slug,
    requirements,
    qualityRules: { rules },
    budget: fixtureBudget(minPrice),
  };
}

/** The same fixture as the judge sees it. */
export function fixtureJudged(type: CategorizedTaskType, artifacts: JudgeInput['artifacts']): JudgeInput {
  const { title, description, requirements, quality_rules: qualityRules = [] } = type.fixture;
  const brief = { title, description, category: type.category, requirements };
  return { brief, taskType: type, qualityRules, artifacts, attachments: fixtureFiles(type) };
}

export function fixtureFiles({ fixture }: TaskType): JudgedAttachment[] {
  return (fixture.attachments ?? []).map(({ name, media_type: mediaType, content }) => ({
    name,
    mediaType,
    bytes: Buffer.from(content),
  }));
}
