import type { Sentence } from '../lib/prose.ts';

/** The first sentence of each paragraph, then the second of each, until the words are used up; in their old order. */
export function lead(sentences: readonly Sentence[], maxWords: number, maxSentences = 30): string[] {
  const rank = new Map<Sentence, number>();
  let paragraph = -1;
  let place = 0;
  for (const sentence of sentences) {
    place = sentence.paragraph === paragraph ? place + 1 : 0;
    paragraph = sentence.paragraph;
    rank.set(sentence, place);
  }
  const queue = sentences.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  const chosen: Sentence[] = [];
  let words = 0;
  for (const sentence of queue) {
    if (chosen.length >= maxSentences) break;
    if (words + sentence.length > maxWords) continue;
    chosen.push(sentence);
    words += sentence.length;
  }
  return chosen.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
}
