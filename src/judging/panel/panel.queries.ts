import type { Db } from '../../platform/database/db.js';
import type { CriterionVote, PairVote, Pick } from './from-picks.js';
import type { Side } from './jury.js';
import { BUYER } from './votes.service.js';

/** Pairs that buyers decided, the newest first. */
export function picksOf(db: Db, most: number): Promise<Pick[]> {
  return db.query<Pick>(
    `SELECT subject AS picked, against AS other FROM votes WHERE judge = $1 AND against IS NOT NULL ORDER BY at DESC, id DESC LIMIT $2`,
    [BUYER, most],
  );
}

/**
 * What judges said of the criteria of these bids: models vote by vote, and the rules in the judgement, where they answered
 * whatever no model was asked.
 */
export function criterionVotesOf(db: Db, subjects: readonly string[]): Promise<CriterionVote[]> {
  return db.query<CriterionVote>(
    `SELECT j.subject, 'rules' AS judge, c.source AS kind, c.key AS criterion, c.met
     FROM judgements j CROSS JOIN LATERAL jsonb_to_recordset(j.criteria) AS c (key text, source text, met text)
     WHERE j.subject = ANY($1::uuid[]) AND c.source <> 'gate' AND c.met <> 'unknown'
       AND NOT EXISTS (SELECT FROM votes v WHERE v.subject = j.subject AND v.against IS NULL AND v.criterion = c.key)
     UNION ALL
     SELECT subject, judge, kind, criterion, vote FROM votes
     WHERE subject = ANY($1::uuid[]) AND against IS NULL AND kind <> 'canary' AND flags = '{}' AND vote IN ('yes', 'no', 'unknown')`,
    [subjects],
  );
}

/** Which of two of these bids judges found better. */
export async function pairVotesOf(db: Db, subjects: readonly string[]): Promise<PairVote[]> {
  const found = await db.query<Omit<PairVote, 'side'> & { vote: 'a' | 'b' | 'tie' }>(
    `SELECT subject, against, judge, shown_order AS "order", vote FROM votes
     WHERE subject = ANY($1::uuid[]) AND against = ANY($1::uuid[]) AND judge <> $2 AND flags = '{}' AND vote IN ('a', 'b', 'tie')`,
    [subjects, BUYER],
  );
  const sides: Readonly<Record<string, Side>> = { a: 1, b: -1, tie: 0 };
  return found.map(({ vote, ...about }) => ({ ...about, side: sides[vote] ?? null }));
}
