/** TextRank: how much each sentence is like those that are like the others. Pure. */

const DAMPING = 0.85;
const ROUNDS = 40;
const CLOSE_ENOUGH = 1e-5;

/**
 * @param terms the telling words of each sentence
 * @param topic telling words of the brief: sentences that share them are started from more often
 * @returns a weight for each sentence; they sum to 1
 */
export function textRank(terms: readonly (readonly string[])[], topic: readonly string[]): number[] {
  const sets = terms.map((list) => new Set(list));
  const likeness = sets.map((a, i) => sets.map((b, j) => (i === j ? 0 : similarity(a, b))));
  const outgoing = likeness.map((row) => row.reduce((sum, value) => sum + value, 0));
  const start = startWeights(sets, new Set(topic));
  let ranks = start;
  for (let round = 0; round < ROUNDS; round++) {
    const next = start.map((own, i) => {
      const incoming = ranks.reduce((sum, rank, j) => sum + (rank * (likeness[j]?.[i] ?? 0)) / (outgoing[j] || 1), 0);
      return (1 - DAMPING) * own + DAMPING * incoming;
    });
    const total = next.reduce((sum, value) => sum + value, 0) || 1;
    const scaled = next.map((value) => value / total);
    const change = scaled.reduce((sum, value, i) => sum + Math.abs(value - (ranks[i] ?? 0)), 0);
    ranks = scaled;
    if (change < CLOSE_ENOUGH) break;
  }
  return ranks;
}

/** The words two sentences share, against their lengths, as in the paper of Mihalcea and Tarau. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const scale = Math.log(a.size + 1) + Math.log(b.size + 1);
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const term of a) if (b.has(term)) shared++;
  return shared / scale;
}

function startWeights(sets: readonly ReadonlySet<string>[], topic: ReadonlySet<string>): number[] {
  const weights = sets.map((set) => 0.2 + similarity(set, topic));
  const total = weights.reduce((sum, value) => sum + value, 0) || 1;
  return weights.map((value) => value / total);
}
