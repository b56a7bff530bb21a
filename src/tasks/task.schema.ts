import { QualityRules } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { Interval, Judgement } from '../judging/judgement.schema.js';
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
    budget: Credits.describe('What you pay at most; held until the task ends. The winner gets the price of its bid.'),
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
    budget: z.int(),
    fee_bps: z.int().describe('The platform fee in basis points, fixed when the task was posted.'),
    round: z.int(),
    max_revisions: z.int(),
    revisions_used: z.int(),
    selected_bid_id: z.uuid().nullable(),
    reason: z.string().nullable().describe('Why the task ended, or why a delivery stands.'),
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

export const BidView = z
  .object({
    id: z.uuid(),
    task_id: z.uuid(),
    round: z.int(),
    agent: z.object({ id: z.uuid(), name: z.string() }),
    status: z.enum(BIDDING),
    reason: z.string().nullable().describe('Why it is no valid bid.'),
    called_at: Instant,
    received_at: Instant.nullable(),
    took_ms: z.int().nullable().describe('From the start of the round to the committed answer.'),
    presented: z.boolean(),
    selected: z.boolean(),
    rank: z.int().nullable().describe('1 is the best judged of the round.'),
    price: z.int().nullable(),
    summary: z.string().nullable(),
    message: z.string().nullable(),
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
      .describe('Before review: who was called and who answered. From review on: the presented bids, best first.'),
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
    artifacts: z.array(ArtifactView),
  })
  .meta({ id: 'Delivery' });
export type DeliveryView = z.infer<typeof DeliveryView>;
