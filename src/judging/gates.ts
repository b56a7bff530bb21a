import { deflateRawSync } from 'node:zlib';
import type { QualityRule } from '@bakeoff/agent-kit';
import type { Answer, Reading } from './artifact-text.js';
import type { BriefText } from './brief-text.js';
import { differInLanguage } from './checks/relation.js';
import { type BriefEcho, keyTerms, stem } from './echo.js';
import { isEmpty } from './emptiness.js';
import { type Expected, formatProblem, isRunningText } from './expected.js';
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

const CAPS = {
  empty: 0,
  refusal: 5,
  echo: 10,
  padding: 15,
  unrelated: 15,
  unchanged: 15,
  wrong_format: 15,
  stub: 15,
  malformed: 40,
};
const NEAR_COPY = 0.8;

/** Every gate that closes, the hardest first. An empty answer closes no other: nothing more is to be said of it. */
export function closedGates(given: Gated): Gate[] {
  const nothing = empty(given);
  if (nothing) return [nothing];
  const finders = [refusal, echoed, padding, unrelated, unchanged, wrongFormat, stub, nearCopy, hiddenText];
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

const ECHO = {
  share: 0.5,
  shareIfWanted: 0.9,
  asked: 0.35,
  told: 0.3,
  toldAlone: 0.6,
  ofShort: 0.8,
  shortBrief: 250,
  fewestWords: 8,
};

/**
 * Half of the answer and more is the brief's own sentences, also reordered or with a word changed here and there, and
 * what the brief *asks* is among them. A source that stands in the brief may come back corrected or shortened, and that
 * is work; but no work repeats the question.
 */
const echoed: FindGate = ({ answer, substance, echo, brief, rules }) => {
  const share = shareOf(substance, 'echoed', 'quoted', 'repeated');
  const taken = wordsOf(substance.sentences.filter(({ sort }) => sort === 'echoed' || sort === 'quoted'));
  const isTitle = sameWords(foldedWords(answer.text), foldedWords(brief.title));
  if (share < ECHO.share && !isTitle) return undefined;
  const [asked, told] = [echo.askedAgain(taken), echo.toldAgain(taken)];
  const wanted = rules.some(({ kind }) => kind === 'repeats_prompt') ? ECHO.shareIfWanted : ECHO.share;
  const isMost = share >= wanted && asked > 0 && (told >= ECHO.toldAlone || (asked >= ECHO.asked && told >= ECHO.told));
  const isPart = share >= ECHO.ofShort && asked > 0 && taken.length >= ECHO.fewestWords && echo.size < ECHO.shortBrief;
  if (!isTitle && !isMost && !(isPart && isText(answer))) return undefined;
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

/** A long text that touches neither what the brief is about nor what is attached fits under any other brief as well. */
const unrelated: FindGate = ({ answer, substance, brief, attachments }) => {
  const told = Object.values(brief).join('\n');
  const terms = keyTerms(told, 40);
  const count = wordCount(substance.sentences);
  if (!isText(answer) || terms.length < UNRELATED.fewestTerms || count < UNRELATED.fewestWords) return undefined;
  if (differInLanguage(told, answer.text)) return undefined;
  const said = new Set(foldedWords(answer.text).map(stem));
  const share = (list: readonly string[]) => list.filter((term) => said.has(term)).length / Math.max(1, list.length);
  if (attachments.some(({ text }) => share(keyTerms(text.slice(0, 20_000))) >= UNRELATED.ofAttachment))
    return undefined;
  const titleTerms = keyTerms(brief.title);
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

/** Every artifact is an attachment as it came. */
const unchanged: FindGate = ({ answer, attachments }) => {
  const given = new Set(attachments.map(({ source }) => foldedWords(source).join(' ')).filter((text) => text !== ''));
  const isGiven = ({ source }: Reading) => given.has(foldedWords(source).join(' '));
  return given.size > 0 && answer.readings.every(isGiven)
    ? gate('unchanged', 'the answer is an attachment as it came')
    : undefined;
};

/** A program can't read it, or there is nothing of what was asked for at all. */
const wrongFormat: FindGate = ({ answer, expected }) => {
  const problem = formatProblem(answer, expected);
  if (problem === undefined) return undefined;
  const formats = [...new Set(answer.readings.map(({ format }) => format))].join(', ');
  if (problem === 'broken') return gate('malformed', `the ${expected} is there, and can't be parsed`);
  return gate('wrong_format', `asked for ${expected}; what came is ${formats} without any`);
};

const STUB_WORDS = 5;

/** A few words without a mark of code or data, and no rule says that the answer be so short. */
const stub: FindGate = ({ answer, expected, rules }) => {
  const isTextual = expected === 'prose' || expected === 'code' || expected === 'html' || expected === 'any';
  if (!isTextual || answer.readings.some(({ format }) => format === 'binary')) return undefined;
  const text = answer.readings
    .map(({ source }) => source)
    .join(' ')
    .slice(0, 1_000);
  if (foldedWords(text).length >= STUB_WORDS || /[{}()[\]=<>*+^$\\/|]/.test(text) || rules.some(allowsFewWords))
    return undefined;
  return gate('stub', `the whole answer is ${quote(text)}`);
};

function allowsFewWords(rule: QualityRule): boolean {
  if (rule.kind === 'words') return (rule.max ?? Number.POSITIVE_INFINITY) <= 15;
  if (rule.kind === 'characters') return (rule.max ?? Number.POSITIVE_INFINITY) <= 100;
  return rule.kind === 'one_of' || rule.kind === 'text_equals';
}

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

/** Text that is read as such, also inside of a JSON envelope or in a file that should be code: not tables and code. */
function isText({ readings }: Answer): boolean {
  return readings.some(({ format, source }) => TEXTS.has(format) || (format !== 'binary' && isRunningText(source)));
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'markdown', 'html', 'json']);

function wordsOf(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap(({ words }) => words);
}

function wordCount(sentences: readonly Sentence[]): number {
  return wordsOf(sentences).length;
}
