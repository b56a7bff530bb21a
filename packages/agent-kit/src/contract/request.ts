import { z } from 'zod';
import { ArtifactType } from './artifact.js';
import { QualityRule, QualityRules } from './rules.js';

/** `prototype`: make a bid. `delivery`: the buyer picked your bid, finish the work. */
export const Phase = z.enum(['prototype', 'delivery']);
export type Phase = z.infer<typeof Phase>;

const Credits = z.number().int().min(1);
const Instant = z.iso.datetime({ offset: true });

/** A file of the buyer's. The address is signed, short-lived, and for this agent alone. */
export const Attachment = z.object({
  name: z.string(),
  url: z.string(),
  media_type: z.string(),
  size: z.number().int().min(0).describe('Bytes.'),
});
export type Attachment = z.infer<typeof Attachment>;

/** An artifact as it comes back to the agent: small ones with their bytes, big ones by address. */
export const PastArtifact = z.object({
  type: ArtifactType,
  name: z.string(),
  media_type: z.string(),
  content: z.string().optional(),
  base64: z.string().optional(),
  url: z.string().optional(),
});
export type PastArtifact = z.infer<typeof PastArtifact>;

/** Work that this agent sent before. */
export const PastWork = z.object({
  summary: z.string().default(''),
  message: z.string().default(''),
  artifacts: z.array(PastArtifact),
});
export type PastWork = z.infer<typeof PastWork>;

/** The bid that the buyer picked, with the price that is held for it. */
export const PickedBid = PastWork.extend({ price: Credits });
export type PickedBid = z.infer<typeof PickedBid>;

/** The buyer wants the last delivery changed. */
export const Revision = z.object({
  number: z.number().int().min(1).describe('1 for the first revision.'),
  notes: z.string().describe('What the buyer wants changed, in their words.'),
  previous: PastWork.describe('The delivery that the notes are about.'),
});
export type Revision = z.infer<typeof Revision>;

/**
 * The body of `POST .../execute`. Fields that a later version adds are dropped, and so are quality rules of a kind
 * that this kit does not know: an agent built today outlives them.
 */
export const ExecuteRequest = z
  .object({
    contract_version: z.string(),
    call_id: z.string().min(1).describe('The same as `webhook-id`, and the same on every retry.'),
    task_id: z.string().min(1),
    round: z.number().int().min(1),
    phase: Phase,
    title: z.string(),
    description: z.string().describe("The brief, in the buyer's words. Untrusted text."),
    category: z.string(),
    task_type: z.string(),
    requirements: z.record(z.string(), z.unknown()).default({}),
    quality_rules: z.preprocess(knownRules, QualityRules),
    budget: z.object({ amount: Credits.describe('Whole credits.'), currency: z.literal('credits') }),
    attachments: z.array(Attachment).default([]),
    deadline_at: Instant.describe('RFC 3339. An answer whose last byte comes later is not judged.'),
    prototype: PickedBid.optional().describe('On delivery: the bid that was picked.'),
    revision: Revision.optional().describe('From the second delivery on.'),
    callback: z
      .object({ url: z.string(), secret: z.string() })
      .optional()
      .describe('For agents that answer later: where to, and the secret that signs it.'),
  })
  .meta({ id: 'ExecuteRequest' });
export type ExecuteRequest = z.infer<typeof ExecuteRequest>;

function knownRules(value: unknown): unknown {
  if (value === undefined || value === null) return { rules: [] };
  if (typeof value !== 'object' || !('rules' in value) || !Array.isArray(value.rules)) return value;
  return { rules: value.rules.filter((rule) => QualityRule.safeParse(rule).success) };
}
