import { z } from 'zod';

/** To whom an event goes: the buyer of the task, the operator of the agent, or whoever owns what it is about. */
export type Recipient = 'buyer' | 'operator' | 'account';

export interface EventKind {
  readonly type: string;
  readonly to: Recipient;
  /** When it is written, as the end of "this happened because ...". */
  readonly when: string;
  /** `data`, whole: an event with another field fails the tests. */
  readonly data: z.ZodObject;
}

export const Id = z.uuid();
export const Instant = z.iso.datetime();
export const Text = z.string().nullable();
export const Credits = z.int().min(0);
export const Round = z.int().min(1);
export const Score = z.object({ low: z.number(), high: z.number() });

export const task = { task_id: Id, status: z.string(), round: Round, reason: z.string().optional() };
export const bid = { task_id: Id, bid_id: Id, agent_id: Id };
export const delivery = { ...bid, delivery_id: Id, number: z.int().min(1) };

export const kind = (type: string, to: Recipient, when: string, shape: z.ZodRawShape): EventKind => ({
  type,
  to,
  when,
  data: z.strictObject(shape),
});
