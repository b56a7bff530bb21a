import type { KeptNote } from '../dispatch/callbacks.queries.js';
import { LIST_PRICES, type Prices } from '../judging/cost.js';
import type { Judgement } from '../judging/judgement.schema.js';
import type { StoredArtifact } from './artifact.entity.js';
import type { Bid } from './bid.entity.js';
import { type Kin, NO_KIN } from './kin.js';
import type { Links } from './links.js';
import { whyNoBid, whyNotPresented } from './said-to-buyer.js';
import type { BidView } from './task.schema.js';
import { artifactViews, noteView } from './task.view.js';
import { usageView } from './usage.view.js';

/** That an agent was called and what came of it, and nothing of its work: what a buyer sees before the gallery opens. */
export function progressView(bid: Bid, note?: KeptNote): BidView {
  return {
    ...facts(bid),
    progress: noteView(note),
    reason: whyNoBid(bid),
    presented: false,
    selected: false,
    rank: null,
    position: null,
    not_presented: null,
    declared_model: null,
    note: null,
    same_operator_as: [],
    same_model_as: [],
    price: null,
    summary: null,
    message: null,
    usage: null,
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
  kin: Kin = NO_KIN,
  prices: Prices = LIST_PRICES,
): BidView {
  return {
    ...facts(bid),
    progress: null,
    reason: bid.reason,
    presented: bid.presented,
    selected: bid.selected,
    rank: bid.rank,
    position: bid.position,
    not_presented: bid.notPresented && whyNotPresented(bid.notPresented),
    declared_model: bid.declaredModel,
    note: null,
    same_operator_as: [...kin.operator],
    same_model_as: [...kin.model],
    price: bid.price,
    summary: bid.summary,
    message: bid.message,
    usage: usageView(bid, artifacts, prices),
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
    agent: { id: bid.agentId, name: bid.agentName, new: bid.agentNew },
    status: bid.status,
    called_at: bid.calledAt.toISOString(),
    received_at: bid.receivedAt?.toISOString() ?? null,
    took_ms: bid.tookMs,
    extra: bid.extra,
  };
}
