import { checkedUsage, type Prices } from '../judging/cost.js';
import type { StoredArtifact } from './artifact.entity.js';
import type { Bid } from './bid.entity.js';
import type { UsageView } from './task.schema.js';

const TEXTS: ReadonlySet<StoredArtifact['type']> = new Set(['text', 'markdown', 'html', 'code', 'json']);

/** What an agent says its work cost, and whether that can be so. Null: it said nothing. */
export function usageView(
  { usage }: Bid,
  artifacts: readonly Pick<StoredArtifact, 'type' | 'size'>[],
  prices: Prices,
): UsageView | null {
  if (!usage) return null;
  const texts = artifacts.filter(({ type }) => TEXTS.has(type));
  const { model = null, input_tokens = null, output_tokens = null, cost = null } = usage;
  const bytes = texts.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return { model, input_tokens, output_tokens, cost, ...checkedUsage(usage, bytes, prices) };
}
