import type { QualityRule } from '@bakeoff/agent-kit';

/** How much of something a brief asks for: "between 300 and 500 words", "höchstens drei Absätze", "a 500-word post". */

type Counted =
  | 'words'
  | 'sentences'
  | 'paragraphs'
  | 'bullets'
  | 'headings'
  | 'characters'
  | 'lines'
  | 'links'
  | 'citations';

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** What a brief says of one unit; `undefined` where it says two things that can't both be. */
export interface Amount {
  readonly kind: Counted;
  readonly range: Range | undefined;
  readonly said: readonly string[];
}

const UNITS: readonly (readonly [Counted, RegExp])[] = [
  ['words', /^(?:words?|wörtern?|worte|mots|palabras)$/i],
  ['sentences', /^(?:sentences?|sätzen?|satz|phrases|frases|oraciones)$/i],
  ['paragraphs', /^(?:paragraphs?|absätzen?|absatz|paragraphes?|párrafos?)$/i],
  ['bullets', /^(?:bullets?|bullet points?|stichpunkten?|aufzählungspunkten?|puces|viñetas)$/i],
  ['headings', /^(?:headings?|subheadings?|überschriften|titres|encabezados)$/i],
  ['characters', /^(?:characters?|chars?|zeichen|caractères|caracteres)$/i],
  ['lines', /^(?:lines?|zeilen|lignes|líneas)$/i],
  ['links', /^(?:links?|urls?|web addresses)$/i],
  ['citations', /^(?:citations?|references|quellenangaben)$/i],
];
const UNIT =
  'words?|wörtern?|worte|mots|palabras|sentences?|sätzen?|satz|phrases|frases|oraciones|paragraphs?|paragraphes?|absätzen?|absatz|párrafos?|bullet points?|bullets?|stichpunkten?|aufzählungspunkten?|puces|viñetas|headings?|subheadings?|überschriften|titres|encabezados|characters?|chars?|zeichen|caractères|caracteres|lines?|zeilen|lignes|líneas|links?|urls?|web addresses|citations?|references|quellenangaben';

const NUMERALS = new Map(
  [
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
    'ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
    'une deux trois quatre cinq six sept huit neuf dix',
    'una dos tres cuatro cinco seis siete ocho nueve diez',
  ].flatMap((list) => list.split(' ').map((numeral, at) => [numeral, at + 1] as const)),
);
for (const [numeral, value] of [
  ['eine', 1],
  ['einem', 1],
  ['un', 1],
  ['un', 1],
  ['a hundred', 100],
  ['a dozen', 12],
] as const)
  NUMERALS.set(numeral, value);
for (const [at, numeral] of 'one two three four five six seven eight nine'.split(' ').entries())
  NUMERALS.set(`${numeral} hundred`, (at + 1) * 100);

const NUMERAL = [...NUMERALS.keys()].sort((a, b) => b.length - a.length).join('|');
const COUNT = `\\d{1,3}(?:[,. ]\\d{3})+|\\d{1,6}(?:\\.\\d)?k|\\d{1,7}|${NUMERAL}`;
const JOIN = '-|–|—|to|and|or|bis|und|oder|à|et|ou|a|y|o';
const ADJECTIVE =
  'short|long|concise|full|brief|complete|simple|key|main|clear|different|separate|english|german|french|spanish|external|kurzen?|courtes?|cortas?';
