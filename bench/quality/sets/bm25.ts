import type { Market } from './market.ts';

/** Plain BM25 over everything an agent says: what the marks of a market are held against. */
export function bm25({ agents, tasks, history }: Market, withHistory: boolean): Record<string, string[]> {
  const documents = agents.map(({ id, name, description, capabilities, tags }) => {
    const said = [name, description, ...capabilities, ...tags, ...(withHistory ? (history[id] ?? []) : [])];
    return { id, words: wordsOf(said.join(' ')) };
  });
  const mean = documents.reduce((sum, { words }) => sum + words.length, 0) / documents.length;
  const found = new Map<string, number>();
  for (const { words } of documents) for (const word of new Set(words)) found.set(word, (found.get(word) ?? 0) + 1);
  const counted = documents.map(({ id, words }) => {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { id, counts, norm: 1.2 * (0.25 + (0.75 * words.length) / mean) };
  });
  const score = (query: readonly string[], { counts, norm }: (typeof counted)[number]) =>
    query.reduce((sum, word) => {
      const [times, many] = [counts.get(word) ?? 0, found.get(word) ?? 0];
      return sum + Math.log(1 + (documents.length - many + 0.5) / (many + 0.5)) * ((times * 2.2) / (times + norm));
    }, 0);
  return Object.fromEntries(
    tasks.map(({ id, title, description }) => {
      const query = [...new Set(wordsOf(`${title} ${description}`))];
      const scored = counted.map((one) => ({ id: one.id, score: score(query, one) }));
      return [
        id,
        scored
          .toSorted((a, b) => b.score - a.score)
          .slice(0, 10)
          .map((one) => one.id),
      ];
    }),
  );
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? [];
}
