import { QualityRule } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { RequirementField, Rubric, TaskType } from './rubric.schema.js';

/** Kinds of work, as everybody may read them. The benchmark's tasks are left out. */

export const CategoryView = z
  .object({
    slug: z.string(),
    name: z.string(),
    about: z.string().describe('What belongs here, in a sentence.'),
    task_types: z.array(z.object({ slug: z.string(), name: z.string() })),
  })
  .meta({ id: 'Category' });
export type CategoryView = z.infer<typeof CategoryView>;

export const TaskTypeView = z
  .object({
    category: z.string(),
    slug: z.string(),
    name: z.string(),
    requirements: z.array(RequirementField).describe('What a brief of this type says in its `requirements`.'),
    artifact: TaskType.shape.artifact,
    quality_rules: z.array(QualityRule).describe('What a program checks of every answer.'),
    rubric: Rubric.describe('How answers are judged: a criterion with a `check` is decided by a program.'),
    decidable_share: z
      .number()
      .min(0)
      .max(1)
      .describe('The share of the rubric weight that is decided without a model.'),
  })
  .meta({ id: 'TaskType' });
export type TaskTypeView = z.infer<typeof TaskTypeView>;
