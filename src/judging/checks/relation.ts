import { blocksOf, type Reading } from '../artifact-text.js';
import type { BriefText } from '../brief-text.js';
import { keyTerms, stem } from '../echo.js';
import { detectLanguage } from '../languages.js';
import { blockText } from '../markdown.js';
import { memo } from '../memo.js';
import { sentences } from '../sentences.js';
import { contained, fold, foldedWords, runsOfFive, words } from '../text.js';
import { type Check, type Checks, type Context, some, unknown, yesOrNo } from './check.js';
import { readable, searchable } from './seen.js';
import { NUMBER } from './words.js';

type RelationKind = 'covers_brief' | 'grounded' | 'shorter_than_source' | 'not_copied';

const coversBrief: Check<'covers_brief'> = ({ min_share }, { answer, brief }) => {
  const told = `${brief.title}\n${brief.description}`;
  const terms = keyTerms(told, 40);
  if (terms.length < 3) return unknown('the brief has too few terms of its own');
  if (differInLanguage(told, readable(answer))) return unknown('brief and answer are in different languages');
  const said = new Set(foldedWords(searchable(answer)).map(stem));
  const missing = terms.filter((term) => !said.has(term));
  const share = 1 - missing.length / terms.length;
  return yesOrNo(
    share >= min_share,
    `${terms.length - missing.length} of ${terms.length} key terms of the brief occur; missing ${some(missing)}`,
    0.7,
  );
};

const grounded: Check<'grounded'> = ({ min_share }, context) => {
  const sources = [briefSource(context.brief), ...context.attachments.map(fileSource)];
  const claims = [...numbersOf(readable(context.answer)), ...namesOf(context)];
  if (claims.length < 2) return unknown('the answer states too few numbers and names');
  const loose = claims.filter((claim) => !sources.some((source) => states(source, claim)));
  const share = 1 - loose.length / claims.length;
  const evidence = `${claims.length - loose.length} of ${claims.length} numbers and names are in the sources`;
  return yesOrNo(share >= min_share, loose.length === 0 ? evidence : `${evidence}; not ${some(loose)}`, 0.7);
};

interface Source {
  readonly folded: string;
  readonly numbers: ReadonlySet<string>;
}

function sourceOf(told: string): Source {
  const folded = fold(told);
  return { folded, numbers: new Set([...folded.matchAll(NUMBER)].map(([number]) => numberKey(number))) };
}

/** All bids of a round have the same sources. */
const briefSource = memo((brief: BriefText) => sourceOf(Object.values(brief).join('\n')));
const fileSource = memo(({ text, source }: Reading) => sourceOf(`${text}\n${source}`));

function states({ folded, numbers }: Source, claim: string): boolean {
  return numbers.has(numberKey(claim)) || folded.includes(fold(claim));
}

const shorterThanSource: Check<'shorter_than_source'> = ({ max_ratio }, context) => {
  const source = sourceWords(context).length;
  if (source === 0) return unknown('there is no source to compare with');
  const own = words(readable(context.answer)).length;
  return yesOrNo(
    own <= source * max_ratio,
    `${own} words of ${source}, a ratio of ${(own / source).toFixed(2)}; asked for ${max_ratio} at most`,
  );
};

const notCopied: Check<'not_copied'> = ({ max_share }, context) => {
  const source = runsOfFive(sourceWords(context));
  const own = source.size === 0 ? source : runsOfFive(foldedWords(readable(context.answer)));
  if (own.size === 0) return unknown('there is too little text to compare');
  const share = contained(own, source);
  return yesOrNo(
    share <= max_share,
    `${Math.round(share * 100)} % of the runs of five words are the source's; asked for ${Math.round(max_share * 100)} % at most`,
    0.95,
  );
};

export const relationChecks: Checks<RelationKind> = {
  covers_brief: coversBrief,
  grounded,
  shorter_than_source: shorterThanSource,
  not_copied: notCopied,
};

/** The attached texts; without any, a brief that is long enough to hold its source. */
function sourceWords({ attachments, brief }: Context): readonly string[] {
  const [first = [], ...others] = attachments.map(fileWords);
  const attached = others.length === 0 ? first : [...first, ...others.flat()];
  if (attached.length > 0) return attached;
  const told = briefWords(brief);
  return told.length >= 150 ? told : [];
}

const fileWords = memo(({ text }: Reading) => foldedWords(text));
const briefWords = memo(({ description, details }: BriefText) => foldedWords(`${description}\n${details}`));

/** Whether two texts are surely not in the same language. */
export function differInLanguage(a: string, b: string): boolean {
  const [one, other] = [detectLanguage(a), detectLanguage(b)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.language !== other.language &&
    Math.min(one.confidence, other.confidence) >= 0.6
  );
}

/** Numbers that say something: not the small ones that every list and sentence has. */
function numbersOf(text: string): string[] {
  return [...new Set(text.match(NUMBER) ?? [])].filter((number) => number.length > 1 && !/^\d\d?[.:/-]?$/.test(number));
}

/** `1,250.00`, `1250` and `1.250` are the same number. */
function numberKey(number: string): string {
  if (!/[.,]/.test(number)) return number;
  return number
    .replace(/[.,]0{1,2}$/, '')
    .replace(/[.,](?=\d{3}(?!\d))/g, '')
    .replace(',', '.');
}

/** Words in capitals that begin no sentence. In German every noun would be one, so there none is taken. */
function namesOf({ answer }: Context): string[] {
  if (detectLanguage(readable(answer))?.language === 'de') return [];
  const running = blocksOf(answer).filter(({ kind }) => kind === 'paragraph' || kind === 'item' || kind === 'quote');
  const inside = running
    .flatMap((block) => sentences(blockText(block)))
    .flatMap((sentence) => words(sentence).slice(1));
  return [...new Set(inside.filter((word) => /^\p{Lu}\p{Ll}{2,}/u.test(word)))];
}
