/** The known word that somebody who typed `word` most likely meant: one begins with the other, or they share most pairs of letters. */
export function meant(word: string, known: readonly string[]): string | null {
  const typed = word.toLowerCase().slice(0, 60);
  const close = known.find((one) => typed.length >= 2 && (one.startsWith(typed) || typed.startsWith(one)));
  if (close !== undefined) return close;
  const best = known.map((one) => ({ one, share: alike(typed, one) })).sort((a, b) => b.share - a.share)[0];
  return best && best.share >= 0.5 ? best.one : null;
}

/** Of the pairs of neighbouring letters in both words the share that they have in common (Dice), 0-1. */
function alike(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  const common = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size);
}

function pairs(word: string): Set<string> {
  const padded = ` ${word} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2)));
}
