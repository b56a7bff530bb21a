import { z } from 'zod';
import { Interval } from '../../judging/judgement.schema.js';
import { text } from '../../platform/http/text.schema.js';

/** Finished work that its buyer lets an agent show. Pure, so that the web app imports it too. */

/** Pieces of work on an agent's public page. */
export const MOST_SHOWN = 6;

const title = text(5, 200)
  .nullable()
  .optional()
  .describe('What it is shown under instead of the title of the task. null: the title of the task again.');

export const ApproveDelivery = z
  .strictObject({
    showcase: z
      .boolean()
      .default(false)
      .describe('Whether the agent may show this delivery on its public page. PATCH /tasks/:id takes it back.'),
    showcase_title: title,
  })
  .refine(({ showcase, showcase_title: own }) => showcase || own === undefined, {
    path: ['showcase_title'],
    message: 'needs showcase: true',
  })
  .meta({ id: 'ApproveDelivery' });
export type ApproveDelivery = z.infer<typeof ApproveDelivery>;

export const ChangeTask = z
  .strictObject({
    showcase: z.boolean().describe('Whether the agent may show the delivery on its public page. Once it is completed.'),
    showcase_title: title,
  })
  .meta({ id: 'ChangeTask' });
export type ChangeTask = z.infer<typeof ChangeTask>;

export const ChangeShowcase = z
  .strictObject({ hidden: z.boolean().describe('true: your agent does not show it, though its buyer would let it.') })
  .meta({ id: 'ChangeShowcase' });
export type ChangeShowcase = z.infer<typeof ChangeShowcase>;

export const ShownFileView = z
  .object({
    type: z.enum(['text', 'markdown', 'html', 'code', 'json', 'image', 'file']),
    name: z.string(),
    media_type: z.string(),
    size: z.int().describe('Bytes.'),
    url: z.string().describe('Answers as long as the work is shown.'),
  })
  .meta({ id: 'ShownFile' });

export const ShowcaseView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    category: z.string(),
    task_type: z.string(),
    month: z.string().describe('When it was delivered, as YYYY-MM.'),
    score: Interval.nullable().describe('Of the delivery, or of its prototype where only that was judged.'),
    artifacts: z.array(ShownFileView),
  })
  .meta({ id: 'Showcase' });
export type ShowcaseView = z.infer<typeof ShowcaseView>;

export const OwnShowcaseView = ShowcaseView.extend({
  hidden: z.boolean().describe('By you.'),
}).meta({ id: 'OwnShowcase' });
export type OwnShowcaseView = z.infer<typeof OwnShowcaseView>;
