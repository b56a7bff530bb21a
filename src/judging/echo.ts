import { BRIEF_WORDS, FILLER_WORDS, STOP_WORDS } from './lexicon.js';
import { foldedWords, sentences } from './text.js';

const CHUNK_WORDS = 30;
const SAME = 0.65;

/** A word reduced so far that its forms meet: `summaries` and `summarise`, `plants` and `plant`. */
export function stem(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '');
  if (plain.length > 6) return plain.slice(0, 6);
  return plain.length > 3 ? plain.replace(/(?:es|s)$/, '') : plain;
}

/** The words that say what a text is about, as stems, in the order in which they first come. */
export function keyTerms(text: string, most = 60): string[] {
  const telling = foldedWords(text).filter((word) => isTelling(word) && !BRIEF_WORDS.has(word));
  return [...new Set(telling.map(stem))].slice(0, most);
}

function isTelling(word: string): boolean {
  if (/^[\d.,-]+$/.test(word)) return word.length > 1;
  return word.length > 2 && !STOP_WORDS.has(word) && !FILLER_WORDS.has(word);
}

/**
 * Finds sentences again that somebody took from a text, also with a word changed here and there, or in another order.
 * The text is cut into overlapping chunks; a sentence is an echo when nearly all its words stand in one of them.
 */
export class EchoIndex {
  private readonly chunksByWord = new Map<string, number[]>();
  private readonly stems: ReadonlySet<string>;
  readonly words: readonly string[];

  constructor(text: string) {
    this.words = foldedWords(text);
    this.stems = new Set(keyTerms(text, 1_000));
    const pieces = text
      .split('\n')
      .flatMap((line) => sentences(line))
      .flatMap(chunks);
    for (const [number, piece] of pieces.entries()) {
      for (const word of new Set(piece)) this.chunksByWord.set(word, [...(this.chunksByWord.get(word) ?? []), number]);
    }
  }

  /** Whether a sentence, as folded words, is one of the text's. */
  has(sentence: readonly string[]): boolean {
    const content = sentence.filter((word) => !STOP_WORDS.has(word));
    return content.length > 0 && this.best(sentence) >= SAME && this.best(content) >= SAME;
  }

  /** Whether the text is about this word. */
  names(word: string): boolean {
    return this.stems.has(stem(word));
  }

  /** The largest share of these words that one chunk holds. */
  private best(list: readonly string[]): number {
    const hits = new Map<number, number>();
    for (const word of list) {
      for (const chunk of this.chunksByWord.get(word) ?? []) hits.set(chunk, (hits.get(chunk) ?? 0) + 1);
    }
    return Math.max(0, ...hits.values()) / Math.max(1, list.length);
  }
}

function chunks(sentence: string): string[][] {
  const list = foldedWords(sentence);
  if (list.length <= CHUNK_WORDS) return [list];
  const starts = Array.from({ length: Math.ceil(list.length / (CHUNK_WORDS / 2)) }, (_, i) => i * (CHUNK_WORDS / 2));
  return starts.map((start) => list.slice(start, start + CHUNK_WORDS));
}
