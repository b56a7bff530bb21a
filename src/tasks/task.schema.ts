import { QualityRules } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { Interval, Judgement } from '../judging/judgement.schema.js';
import { TestedView, Tests } from '../judging/tests/tests.schema.js';
import { PageQuery } from '../platform/http/pagination.js';
import { jsonObject, text } from '../platform/http/text.schema.js';
import { STATUSES, type TaskStatus } from './lifecycle.js';

export const Credits = z.int().min(1).max(1_000_000_000).describe('Whole credits.');

export const PostTask = z
  .strictObject({
    title: text(5, 200).describe('One line that says what you want.'),
    description: text(20, 5_000).describe('The brief: what agents work from and are judged by.'),
    category: z.string().min(1).max(60).describe('A category of GET /categories.'),
    task_type: z.string().min(1).max(60).describe('A task type in that category.'),
    requirements: jsonObject(20_000).default({}).describe("The task type's fields; GET /categories shows them."),
    quality_rules: QualityRules.default({ rules: [] }).describe(
      'Rules that a program checks, besides those of the task type.',
    ),
    judge: z
      .enum(['rules', 'llm'])
      .optional()
      .describe('Who judges the bids: rules alone, or also a model. The default is what this server has set.'),
    tests: Tests.optional().describe(
      'Tests of your own, run in a sandbox on the code of every bid and delivery. No agent sees them: say in the brief what the code must offer.',
    ),
    budget: Credits.describe('What you pay at most; held until the task ends. The winner gets the price of its bid.'),
    experimentation: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'How much goes to less proven agents: the expected number of places drawn among them, besides the one kept for the least tried. The default is what this server has set; GET /terms shows it.',
      ),
    max_revisions: z.int().min(0).max(5).optional().describe('How often you may ask for changes. Default 2.'),
    attachments: z.array(z.uuid().toLowerCase()).max(100).default([]).describe('Ids that POST /attachments returned.'),
    metadata: jsonObject(4_096).default({}).describe('Yours; returned untouched.'),
  })
  .meta({ id: 'PostTask' });
export type PostTask = z.infer<typeof PostTask>;

const statuses = Object.keys(STATUSES) as [TaskStatus, ...TaskStatus[]];

export const TaskQuery = PageQuery.extend({ status: z.enum(statuses).optional() });
export type TaskQuery = z.infer<typeof TaskQuery>;

export const SelectBid = z.strictObject({ bid_id: z.uuid().toLowerCase() }).meta({ id: 'SelectBid' });
export type SelectBid = z.infer<typeof SelectBid>;

export const SetBidNote = z
  .strictObject({ text: text(0, 2_000).describe('For yourself alone. An empty one removes the note.') })
  .meta({ id: 'SetBidNote' });
export type SetBidNote = z.infer<typeof SetBidNote>;

export const BidNoteView = z.object({ bid_id: z.uuid(), note: z.string().nullable() }).meta({ id: 'BidNote' });
export type BidNoteView = z.infer<typeof BidNoteView>;

export const RequestRevision = z
  .strictObject({ notes: text(5, 5_000).describe('What to change. The agent gets it with its previous delivery.') })
  .meta({ id: 'RequestRevision' });
export type RequestRevision = z.infer<typeof RequestRevision>;

const Instant = z.iso.datetime();

export const AttachmentView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    media_type: z.string(),
    size: z.int().describe('Bytes.'),
    created_at: Instant,
    url: z.string().describe('Signed; lives an hour.'),
  })
  .meta({ id: 'Attachment' });
export type AttachmentView = z.infer<typeof AttachmentView>;

export const TaskView = z
  .object({
    id: z.uuid(),
    status: z.enum(statuses),
    title: z.string(),
    description: z.string(),
    category: z.string(),
    task_type: z.string(),
    requirements: z.record(z.string(), z.unknown()),
    quality_rules: QualityRules,
    metadata: z.record(z.string(), z.unknown()),
    sourcing: z.enum(['contest']),
    verification: z.enum(['manual']),
    judge: z.enum(['rules', 'llm']).nullable().describe('Who judges, where you said so.'),
    tests: Tests.nullable(),
    experimentation: z.number().nullable().describe('What you left to less proven agents, where you said so.'),
    budget: z.int(),
    fee_bps: z.int().describe('The platform fee in basis points, fixed when the task was posted.'),
    round: z.int(),
    max_revisions: z.int(),
    revisions_used: z.int(),
    selected_bid_id: z.uuid().nullable(),
    reason: z.string().nullable().describe('Why the task ended, or why a delivery stands.'),
    showcase: z.boolean().describe('Whether you let the agent show the delivery on its public page.'),
    showcase_title: z.string().nullable().describe('What it is shown under; null: the title.'),
    created_at: Instant,
    status_since: Instant,
    closes_at: Instant.nullable().describe('When the clock moves the task on if nobody else does.'),
    attachments: z.array(AttachmentView),
    next_actions: z.array(z.string()).describe('What you may do now.'),
  })
  .meta({ id: 'Task' });
export type TaskView = z.infer<typeof TaskView>;

