import type { BriefEcho, Taken } from './echo.js';
import { CHATTER, FILLER_WORDS, LOREM_WORDS, STOCK_PHRASES, STOP_WORDS } from './lexicon.js';
import { type Block, blocks, blockText } from './markdown.js';
import { sentences } from './sentences.js';
import { contained, foldedWords, lines, shingles } from './text.js';

/**
 * What an answer says of its own, once. Each sentence is sorted; what is said again, fits under any brief, is dummy
 * text or repeats what the brief asks counts toward no minimum and, when it is most of the answer, closes a gate. Facts
 * that are quoted from the brief are part of many a good answer, and count.
 */
export type Sort = 'own' | 'repeated' | 'filler' | 'dummy' | Taken;

export interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
  readonly sort: Sort;
}

export interface Substance {
  readonly sentences: readonly Sentence[];
  /** Each text with nothing but its own sentences; headings stay where something of their own follows. */
  readonly own: readonly string[];
}

const FEWEST_WORDS = 4;
const REPEATED_SHARE = 0.7;
const CHATTER_WORDS = 25;
const CHATTER_TELLING = 3;
const TELLING_SHARE = 0.15;

/** Sorts the sentences of an answer's texts, in their order: what the first says, the second repeats. */
export function substanceOf(texts: readonly string[], echo: BriefEcho): Substance {
  const sorter = new Sorter(echo);
  const all: Sentence[] = [];
  const own = texts.map((text) => {
    const kept = blocks(text).flatMap((block) => {
      const said = sentencesOf(block).map((sentence) => sorter.sort(sentence));
      all.push(...said);
      return keep(block, said);
    });
    return withoutBareHeadings(kept)
      .map(({ raw }) => raw)
      .join('\n\n');
  });
  return { sentences: all, own };
}

/** The share of the words that stand in sentences of these sorts. */
export function shareOf({ sentences: all }: Substance, ...sorts: readonly Sort[]): number {
  let [count, found] = [0, 0];
  for (const { words, sort } of all) {
    count += words.length;
    if (sorts.includes(sort)) found += words.length;
  }
  return found / Math.max(1, count);
}

function sentencesOf(block: Block): readonly string[] {
  if (block.kind === 'table' || block.kind === 'code') return lines(blockText(block)).flatMap(sentences);
  return sentences(block.text);
}

/** The block without the sentences that aren't its own, or nothing. What marks divide can't be found, and stays. */
function keep(block: Block, said: readonly Sentence[]): Block[] {
  const other = said.filter(({ sort }) => sort !== 'own' && sort !== 'quoted');
  if (other.length === 0) return [block];
  if (other.length === said.length) return [];
  const joined = block.kind === 'code' || block.kind === 'table' ? block.raw : lines(block.raw).join(' ');
  return [{ ...block, raw: without(joined, other) }];
}

/** Each text is looked for once: a sentence said thirty thousand times must not copy the whole as often. */
function without(raw: string, others: readonly Sentence[]): string {
  let left = raw;
  for (const [text, times] of Map.groupBy(others, (sentence) => sentence.text)) {
    const parts = left.split(text);
    const taken = times.length + 1;
    left = [parts.slice(0, taken).join(''), ...parts.slice(taken)].join(text);
  }
  return left;
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
  /** The runs of sentences that are not among the others yet. */
  private readonly latest: Runs[] = [];

  constructor(private readonly echo: BriefEcho) {}

  sort(text: string): Sentence {
    const list = foldedWords(text);
    const line = list.join(' ');
    const runs = runsOfThree(list);
    const sort = this.sortOf(list, line, runs, text);
    this.said.add(line);
    if (list.length >= FEWEST_WORDS) this.latest.push(runs);
    return { text, words: list, sort };
  }

  /** Of a few words only a repeat can be told: `Dear Ada`, a label, a number are said in every good answer. */
  private sortOf(list: readonly string[], line: string, runs: Runs, text: string): Sort {
    if (list.length > 0 && this.said.has(line)) return 'repeated';
    if (list.length < FEWEST_WORDS) return 'own';
    if (isDummy(list)) return 'dummy';
    if (list.length >= 6 && this.repeats(runs)) return 'repeated';
    return this.echo.taken(list) ?? (isFiller(list, text, this.echo) ? 'filler' : 'own');
  }

  private repeats(runs: Runs): boolean {
    const before = this.runsBefore();
    return before.size > 0 && contained(runs(), before) >= REPEATED_SHARE;
  }

  /** Added when they are asked for, which those of a text's last sentence never are. */
  private runsBefore(): ReadonlySet<string> {
    for (const runs of this.latest.splice(0)) for (const run of runs()) this.runs.add(run);
    return this.runs;
  }
}

type Runs = () => ReadonlySet<string>;

/** The runs of three words of a sentence, made when they are first asked for. */
function runsOfThree(list: readonly string[]): Runs {
  let made: ReadonlySet<string> | undefined;
  return () => (made ??= shingles(list, 3));
}

function isDummy(list: readonly string[]): boolean {
  return list.filter((word) => LOREM_WORDS.has(word)).length / list.length >= 0.5;
}

/** A sentence that would fit under any brief: small words, common praise, the brief's own subject, and little else. */
function isFiller(list: readonly string[], text: string, echo: BriefEcho): boolean {
  const telling = list.filter((word) => !STOP_WORDS.has(word) && !isFillerWord(word) && !echo.names(word)).length;
  // Most sentences tell enough, whatever their phrases: those need not be looked for.
  if (telling > CHATTER_TELLING && telling / list.length > TELLING_SHARE) return false;
  const filler = list.filter(isFillerWord).length;
  const plain = text.slice(0, 500).toLowerCase().replace(/’/g, "'");
  if (CHATTER.test(plain)) return telling <= CHATTER_TELLING && list.length <= CHATTER_WORDS;
  const isStock = STOCK_PHRASES.some((phrase) => phrase.test(plain));
  if (telling === 0) return filler >= 2 || isStock;
  const few = isStock ? filler / 2 : filler / 4;
  return telling <= few && telling / list.length <= TELLING_SHARE;
}

function isFillerWord(word: string): boolean {
  return FILLER_WORDS.has(word) || (word.endsWith('s') && FILLER_WORDS.has(word.slice(0, -1)));
}
