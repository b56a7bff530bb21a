import { deflateRawSync } from 'node:zlib';
import type { QualityRule } from '@bakeoff/agent-kit';
import type { Answer, Reading } from './artifact-text.js';
import type { BriefText } from './brief-text.js';
import { differInLanguage } from './checks/relation.js';
import { type BriefEcho, keyTerms, stem } from './echo.js';
import { isEmpty } from './emptiness.js';
import { type Expected, hasExpected } from './expected.js';
import type { Gate } from './judgement.schema.js';
import { type Sentence, type Substance, shareOf } from './substance.js';
import { foldedWords, jaccard, quote, shingles } from './text.js';

/**
 * Gates: what no score can make good. Each closes on evidence that has nothing to do with how long an answer is or how
 * well it is dressed, and caps the total below what any honest attempt gets. Gates without a cap only report.
 */
export interface Gated {
  readonly answer: Answer;
  readonly substance: Substance;
  readonly echo: BriefEcho;
  readonly brief: BriefText;
  readonly expected: Expected;
  readonly rules: readonly QualityRule[];
  readonly attachments: readonly Reading[];
  readonly others: readonly Answer[];
}

type FindGate = (given: Gated) => Gate | undefined;

const CAPS = { empty: 0, refusal: 5, echo: 10, padding: 15, unrelated: 15, unchanged: 15, wrong_format: 15 };
const NEAR_COPY = 0.8;

/** Every gate that closes, the hardest first. An empty answer closes no other: nothing more is to be said of it. */
export function closedGates(given: Gated): Gate[] {
  const nothing = empty(given);
  if (nothing) return [nothing];
  const finders = [refusal, echoed, padding, unrelated, unchanged, wrongFormat, nearCopy, hiddenText];
  return finders.flatMap((find) => find(given) ?? []);
}

function gate(key: keyof typeof CAPS, evidence: string): Gate {
  return { key, evidence, cap: CAPS[key] };
}

const empty: FindGate = ({ answer, rules }) => {
  const isWanted = rules.some(({ kind }) => kind === 'one_of' || kind === 'text_equals');
  if (answer.readings.length === 0) return gate('empty', 'there is no artifact');
  const count = answer.readings.length;
  if (isWanted ? answer.readings.some(({ size }) => size > 0) : !answer.readings.every(isEmpty)) return undefined;
  return gate('empty', `nothing is in ${count === 1 ? 'the artifact' : `any of ${count} artifacts`}`);
};

