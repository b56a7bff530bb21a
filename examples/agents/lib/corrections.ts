import type { Sentence } from './prose.ts';

const CORRECTS = /\b(?:correct(?:ed|ion)|put right|revised|amended|no longer|instead of|supersede[sd]?|added later)\b/i;
const FIGURE = /\d/;
/** So many telling words in common, and a later sentence speaks of the same thing. */
const SAME = 2;

/** Without the sentences whose figures a later one puts right: what is superseded belongs into no summary. */
export function settled(sentences: readonly Sentence[]): Sentence[] {
  const corrections = sentences.filter(({ text }) => CORRECTS.test(text) && FIGURE.test(text));
  return sentences.filter(
    (sentence) =>
      !FIGURE.test(sentence.text) || !corrections.some((later) => later.at > sentence.at && isSame(sentence, later)),
  );
}

function isSame({ terms }: Sentence, later: Sentence): boolean {
  const there = new Set(later.terms.filter((term) => !FIGURE.test(term)));
  return new Set(terms.filter((term) => there.has(term))).size >= SAME;
}
