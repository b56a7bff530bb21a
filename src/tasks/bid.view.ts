import type { Judgement } from '../judging/judgement.schema.js';
import type { StoredArtifact } from './artifact.entity.js';
import type { Bid } from './bid.entity.js';
import type { Links } from './links.js';
import { whyNoBid } from './said-to-buyer.js';
import type { BidView } from './task.schema.js';
import { artifactViews } from './task.view.js';

/** That an agent was called and what came of it, and nothing of its work: what a buyer sees before the gallery opens. */
export function progressView(bid: Bid): BidView {
  return {
    ...facts(bid),
    reason: whyNoBid(bid),
    presented: false,
    selected: false,
    rank: null,
    price: null,
    summary: null,
    message: null,
    score: null,
    judgement: null,
    artifacts: [],
  };
}

/** A bid with its work and its judgement: for the buyer once it is presented, and for its own operator. */
export function bidView(
  bid: Bid,
  judgement: Judgement | undefined,
  artifacts: readonly StoredArtifact[],
  links: Links,
): BidView {
  return {
    ...facts(bid),
    reason: bid.reason,
    presented: bid.presented,
    selected: bid.selected,
    rank: bid.rank,
    price: bid.price,
    summary: bid.summary,
    message: bid.message,
    score: judgement?.total ?? null,
    judgement: judgement ?? null,
    artifacts: artifactViews(artifacts, links),
  };
}

function facts(bid: Bid) {
  return {
    id: bid.id,
    task_id: bid.taskId,
    round: bid.round,
    agent: { id: bid.agentId, name: bid.agentName },
    status: bid.status,
    called_at: bid.calledAt.toISOString(),
    received_at: bid.receivedAt?.toISOString() ?? null,
    took_ms: bid.tookMs,
  };
}
