import { z } from 'zod';

/** What one judge said once, as it is kept: juries learn from these whom to believe. */

/** Of a criterion yes, no or unknown; of a pair which one is better. */
export const VoteValue = z.enum(['yes', 'no', 'unknown', 'a', 'b', 'tie', 'void']);
export type VoteValue = z.infer<typeof VoteValue>;

export const Vote = z.object({
  /** Id of what was judged: a bid, a delivery; of a pair, its `a`. */
  subject: z.uuid(),
  /** Of a pair its `b`; null: the vote is on one answer's criterion. */
  against: z.uuid().nullable(),
  /** Who voted: `rules`, `llm:<model>`, `buyer`. */
  judge: z.string().min(1).max(200),
  judge_version: z.string().min(1).max(100),
  /** The criterion's key; of a pair `pair`. */
  criterion: z.string().min(1).max(100),
  /** What a judge is believed on: `rubric`, `rule`, `brief`, `pair` ... */
  kind: z.string().min(1).max(40),
  /** Of a pair the order in which both were shown; null: one answer alone. */
  order: z.enum(['ab', 'ba']).nullable(),
  /** Which wording of the question was put. */
  template: z.int().min(0).max(9),
  vote: VoteValue,
  confidence: z.number().min(0).max(1),
  evidence: z.string().max(2_000),
  /** Why the vote does not count, such as `injected`; empty: it counts. */
  flags: z.array(z.string().max(60)).max(10),
});
export type Vote = z.infer<typeof Vote>;
