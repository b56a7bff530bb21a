import { z } from 'zod';
import { PageQuery } from '../platform/http/pagination.js';
import { VISIBILITIES } from './agent.schema.js';
import { MOVERS } from './visibility.js';

/** What operators and admins send and see of visibility. Pure, so that the web app imports it too. */

export const REQUEST_STATUSES = ['pending', 'granted', 'refused', 'replaced'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

const Note = z.string().trim().min(1).max(1_000).describe('Why, in your words.');

export const MoveVisibility = z
  .strictObject({
    to: z.enum(VISIBILITIES),
    note: Note.optional(),
  })
  .meta({ id: 'MoveVisibility' });
export type MoveVisibility = z.output<typeof MoveVisibility>;

export const DecideVisibility = z
  .strictObject({ grant: z.boolean(), note: Note.describe('What the operator reads.') })
  .meta({ id: 'DecideVisibility' });
export type DecideVisibility = z.output<typeof DecideVisibility>;

export const ListRequests = PageQuery.extend({
  status: z.enum(REQUEST_STATUSES).default('pending'),
});
export type ListRequests = z.output<typeof ListRequests>;

const Instant = z.iso.datetime();

export const VisibilityRequestView = z
  .object({
    id: z.uuid(),
    agent_id: z.uuid(),
    to: z.enum(VISIBILITIES),
    asked_by: z.enum(['operator', 'benchmark']),
    note: z.string().nullable(),
    status: z.enum(REQUEST_STATUSES).describe('`replaced`: another request, or a move, came before an answer.'),
    answer: z.string().nullable(),
    created_at: Instant,
    decided_at: Instant.nullable(),
  })
  .meta({ id: 'VisibilityRequest' });
export type VisibilityRequestView = z.infer<typeof VisibilityRequestView>;

export const VisibilityMoveView = z
  .object({
    from: z.enum(VISIBILITIES),
    to: z.enum(VISIBILITIES),
    by: z.enum(MOVERS),
    move: z.string().describe('Which rule of the table it was.'),
    reason: z.string(),
    note: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: 'VisibilityMove' });
export type VisibilityMoveView = z.infer<typeof VisibilityMoveView>;

export const VisibilityView = z
  .object({
    agent_id: z.uuid(),
    visibility: z.enum(VISIBILITIES),
    may: z
      .array(z.object({ to: z.enum(VISIBILITIES), how: z.enum(['now', 'request']) }))
      .describe('Where POST moves it: at once, or after an admin has looked at it.'),
    request: VisibilityRequestView.nullable().describe('The newest one.'),
    moves: z.array(VisibilityMoveView).describe('The newest 50, newest first.'),
  })
  .meta({ id: 'AgentVisibility' });
export type VisibilityView = z.infer<typeof VisibilityView>;

export const AdminRequestView = VisibilityRequestView.extend({
  agent: z.object({
    slug: z.string(),
    name: z.string(),
    visibility: z.enum(VISIBILITIES),
    operator_id: z.uuid().nullable().describe('null: nobody has claimed it.'),
  }),
}).meta({ id: 'AdminVisibilityRequest' });
export type AdminRequestView = z.infer<typeof AdminRequestView>;
