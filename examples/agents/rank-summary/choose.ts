import { similarity, textRank } from '../lib/graph.ts';
import { holds, type Sentence, termsOf, wordsOf } from '../lib/prose.ts';
import type { SummaryBrief } from '../lib/summary-brief.ts';
import { tightened } from './tighten.ts';

interface Candidate {
  sentence: Sentence;
  text: string;
  words: number;
  rank: number;
  /** It begins with "It", "They", "Otherwise": without the one before it nobody knows what is meant. */
  leans: boolean;
}

const LEANING =
  /^(?:it|its|they|their|them|this|these|those|he|she|his|her|otherwise|then|there|such|both|another|the (?:former|latter|other))\b/i;
const THANKS = /\b(?:thank(?:s|ed)?|grateful|acknowledge)\b/i;
const PRONOUN = /^(?:it|they|he|she) /i;
const MAX_JOINED_WORDS = 40;
const MAX_POINTS = 9;

/**
 * The sentences that say most in the words allowed: first those that hold what must be mentioned, then by rank, each
 * with the ones before it that it leans on. In their old order, tightened.
 */
export function chosen(sentences: readonly Sentence[], brief: SummaryBrief): string[] {
  const candidates = candidatesOf(sentences, brief);
  const picked = new Set<Candidate>();
  const withBefore = (list: readonly Candidate[]) =>
    best(
      list.map((one) => group(one, candidates)),
      picked,
      brief,
    );
  const alone = (list: readonly Candidate[]) =>
    best(
      list.map((one) => [one]),
      picked,
      brief,
    );
  // What the notes of a revision name comes first, should there be no room for all.
  for (const terms of [brief.wished, brief.mustMention]) {
    for (;;) {
      const missing = unsaid(picked, terms);
      const holders = candidates.filter(({ text }) => missing.some((term) => holds(text, term)));
      const next = withBefore(holders) ?? alone(holders);
      if (next === null) break;
      add(next, picked);
    }
  }
  for (let next = withBefore(candidates); next !== null; next = withBefore(candidates)) add(next, picked);
  return joined([...picked].toSorted((a, b) => a.sentence.at - b.sentence.at));
}

/** What says more of the subject before it becomes one sentence with it: "A wheel costs 40, and it lasts long." */
function joined(candidates: readonly Candidate[]): string[] {
  const texts: string[] = [];
  let last: Candidate | null = null;
  for (const one of candidates) {
    const before = texts.at(-1);
    const goesOn = last !== null && one.sentence.at === last.sentence.at + 1 && PRONOUN.test(one.text);
    if (goesOn && before?.endsWith('.') && wordsOf(before).length + one.words <= MAX_JOINED_WORDS) {
      texts[texts.length - 1] = `${before.slice(0, -1)}, and ${one.text[0]?.toLowerCase()}${one.text.slice(1)}`;
    } else texts.push(one.text);
    last = one;
  }
  return texts;
}

function candidatesOf(sentences: readonly Sentence[], brief: SummaryBrief): Candidate[] {
  const ranks = textRank(
    sentences.map(({ terms }) => terms),
    termsOf(brief.topic),
  );
  return sentences.map((sentence, i) => {
    const text = tightened(sentence.text, brief.mustMention);
    const unwanted = THANKS.test(text) || brief.avoid.some((term) => holds(text, term));
    return {
      sentence,
      text,
      // One more for the "and" that may join it to the one before.
      words: wordsOf(text).length + Number(PRONOUN.test(text)),
      // A sentence of a few words says little of its own.
      rank: unwanted ? 0 : (ranks[i] ?? 0) * Math.min(1, sentence.length / 8),
      leans: LEANING.test(text) && sentence.paragraph === sentences[i - 1]?.paragraph,
    };
  });
}

/** A sentence with those before it that it leans on, at most two. */
function group(candidate: Candidate, all: readonly Candidate[]): Candidate[] {
  const list = [candidate];
  for (let one = candidate; one.leans && list.length < 3; ) {
    const before = all[one.sentence.at - 1];
    if (!before) break;
    list.unshift(before);
    one = before;
  }
  return list;
}

/** The group with the most new terms and weight for its words; null when none fits any more. */
function best(groups: readonly Candidate[][], picked: ReadonlySet<Candidate>, brief: SummaryBrief): Candidate[] | null {
  const words = [...picked].reduce((sum, one) => sum + one.words, 0);
  const said = [...picked].map(({ sentence }) => new Set(sentence.terms));
  const missing = unsaid(picked, brief.mustMention);
  let found: Candidate[] | null = null;
  let most = 0;
  for (const members of groups) {
    const added = members.filter((one) => !picked.has(one));
    const cost = added.reduce((sum, one) => sum + one.words, 0);
    if (added.length === 0 || words + cost > brief.maxWords || added.some(({ rank }) => rank === 0)) continue;
    if (brief.format === 'bullets' && picked.size + added.length > MAX_POINTS) continue;
    const news = missing.filter((term) => added.some(({ text }) => holds(text, term))).length;
    const weight = added.reduce((sum, one) => sum + one.rank * (1 - echo(one, said)), 0);
    const value = (weight + news * 0.05) / Math.sqrt(cost);
    if (value > most) [most, found] = [value, added];
  }
  return found;
}

/** How much of a sentence has been said, 0 to 0.9. */
function echo({ sentence }: Candidate, said: readonly ReadonlySet<string>[]): number {
  const terms = new Set(sentence.terms);
  return Math.min(
    0.9,
    said.reduce((most, other) => Math.max(most, similarity(terms, other)), 0),
  );
}

function unsaid(picked: ReadonlySet<Candidate>, terms: readonly string[]): string[] {
  return terms.filter((term) => ![...picked].some(({ text }) => holds(text, term)));
}

function add(members: readonly Candidate[], picked: Set<Candidate>): void {
  for (const member of members) picked.add(member);
}
