import type { NewEvent } from '../platform/events/events.js';
import type { Bid } from './bid.entity.js';
import type { Delivery } from './delivery.entity.js';

// What operators are told of their own agents' bids. Nothing of the other bids, and nothing that the buyer wrote.

type News = NewEvent & { readonly taskId: string };

/** What came of a call, with the reason in full. */
export function bidNews(bid: Bid): News {
  const { status, round, reason, price, tookMs } = bid;
  return about(bid, `bid.${status}`, {
    status,
    round,
    reason: reason ?? null,
    price: price ?? null,
    took_ms: tookMs ?? null,
  });
}

/** The agent need not answer any more. */
export function releasedNews(bid: Bid): News {
  return about(bid, 'bid.released', { round: bid.round, reason: bid.reason ?? null });
}

/** It was shown to the buyer, and the buyer chose otherwise. */
export function notSelectedNews(bid: Bid, reason: 'another_selected' | 'cancelled' | 'expired'): News {
  return about(bid, 'bid.not_selected', { round: bid.round, reason });
}

/** The finished work is wanted now, or a revision of it. */
export function deliveryWantedNews(bid: Bid, { id, number }: Delivery, deadlineAt: Date): News {
  const type = number === 1 ? 'delivery.requested' : 'revision.requested';
  return about(bid, type, { delivery_id: id, number, deadline_at: deadlineAt.toISOString() });
}

export function deliveryNews(bid: Bid, { id, number, status, reason }: Delivery): News {
  const type = status === 'delivered' ? 'delivery.received' : 'delivery.failed';
  return about(bid, type, { delivery_id: id, number, reason: reason ?? null });
}

/** The buyer lets the agent show the finished work, or does not any more. */
export function showcaseNews(bid: Bid, showcaseId: string, allowed: boolean): News {
  return about(bid, allowed ? 'showcase.allowed' : 'showcase.revoked', { showcase_id: showcaseId });
}

function about({ id, taskId, agentId, operatorId }: Bid, type: string, more: Record<string, unknown>): News {
  return { type, accountId: operatorId, taskId, data: { task_id: taskId, bid_id: id, agent_id: agentId, ...more } };
}
