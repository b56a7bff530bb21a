import type { BriefText } from './brief-text.js';
import { BRIEF_WORDS, FILLER_WORDS, STOP_WORDS } from './lexicon.js';
import { sentences } from './sentences.js';
import { contained, foldedWords, lines } from './text.js';

const CHUNK_WORDS = 30;
const CHUNK_STEP = 10;
const PIECE_WORDS = 15;
const SAME = 0.65;
const SAME_CONTENT = 0.55;

const BEYOND_ASCII = /[^\0-\x7f]/;

/** A word reduced so far that its forms meet: `summaries` and `summarise`, `plants` and `plant`. */
export function stem(word: string): string {
  const plain = BEYOND_ASCII.test(word) ? word.normalize('NFKD').replace(/\p{M}/gu, '') : word;
  if (plain.length > 6) return plain.slice(0, 6);
  if (plain.length <= 3 || !plain.endsWith('s')) return plain;
  return plain.slice(0, plain.endsWith('es') ? -2 : -1);
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

/** What somebody took from the brief: `echoed` what it asks for, `quoted` anything else that it says. */
export type Taken = 'echoed' | 'quoted';

// The first sentence nearly always asks; later ones that do begin with an order, or say what somebody wants.
const ASKS =
  /^(?:(?:please|then|and|also),? )*(?:write|draft|create|make|design|produce|deliver|return|send|provide|generate|give|translate|summari[sz]e|proofread|correct|rewrite|extract|clean|convert|list|include|add|use|avoid|keep|end|close|begin|start|mention|explain|say|leave out|do not|don't|no)\b|\b(?:we|i) (?:need|want|would like|are looking|am looking)\b|\bat (?:most|least) \d|\b(?:must|should) (?:be|not|have|contain|include|say|fit)\b/i;

// "Please correct this: From Monday the lift ..." asks as far as the colon.
const SOURCE_FOLLOWS = /:\s+(?=["“'\p{Lu}])/u;

/** In notes, a transcript or a text to work on "we need a quote by Friday" is no order: only what is said of the work itself is one. */
const ASKS_IN_SOURCE =
  /\bplease\b|\b(?:at most|at least|no more than|no longer than|under|up to|around|about) \d+ (?:words|sentences|paragraphs|bullets|characters|points|lines)\b|\b(?:tone|bullet points?|markdown|headings?)\b/i;
const SOURCE_BEGINS =
  /:\s*$|\b(?:notes|transcript|minutes|text|article|draft|thread|e-?mail|source|following|below|here (?:is|are)|this)\b/i;
const SOURCE_WORDS = 25;

/** What of a description asks for the work: what comes before a source that stands in it, and little of the source itself. */
function askedIn(description: string): string[] {
  const paragraphs = description.split(/\n\s*\n|\n(?=\S)/).map((part) => lines(part).flatMap(sentences).flatMap(parts));
  const told = paragraphs.flatMap((list, at) => list.map((sentence) => ({ sentence, at })));
  const colon = told.findIndex(({ sentence }) => SOURCE_FOLLOWS_HERE.test(sentence));
  const line = told.findIndex(({ at }, next) => at > 0 && SOURCE_BEGINS.test(told[next - 1]?.sentence ?? ''));
  const begins = [colon < 0 ? -1 : colon + 1, line].filter((at) => at > 0).toSorted((a, b) => a - b)[0];
  const rest = begins === undefined ? [] : told.slice(begins);
  const isSource = foldedWords(rest.map(({ sentence }) => sentence).join(' ')).length >= SOURCE_WORDS;
  return told.flatMap(({ sentence }, at) => {
    const inSource = isSource && begins !== undefined && at >= begins;
    return at === 0 || (inSource ? ASKS_IN_SOURCE : ASKS).test(sentence) ? [sentence] : [];
  });
}

const SOURCE_FOLLOWS_HERE = /:\s*$/;

/** A sentence, and what it introduces by a colon. */
function parts(sentence: string): string[] {
  const [asks = '', ...rest] = sentence.split(SOURCE_FOLLOWS);
  return rest.length === 0 ? [asks] : [`${asks}:`, ...rest];
}

/** Recognises sentences of a brief in an answer. */
export class BriefEcho {
  private readonly asked: readonly (readonly string[])[];
  private readonly asking: EchoIndex;
  private readonly all: EchoIndex;
  private readonly subject: ReadonlySet<string>;

  constructor({ title, description, details }: BriefText) {
    this.asked = askedIn(description).map(foldedWords);
    this.asking = new EchoIndex([...foldedWords(title), ...this.asked.flat()]);
    this.all = new EchoIndex(foldedWords([title, description, details].join('\n')));
    this.subject = new Set(keyTerms(`${title}\n${description}`, 1_000));
  }

  /** Whether a sentence, as folded words, was taken from the brief. */
  taken(sentence: readonly string[]): Taken | undefined {
    if (this.asking.has(sentence)) return 'echoed';
    return this.all.has(sentence) ? 'quoted' : undefined;
  }

  /** Whether the brief is about this word. */
  names(word: string): boolean {
    return this.subject.has(stem(word));
  }

  /** How many words the brief has. */
  get size(): number {
    return this.all.words.length;
  }

  /** The share of what the brief asks for that is asked again in a text of these words. */
  askedAgain(words: readonly string[]): number {
    const again = new EchoIndex(words);
    const found = this.asked.filter((sentence) => again.has(sentence));
    return found.flat().length / Math.max(1, this.asked.flat().length);
  }

  /** The share of all the brief's words that occur among these. */
  toldAgain(words: readonly string[]): number {
    return contained(new Set(this.all.words), new Set(words));
  }
}

/**
 * Finds sentences again that somebody took from a text, also with a word changed here and there, or in another order.
 * The text is cut into overlapping chunks; a sentence is an echo when most of its words stand in one of them.
 */
class EchoIndex {
  private readonly chunksByWord = new Map<string, number[]>();

  constructor(readonly words: readonly string[]) {
    for (const [number, chunk] of chunks(this.words).entries()) {
      for (const word of new Set(chunk)) {
        const known = this.chunksByWord.get(word);
        if (known) known.push(number);
        else this.chunksByWord.set(word, [number]);
      }
    }
  }

  /** Whether a sentence, as folded words, is one of the text's. A long one is looked for in pieces. */
  has(sentence: readonly string[]): boolean {
    // No chunk holds more of them than the whole text does.
    const known = sentence.filter((word) => this.chunksByWord.has(word)).length;
    if (known / sentence.length < SAME) return false;
    const content = sentence.filter((word) => !STOP_WORDS.has(word));
    if (content.length === 0) return false;
    return this.share(sentence, PIECE_WORDS) >= SAME && this.share(content, PIECE_WORDS / 2) >= SAME_CONTENT;
  }

  private share(list: readonly string[], pieceWords: number): number {
    const size = Math.ceil(list.length / Math.max(1, Math.round(list.length / pieceWords)));
    let found = 0;
    for (let at = 0; at < list.length; at += size) found += this.most(list.slice(at, at + size));
    return found / list.length;
  }

  /** How many of these words one chunk holds at most. */
  private most(list: readonly string[]): number {
    const hits = new Map<number, number>();
    for (const word of list) {
      for (const chunk of this.chunksByWord.get(word) ?? []) hits.set(chunk, (hits.get(chunk) ?? 0) + 1);
    }
    return Math.max(0, ...hits.values());
  }
}

/** Overlapping runs over the whole text, whatever its sentences: whoever drops a full stop joins two of them. */
function chunks(list: readonly string[]): (readonly string[])[] {
  const count = Math.max(1, Math.ceil((list.length - CHUNK_WORDS) / CHUNK_STEP) + 1);
  return Array.from({ length: count }, (_, at) => list.slice(at * CHUNK_STEP, at * CHUNK_STEP + CHUNK_WORDS));
}
