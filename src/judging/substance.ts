import { EchoIndex } from './echo.js';
import { FILLER_WORDS, LOREM_WORDS, STOCK_PHRASES, STOP_WORDS } from './lexicon.js';
import { type Block, blocks, blockText, render } from './markdown.js';
import { contained, foldedWords, sentences, shingles } from './text.js';

/**
 * What an answer says of its own, once. Each sentence is sorted; what is said again, fits under any brief, is dummy
 * text or was taken from the brief counts toward no minimum and, when it is most of the answer, closes a gate.
 */
export type Sort = 'own' | 'repeated' | 'filler' | 'dummy' | 'echoed';

export interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
  readonly sort: Sort;
}

export interface Substance {
  readonly sentences: readonly Sentence[];
  /** The answer's Markdown with nothing but its own sentences; headings stay where something of their own follows. */
  readonly own: string;
}

const FEWEST_WORDS = 4;
const REPEATED_SHARE = 0.7;

export function substanceOf(text: string, echo: EchoIndex): Substance {
  const sorter = new Sorter(echo);
  const sorted: Sentence[] = [];
  const kept: Block[] = [];
  for (const block of blocks(text)) {
    const said = sentencesOf(block).map((sentence) => sorter.sort(sentence));
    sorted.push(...said);
    const rest = keep(block, said);
    if (rest) kept.push(rest);
  }
  return { sentences: sorted, own: render(withoutBareHeadings(kept)) };
}

/** The share of the words that stand in sentences of these sorts. */
export function shareOf({ sentences: all }: Substance, ...sorts: readonly Sort[]): number {
  const count = (list: readonly Sentence[]) => list.reduce((sum, { words }) => sum + words.length, 0);
  return count(all.filter(({ sort }) => sorts.includes(sort))) / Math.max(1, count(all));
}

function sentencesOf(block: Block): string[] {
  if (block.kind === 'table' || block.kind === 'code') return blockText(block).split('\n');
  return sentences(block.text);
}

/** The block with its own sentences only, or nothing. */
function keep(block: Block, said: readonly Sentence[]): Block | undefined {
  if (said.every(({ sort }) => sort === 'own')) return block;
  const text = said.filter(({ sort }) => sort === 'own').map((sentence) => sentence.text);
  if (text.length === 0) return undefined;
  if (block.kind === 'table') return { kind: 'paragraph', text: text.join('\n') };
  return { ...block, text: text.join(block.kind === 'code' ? '\n' : ' ') };
}

/** A heading over nothing, or over another heading of its level or above, is no structure. */
function withoutBareHeadings(list: readonly Block[]): Block[] {
  return list.filter((block, at) => {
    const next = list[at + 1];
    if (block.kind !== 'heading') return true;
    return next !== undefined && (next.kind !== 'heading' || next.level > block.level);
  });
}

class Sorter {
  private readonly said = new Set<string>();
  private readonly runs = new Set<string>();

  constructor(private readonly echo: EchoIndex) {}

  sort(text: string): Sentence {
    const list = foldedWords(text);
    const sort = this.sortOf(list, text);
    if (list.length >= FEWEST_WORDS) {
      this.said.add(list.join(' '));
      for (const run of shingles(list, 3)) this.runs.add(run);
    }
    return { text, words: list, sort };
  }

  private sortOf(list: readonly string[], text: string): Sort {
    if (list.length < FEWEST_WORDS) return 'own';
    if (isDummy(list)) return 'dummy';
    if (this.said.has(list.join(' '))) return 'repeated';
    if (list.length >= 6 && contained(shingles(list, 3), this.runs) >= REPEATED_SHARE) return 'repeated';
    if (this.echo.has(list)) return 'echoed';
    return isFiller(list, text, this.echo) ? 'filler' : 'own';
  }
}

function isDummy(list: readonly string[]): boolean {
  return list.filter((word) => LOREM_WORDS.has(word)).length / list.length >= 0.5;
}

/** A sentence that would fit under any brief: nothing but small words, common praise and the brief's own subject. */
function isFiller(list: readonly string[], text: string, echo: EchoIndex): boolean {
  const isStock = STOCK_PHRASES.some((phrase) => phrase.test(text.slice(0, 500).toLowerCase().replace(/’/g, "'")));
  const filler = list.filter(isFillerWord).length;
  const telling = list.filter((word) => !STOP_WORDS.has(word) && !isFillerWord(word) && !echo.names(word)).length;
  if (filler === 0 && !isStock) return false;
  if (telling === 0) return filler >= 2 || isStock;
  return (telling <= filler / 4 || (isStock && telling <= filler / 2)) && telling / list.length <= 0.15;
}

function isFillerWord(word: string): boolean {
  return FILLER_WORDS.has(word) || (word.endsWith('s') && FILLER_WORDS.has(word.slice(0, -1)));
}