const AMOUNT = new RegExp(
  `(?<![\\p{L}\\p{N}.,/%$€£])(${COUNT})(\\+)?(?: ?(${JOIN}) ?(${COUNT}))?[ -](?:(?:${ADJECTIVE}) )?(${UNIT})(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Looked for right before an amount, in this order: "no more than" is no "more than". */
const BEFORE: readonly (readonly [Relation, RegExp])[] = [
  [
    'min',
    /(?:at least|at minimum|(?:no|not) (?:fewer|less) than|a minimum of|minimum(?: of)?|min|mindestens|wenigstens|au moins|minimum de|al menos|por lo menos|mínimo(?: de)?)$/i,
  ],
  [
    'max',
    /(?:at most|(?:no|not|never)(?: be| go| run)? (?:more than|longer than|over|above|beyond)|(?:not|never|cannot|can't|without) exceed(?:ing)?|must not exceed|a maximum of|maximum(?: of)?|max|up to|within|limit(?:ed)?(?: it| the text| yourself)? to|limit of|höchstens|maximal|nicht mehr als|bis zu|au plus|au maximum|maximum de|jusqu['’]à|pas plus de|como máximo|máximo(?: de)?|hasta|no más de)$/i,
  ],
  ['under', /(?:under|below|fewer than|less than|shorter than|weniger als|unter|moins de|menos de)$/i],
  ['over', /(?:more than|over|above|longer than|mehr als|über|plus de|más de)$/i],
  ['exact', /(?:exactly|precisely|genau|exactement|exactamente)$/i],
  [
    'about',
    /(?:about|around|roughly|approximately|approx|circa|ca|some|~|≈|nearly|almost|close to|target(?: of)?|aim(?:ing)? for|etwa|rund|ungefähr|environ|unas|unos|alrededor de|aproximadamente)$/i,
  ],
  ['between', /(?:between|from|zwischen|entre|de)$/i],
];
type Relation = 'min' | 'max' | 'under' | 'over' | 'exact' | 'about' | 'between';

const AFTER: readonly (readonly [Relation, RegExp])[] = [
  ['min', /^ ?(?:long )?\(?(?:or more|or longer|minimum|min\b|at least|at minimum|mindestens)/i],
  ['max', /^ ?(?:long )?\(?(?:or (?:less|fewer|under|shorter)|maximum|max\b|at most|tops|limit\b|höchstens|maximal)/i],
  ['about', /^ ?(?:long )?\(?(?:or so|give or take|approximately|approx\b|roughly)/i],
];

/** Without any of these a plain number may be said of anything: "we have 12 words for snow". */
const ASKS =
  /(?:\b(?:write|draft|compose|give|produce|create|list|provide|deliver|send|need|want|answer|reply|respond|in|into|as|with|using|(?:must|should|shall|will|to|has to) have|contain|containing|include|including|of|be|to|down to|just|only|schreibe?n?|verfasse?n?|mit|aus|von|avec|en|con)(?: (?:me|us|a|an|the|your|just|only))*|^(?:a|an|one|eine?n?)?)$/i;

const PARTS =
  'titles?|headlines?|subject lines?|subjects?|intro(?:duction)?s?|conclusions?|openings?|captions?|meta descriptions?|descriptions?|taglines?|subheads?|sections?|chapters?|paragraphs?|bullets?|bullet points?|items?|steps?|sentences?|lines?|answers|questions?|entries|entry|cells?|slides?|headings?|names?|labels?|options?|posts|tweets?|absätze|absatz|sätze|titel|überschriften?';
const LINKS =
  'of|with|in|at|under|below|should|must|may|can|is|are|be|has|have|contains?|no|not|more|longer|fewer|less|than|most|least|up|to|exactly|about|around|between|max|maximum|minimum|min|a|an|the|limited|kept|stay|within|roughly|only|from|von|mit|höchstens|mindestens';
/** "paragraphs of 50 words", "keep the title under": nothing but small words between a part and the amount. */
const OF_PART_BEFORE = new RegExp(`\\b(?:${PARTS})(?: (?:${LINKS}))* ?$`, 'i');
/** "a teaser of two sentences", but not "a text of 300 words". */
const WHOLES =
  'text|post|article|summary|letter|e-?mail|message|answer|reply|response|story|essay|piece|speech|page|report|review|blog|notes?|copy|document|version|total|length|maximum|minimum|target|limit|range|newsletter|abstract|bio|translation|release|statement|notice|memo|poem|list|work|draft|script|guide|description';
const OF_NOUN_BEFORE = new RegExp(
  `\\b(?:an?|the|your|its|with) (?!(?:${WHOLES})\\b)[\\p{L}-]+ of(?: (?:${LINKS}))* ?$|\\bthe answer is$`,
  'iu',
);
const EACH_BEFORE = /\b(?:each|every|per|jede[rsnm]?|je|chaque|cada)\b[^,;]{0,40}$/i;
const EACH_AFTER =
  /^,? ?(?:long |max(?:imum)? |or (?:less|fewer|so|more) |at most )*(?:each\b|per\b|apiece|every\b|an? \p{L}+|(?:in|for|of|to) (?:each|every)|pro\b|chacune?|cada)/iu;
const OF_PART_AFTER = new RegExp(`^ (?:(?:in|for|as) (?:the|an?|your|its) )?(?:${PARTS})\\b`, 'i');
/** Said of something that is there already. */
const OF_SOURCE =
  /\b(?:attached|original|source|existing|current|previous|old|draft|our|my|their|his|her)\b[^.;,]{0,40}$/i;
const CUT_FROM = /\b(?:from|instead of|rather than|than the)$/i;
const PLUS_MINUS = 0.2;

/** Everything a brief asks for that can be counted. What parts of the answer are to have is left out: it is not told apart here. */
export function statedAmounts(brief: string): Amount[] {
  const byKind = new Map<Counted, { range: Range; said: string }[]>();
  for (const match of brief.matchAll(AMOUNT)) {
    const stated = amountOf(match, brief);
    if (!stated) continue;
    const { kind, ...rest } = stated;
    byKind.set(kind, [...(byKind.get(kind) ?? []), rest]);
  }
  return [...byKind].map(([kind, all]) => ({
    kind,
    range: all.map(({ range }) => range).reduce<Range | undefined>(both, {}),
    said: all.map(({ said }) => said),
  }));
}

/** What both allow, or nothing where they exclude each other. */
function both(a: Range | undefined, b: Range): Range | undefined {
  if (a === undefined) return undefined;
  const min = Math.max(a.min ?? 0, b.min ?? 0);
  const max = Math.min(a.max ?? Number.POSITIVE_INFINITY, b.max ?? Number.POSITIVE_INFINITY);
  if (min > max) return undefined;
  return { ...(min > 0 ? { min } : {}), ...(Number.isFinite(max) ? { max } : {}) };
}

function amountOf(match: RegExpExecArray, brief: string): { kind: Counted; range: Range; said: string } | undefined {
  const [said, one = '', plus, join, other, unit = ''] = match;
  const before = (/[^.;:!?()]*$/.exec(brief.slice(Math.max(0, match.index - 90), match.index))?.[0] ?? '').trimEnd();
  const after = brief.slice(match.index + said.length, match.index + said.length + 50);
  const kind = UNITS.find(([, pattern]) => pattern.test(unit))?.[0];
  if (kind === undefined || isOfPart(before, after)) return undefined;
  const first = toNumber(one);
  const second = other === undefined ? undefined : toNumber(other);
  const relation = relationOf(before, after, plus);
  if (relation === undefined && (OF_SOURCE.test(before) || CUT_FROM.test(before))) return undefined;
  if (second !== undefined) {
    const range = rangeOf(first, second, relation, /^(?:and|und|et|y)$/i.test(join ?? ''));
    return range && { kind, range, said };
  }
  if (relation === undefined && !isAskedPlainly(first, said, before)) return undefined;
  return relation === 'between' ? undefined : { kind, range: single(first, relation, kind), said };
}

function isOfPart(before: string, after: string): boolean {
  return (
    [EACH_BEFORE, OF_PART_BEFORE, OF_NOUN_BEFORE].some((pattern) => pattern.test(before)) ||
    [EACH_AFTER, OF_PART_AFTER].some((pattern) => pattern.test(after))
  );
}

function relationOf(before: string, after: string, plus: string | undefined): Relation | undefined {
  if (plus !== undefined) return 'min';
  const found =
    BEFORE.find(([, pattern]) => endsWithWord(before, pattern)) ?? AFTER.find(([, pattern]) => pattern.test(after));
  return found?.[0];
}

/** `max` is no end of `climax`. */
function endsWithWord(text: string, pattern: RegExp): boolean {
  const match = pattern.exec(text);
  return match !== null && !/\p{L}$/u.test(text.slice(0, match.index));
}

/** "one word" is a figure of speech nearly everywhere. */
function isAskedPlainly(count: number, said: string, before: string): boolean {
  if (count === 1) return /\b(?:in|just|only|as|to|auf|en)$/i.test(before);
  return /^\d[\d,. ]*-/.test(said) || ASKS.test(before);
}

function rangeOf(first: number, second: number, relation: Relation | undefined, isAnd: boolean): Range | undefined {
  if (first > second || (isAnd && relation !== 'between')) return undefined;
  if (relation === 'min' || relation === 'over') return { min: first };
  if (relation === 'max' || relation === 'under') return { max: second };
  const slack = relation === 'about' ? 0.1 : 0;
  return { min: Math.floor(first * (1 - slack)), max: Math.ceil(second * (1 + slack)) };
}

const about = (count: number): Range => ({
  min: Math.floor(count * (1 - PLUS_MINUS)),
  max: Math.ceil(count * (1 + PLUS_MINUS)),
});

function single(count: number, relation: Exclude<Relation, 'between'> | undefined, kind: Counted): Range {
  switch (relation) {
    case 'min':
      return { min: count };
    case 'max':
      return { max: count };
    case 'under':
      return { max: Math.max(0, count - 1) };
    case 'over':
      return { min: count + 1 };
    case 'exact':
      return { min: count, max: count };
    case 'about':
      return about(count);
    case undefined:
      // Nobody counts words to the last one; characters are asked for where space is short.
      return kind === 'words' ? about(count) : kind === 'characters' ? { max: count } : { min: count, max: count };
  }
}

function toNumber(text: string): number {
  const lower = text.toLowerCase();
  const numeral = NUMERALS.get(lower);
  if (numeral !== undefined) return numeral;
  if (lower.endsWith('k')) return Math.round(Number(lower.slice(0, -1)) * 1_000);
  return Number(lower.replace(/[,. ]/g, ''));
}

export function amountRule({ kind, range }: Amount): QualityRule | undefined {
  return range === undefined || (range.min === undefined && range.max === undefined) ? undefined : { kind, ...range };
}
