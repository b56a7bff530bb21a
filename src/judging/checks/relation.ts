import { blocksOf } from '../artifact-text.js';
import { keyTerms, stem } from '../echo.js';
import { detectLanguage } from '../languages.js';
import { blockText } from '../markdown.js';
import { sentences } from '../sentences.js';
import { contained, fold, foldedWords, shingles, words } from '../text.js';
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
  const sources = fold(
    [...Object.values(context.brief), ...context.attachments.map(({ text, source }) => `${text}\n${source}`)].join(
      '\n',
    ),
  );
  const known = new Set([...sources.matchAll(NUMBER)].map(([number]) => numberKey(number)));
  const claims = [...numbersOf(readable(context.answer)), ...namesOf(context)];
  if (claims.length < 2) return unknown('the answer states too few numbers and names');
  const loose = claims.filter((claim) => !known.has(numberKey(claim)) && !sources.includes(fold(claim)));
  const share = 1 - loose.length / claims.length;
  const evidence = `${claims.length - loose.length} of ${claims.length} numbers and names are in the sources`;
  return yesOrNo(share >= min_share, loose.length === 0 ? evidence : `${evidence}; not ${some(loose)}`, 0.7);
};

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
  const source = shingles(sourceWords(context), 5);
  const own = shingles(foldedWords(readable(context.answer)), 5);
  if (source.size === 0 || own.size === 0) return unknown('there is too little text to compare');
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
  const attached = attachments.flatMap(({ text }) => foldedWords(text));
  if (attached.length > 0) return attached;
  const told = foldedWords(`${brief.description}\n${brief.details}`);
  return told.length >= 150 ? told : [];
}

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
