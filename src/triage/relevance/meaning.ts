/** Texts that have nothing to do with each other are about this alike to most models, and those on one subject so much. */
const UNLIKE = 0.2;
const ALIKE = 0.8;

/** How alike two texts are by their vectors, 0-1; 0 where there is none, or the two can't be compared. */
export function likeness(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) return 0;
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  const cosine = dot / Math.sqrt(ofA * ofB);
  return Number.isFinite(cosine) ? Math.min(1, Math.max(0, (cosine - UNLIKE) / (ALIKE - UNLIKE))) : 0;
}