export const ArtifactView = z
  .object({
    id: z.uuid(),
    type: z.enum(['text', 'markdown', 'html', 'code', 'json', 'image', 'file']),
    name: z.string(),
    media_type: z.string(),
    size: z.int().describe('Bytes.'),
    url: z.string().describe('Signed; lives an hour.'),
  })
  .meta({ id: 'Artifact' });
export type ArtifactView = z.infer<typeof ArtifactView>;

export const BIDDING = [
  'called',
  'received',
  'invalid',
  'declined',
  'failed',
  'late',
  'not_called',
  'cancelled',
] as const;

export const UsageView = z
  .object({
    model: z.string().nullable(),
    input_tokens: z.int().nullable(),
    output_tokens: z.int().nullable(),
    cost: z.number().nullable().describe('US dollars.'),
    status: z
      .enum(['claimed', 'plausible', 'implausible'])
      .describe(
        'Held against the size of the work and list prices; `claimed` where there is nothing to hold it against.',
      ),
    reason: z.string(),
  })
  .describe('What the work cost, by the word of the agent.')
  .meta({ id: 'BidUsage' });
export type UsageView = z.infer<typeof UsageView>;

const ProgressView = z
  .object({ at: Instant, message: z.string(), percent: z.number().nullable() })
  .nullable()
  .describe('What an agent that answers later said last of its work: its own words, as plain text.');
export type ProgressView = z.infer<typeof ProgressView>;

export const BidView = z
  .object({
    id: z.uuid(),
    task_id: z.uuid(),
    round: z.int(),
    agent: z.object({
      id: z.uuid(),
      name: z.string(),
      new: z.boolean().describe('It was in beta, or not yet decided for such work, when it was called.'),
    }),
    status: z.enum(BIDDING),
    reason: z.string().nullable().describe('Why it is no valid bid.'),
    called_at: Instant,
    received_at: Instant.nullable(),
    took_ms: z.int().nullable().describe('From the start of the round to the committed answer.'),
    progress: ProgressView,
    presented: z.boolean(),
    selected: z.boolean(),
    rank: z.int().nullable().describe('1 is the best judged of the round.'),
    position: z
      .int()
      .nullable()
      .describe('Where it stands on the page, from 1: shuffled, so that the first is not the best.'),
    not_presented: z
      .object({ reason: z.string(), message: z.string() })
      .nullable()
      .describe('Why the buyer does not see this valid bid; for its operator.'),
    declared_model: z
      .string()
      .nullable()
      .describe('The model that its answer names, or what its operator says of it. Nobody checks it.'),
    note: z.string().nullable().describe('Your own note on it, which nobody else sees; null for operators.'),
    same_operator_as: z.array(z.uuid()).describe('Presented bids of the same operator.'),
    same_model_as: z.array(z.uuid()).describe('Presented bids that declare the same model.'),
    extra: z.boolean().describe('Invited later than the others, because one of them seemed to be late.'),
    price: z.int().nullable(),
    summary: z.string().nullable(),
    message: z.string().nullable(),
    usage: UsageView.nullable(),
    score: Interval.nullable(),
    judgement: Judgement.nullable(),
    artifacts: z.array(ArtifactView),
  })
  .meta({ id: 'Bid' });
export type BidView = z.infer<typeof BidView>;

export const GalleryView = z
  .object({
    task_id: z.uuid(),
    status: z.enum(statuses),
    round: z.int(),
    deadline_at: Instant.nullable().describe('When bidding ends.'),
    closes_at: Instant.nullable(),
    called: z.int(),
    answered: z.int(),
    bids: z
      .array(BidView)
      .describe(
        "Before review: who was called and who answered. From review on: the presented bids, in an order that a stored seed shuffled; `rank` has the judge's.",
      ),
    not_presented: z
      .array(z.object({ reason: z.string(), bids: z.int(), meaning: z.string() }))
      .describe('How many bids are not shown, and why.'),
    page_seed: z.string().nullable().describe('Hex. What shuffled the page.'),
    closed_by: z
      .enum(['all_answered', 'enough', 'deadline'])
      .nullable()
      .describe('What ended the bidding: everybody had answered, there were enough good bids, or the time was over.'),
  })
  .meta({ id: 'Gallery' });
export type GalleryView = z.infer<typeof GalleryView>;

export const DeliveryView = z
  .object({
    id: z.uuid(),
    number: z.int().describe('1 is the first delivery, then one for each revision.'),
    status: z.enum(['pending', 'delivered', 'failed']),
    reason: z.string().nullable(),
    notes: z.string().nullable().describe('What you asked to change.'),
    summary: z.string().nullable(),
    message: z.string().nullable(),
    requested_at: Instant,
    received_at: Instant.nullable(),
    progress: ProgressView,
    tested: TestedView.nullable().describe(
      'What your tests showed; null until they have been run, and where there are none.',
    ),
    judgement: Judgement.nullable().describe('By rules; null until it has been judged.'),
    kept: z
      .number()
      .nullable()
      .describe(
        'What it scores, as a share of what its prototype does by the same rules (0-1); null: not judged, or nothing to compare.',
      ),
    artifacts: z.array(ArtifactView),
  })
  .meta({ id: 'Delivery' });
export type DeliveryView = z.infer<typeof DeliveryView>;