const REFUSAL =
  /\b(?:as an ai\b|i(?:'m| am) (?:sorry|unable|not able)|i (?:cannot|can't|can not|won't) (?:help|assist|do|complete|fulfil|provide|create|write|answer|comply)|unable to (?:help|assist|complete|fulfil|comply))/;
const REFUSAL_WORDS = 80;

const refusal: FindGate = ({ answer, substance }) => {
  const count = wordCount(substance.sentences);
  const text = answer.text.slice(0, 2_000).toLowerCase().replace(/’/g, "'");
  return count > 0 && count < REFUSAL_WORDS && REFUSAL.test(text)
    ? gate('refusal', `the answer declines: ${quote(answer.text)}`)
    : undefined;
};

const ECHO = { share: 0.5, shareIfWanted: 0.9, asked: 0.35, told: 0.3, ofShort: 0.8, shortBrief: 250, fewestWords: 8 };

/**
 * Half of the answer and more is the brief's own sentences, also reordered or with a word changed here and there, and
 * what the brief *asks* is among them. A source that stands in the brief may come back corrected or shortened, and that
 * is work; but no work repeats the question.
 */
const echoed: FindGate = ({ answer, substance, echo, brief, rules }) => {
  const asking = wordsOf(substance.sentences.filter(({ sort }) => sort === 'echoed'));
  const all = wordsOf(substance.sentences.filter(({ sort }) => sort === 'echoed' || sort === 'quoted'));
  const share = shareOf(substance, 'echoed', 'quoted', 'repeated');
  const [asked, told] = [echo.askedAgain(asking), echo.toldAgain(all)];
  const mostShare = rules.some(({ kind }) => kind === 'repeats_prompt') ? ECHO.shareIfWanted : ECHO.share;
  const isMost = share >= mostShare && asked >= ECHO.asked && told >= ECHO.told;
  const isAll =
    share >= ECHO.ofShort && asking.length >= ECHO.fewestWords && echo.size < ECHO.shortBrief && isText(answer);
  if (!isMost && !isAll && !sameWords(foldedWords(answer.text), foldedWords(brief.title))) return undefined;
  const percent = (part: number) => `${Math.round(part * 100)} %`;
  return gate(
    'echo',
    `${percent(share)} of the words are sentences of the brief; ${percent(told)} of the brief is there again`,
  );
};

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length >= 3 && jaccard(new Set(a), new Set(b)) >= 0.85;
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
const padding: FindGate = ({ answer, substance }) => {
  if (!isText(answer) || wordCount(substance.sentences) < PADDED.fewestWords) return undefined;
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
  const parts = Object.entries(shares).map(([name, share]) => `${Math.round(share * 100)} % ${name}`);
  return gate('padding', `of the words ${parts.join(', ')}; the text compresses to ${Math.round(ratio * 100)} %`);
};

function compressedTo(text: string): number {
  const sample = text.slice(0, 50_000);
  return sample.length < PADDED.compressChars ? 1 : deflateRawSync(sample).length / Buffer.byteLength(sample);
}

const UNRELATED = { fewestWords: 60, fewestTerms: 6, share: 0.08, fillerShare: 0.3, shareWithFiller: 0.16 };

/** A long text that hardly touches what the brief is about fits under any other brief as well. */
const unrelated: FindGate = ({ answer, substance, brief }) => {
  const told = `${brief.title}\n${brief.description}`;
  const terms = keyTerms(told, 40);
  if (!isText(answer) || terms.length < UNRELATED.fewestTerms || wordCount(substance.sentences) < UNRELATED.fewestWords)
    return undefined;
  if (differInLanguage(told, answer.text)) return undefined;
  const said = new Set(foldedWords(answer.text).map(stem));
  const hits = terms.filter((term) => said.has(term)).length;
  const needed =
    shareOf(substance, 'filler', 'repeated', 'dummy') >= UNRELATED.fillerShare
      ? UNRELATED.shareWithFiller
      : UNRELATED.share;
  return hits / terms.length < needed
    ? gate(
        'unrelated',
        `${hits} of ${terms.length} key terms of the brief occur in ${wordCount(substance.sentences)} words`,
      )
    : undefined;
};

/** Every artifact is an attachment as it came. */
const unchanged: FindGate = ({ answer, attachments }) => {
  const given = new Set(attachments.map(({ source }) => foldedWords(source).join(' ')).filter((text) => text !== ''));
  const isGiven = ({ source }: Reading) => given.has(foldedWords(source).join(' '));
  return given.size > 0 && answer.readings.every(isGiven)
    ? gate('unchanged', 'the answer is an attachment as it came')
    : undefined;
};

const wrongFormat: FindGate = ({ answer, expected }) => {
  if (hasExpected(answer, expected)) return undefined;
  const formats = [...new Set(answer.readings.map(({ format }) => format))].join(', ');
  return gate('wrong_format', `asked for ${expected}; the answer is ${formats}`);
};

/** Reported only: two agents may well clean a table to the same last byte. */
const nearCopy: FindGate = ({ answer, others }) => {
  const own = shingles(foldedWords(answer.text), 5);
  const likest = Math.max(0, ...others.map((other) => jaccard(own, shingles(foldedWords(other.text), 5))));
  if (likest <= NEAR_COPY) return undefined;
  return {
    key: 'near_copy',
    evidence: `${Math.round(likest * 100)} % of its runs of five words are also another bid's of this round`,
    cap: null,
  };
};

const hiddenText: FindGate = ({ answer }) => {
  const hidden = answer.readings.flatMap((reading) => reading.hidden);
  if (hidden.length === 0) return undefined;
  const counts = [...new Set(hidden.map(({ kind }) => kind))].map((kind) => {
    const count = hidden.filter((each) => each.kind === kind).reduce((sum, each) => sum + each.count, 0);
    return `${count} ${NAMES[kind]}`;
  });
  const sample = hidden.find((each) => each.sample !== '')?.sample;
  return {
    key: 'hidden_text',
    evidence: `left out of judging: ${counts.join(', ')}${sample === undefined ? '' : `, such as ${quote(sample)}`}`,
    cap: null,
  };
};

const NAMES = {
  invisible: 'invisible characters',
  direction: 'marks that turn the direction of text',
  comment: 'comments',
  concealed: 'concealed elements',
};

/** Text that is read as such, also inside of a JSON envelope: not tables, drawings and code. */
function isText({ readings }: Answer): boolean {
  return readings.some(
    ({ format }) => format === 'text' || format === 'markdown' || format === 'html' || format === 'json',
  );
}

function wordsOf(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap(({ words }) => words);
}

function wordCount(sentences: readonly Sentence[]): number {
  return wordsOf(sentences).length;
}
