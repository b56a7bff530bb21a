import { deflateRawSync } from 'node:zlib';
import type { Reading } from './artifact-text.js';
import type { BriefText } from './brief-text.js';
import { differInLanguage } from './checks/relation.js';
import { keyTerms, stem } from './echo.js';
import { countWords, type FindGate, gate, isText, percent, wordsOf } from './gate.js';
import { memo } from './memo.js';
import { type Substance, shareOf } from './substance.js';
import { foldedWords, jaccard } from './text.js';

/** Gates against text that is long and empty: the brief again, padding, and what has nothing to do with the brief. */

const ECHO = {
  share: 0.5,
  shareIfWanted: 0.9,
  asked: 0.35,
  told: 0.3,
  toldAlone: 0.6,
  ofShort: 0.8,
  shortBrief: 250,
  fewestWords: 6,
  own: 0.1,
};

/**
 * Half of the answer and more is the brief's own sentences, also reordered or with a word changed here and there, and
 * what the brief *asks* is among them. A source that stands in the brief may come back corrected or shortened, and that
 * is work; but no work repeats the question.
 */
export const echoed: FindGate = ({ answer, substance, echo, brief, rules }) => {
  const share = shareOf(substance, 'echoed', 'quoted', 'repeated');
  const taken = wordsOf(substance.sentences.filter(({ sort }) => sort === 'echoed' || sort === 'quoted'));
  const isTitle = sameWords(foldedWords(answer.text), foldedWords(brief.title));
  const isDressed = shareOf(substance, 'own') < ECHO.own;
  if (share < ECHO.share && !isTitle && !isDressed) return undefined;
  const [asked, told] = [echo.askedAgain(taken), echo.toldAgain(taken)];
  const wanted = rules.some(({ kind }) => kind === 'repeats_prompt') ? ECHO.shareIfWanted : ECHO.share;
  const isMost = share >= wanted && asked > 0 && (told >= ECHO.toldAlone || (asked >= ECHO.asked && told >= ECHO.told));
  const isPart =
    (isDressed || share >= ECHO.ofShort) &&
    asked > 0 &&
    taken.length >= ECHO.fewestWords &&
    echo.size < ECHO.shortBrief;
  if (!isTitle && !isMost && !(isPart && isText(answer))) return undefined;
  return gate(
    'echo',
    `${percent(share)} of the words are sentences of the brief; ${percent(told)} of the brief is there again`,
  );
};

const SAME_WORDS = 0.85;

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  if (a.length < 3) return false;
  const given = new Set(b);
  const own = new Set<string>();
  // Two sets are no more alike than their sizes are: with a long text it ends after a few words.
  for (const word of a) if (own.add(word).size * SAME_WORDS > given.size) return false;
  return jaccard(own, given) >= SAME_WORDS;
}

const PADDED = {
  fewestWords: 30,
  share: 0.6,
  besideEcho: 0.25,
  withEcho: 0.75,
  dummy: 0.3,
  compressChars: 1_500,
  compressed: 0.17,
};

/** Most of the text says nothing: said again, fitting under any brief, or dummy text. */
export const padding: FindGate = ({ answer, substance }) => {
  if (!isText(answer) || countWords(substance.sentences) < PADDED.fewestWords) return undefined;
  const shares = {
    repeated: shareOf(substance, 'repeated'),
    filler: shareOf(substance, 'filler'),
    dummy: shareOf(substance, 'dummy'),
  };
  const empty = shares.repeated + shares.filler + shares.dummy;
  const ratio = compressedTo(answer.text);
  const isPadded =
    empty >= PADDED.share ||
    (empty >= PADDED.besideEcho && empty + shareOf(substance, 'echoed', 'quoted') >= PADDED.withEcho) ||
    shares.dummy >= PADDED.dummy ||
    ratio < PADDED.compressed;
  if (!isPadded) return undefined;
  const parts = Object.entries(shares).map(([name, share]) => `${percent(share)} ${name}`);
  return gate('padding', `of the words ${parts.join(', ')}; the text compresses to ${percent(ratio)}`);
};

function compressedTo(text: string): number {
  const sample = text.slice(0, 50_000);
  if (sample.length < PADDED.compressChars) return 1;
  // Most come out smaller than this: to provide the usual 16 kB takes half as long as to compress.
  return deflateRawSync(sample, { chunkSize: 4_096 }).length / Buffer.byteLength(sample);
}

const UNRELATED = {
  fewestWords: 60,
  manyWords: 120,
  fewestTerms: 3,
  manyTerms: 15,
  share: 0.13,
  shareWithoutTitle: 0.2,
  fillerShare: 0.3,
  ofAttachment: 0.1,
};

/** What a brief is about; it is the same object for every bid of a round. */
const subjectOf = memo((brief: BriefText) => {
  const told = Object.values(brief).join('\n');
  return { told, terms: keyTerms(told, 40), titleTerms: keyTerms(brief.title) };
});

const termsOf = memo(({ text }: Reading) => keyTerms(text.slice(0, 20_000)));

/** A long text that touches neither what the brief is about nor what is attached fits under any other brief as well. */
export const unrelated: FindGate = ({ answer, substance, brief, attachments }) => {
  const { told, terms, titleTerms } = subjectOf(brief);
  const count = countWords(substance.sentences);
  if (!isText(answer) || terms.length < UNRELATED.fewestTerms || count < UNRELATED.fewestWords) return undefined;
  if (differInLanguage(told, answer.text)) return undefined;
  const said = new Set(foldedWords(answer.text).map(stem));
  const share = (list: readonly string[]) => list.filter((term) => said.has(term)).length / Math.max(1, list.length);
  if (attachments.some((file) => share(termsOf(file)) >= UNRELATED.ofAttachment)) return undefined;
  const needed = neededHits(terms.length, count, substance, titleTerms.length === 0 || share(titleTerms) > 0);
  const hits = Math.round(share(terms) * terms.length);
  return hits >= needed
    ? undefined
    : gate('unrelated', `${hits} of ${terms.length} key terms of the brief occur in ${count} words`);
};

/** How many of the brief's terms an honest text of this length has at the very least. */
function neededHits(terms: number, words: number, substance: Substance, namesTitle: boolean): number {
  if (terms < UNRELATED.manyTerms)
    return Math.min(terms, namesTitle ? 1 + Number(words >= UNRELATED.manyWords && terms >= 6) : 3);
  const isHollow = shareOf(substance, 'filler', 'repeated', 'dummy') >= UNRELATED.fillerShare;
  return terms * (namesTitle && !isHollow ? UNRELATED.share : UNRELATED.shareWithoutTitle);
}
