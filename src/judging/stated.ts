import type { QualityRule } from '@bakeoff/agent-kit';
import { languageCode } from './languages.js';

/**
 * Rules that the brief states in plain words: "between 300 and 500 words", 'do not use the word "cheap"', "in German".
 * Only phrasings that leave little doubt are taken; what is missed here is left to the rubric.
 */
export function statedRules(text: string): QualityRule[] {
  const brief = text.slice(0, 10_000).replace(/\s+/g, ' ');
  return [...amounts(brief), ...terms(brief), ...language(brief)];
}

const UNITS: readonly (readonly [
  RegExp,
  'words' | 'sentences' | 'paragraphs' | 'bullets' | 'headings' | 'characters',
])[] = [
  [/^words?$/i, 'words'],
  [/^sentences?$/i, 'sentences'],
  [/^paragraphs?$/i, 'paragraphs'],
  [/^(?:bullets?|bullet points?)$/i, 'bullets'],
  [/^headings?$/i, 'headings'],
  [/^characters?$/i, 'characters'],
];

const COUNT = '(\\d{1,3}(?:,\\d{3})|\\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten)';
const UNIT = '[ -](words?|sentences?|paragraphs?|bullet points?|bullets?|headings?|characters?)\\b';
// "30 words each" is about parts of the answer, and those are not told apart here.
const OF_ALL = '(?! (?:each|per|apiece|or so each|in each|for each|long each))';

interface Phrasing {
  readonly pattern: RegExp;
  readonly range: (first: number, second: number) => { min?: number; max?: number };
}

const phrasing = (before: string, range: Phrasing['range']): Phrasing => ({
  pattern: new RegExp(`\\b${before}${UNIT}${OF_ALL}`, 'gi'),
  range,
});

const PHRASINGS: readonly Phrasing[] = [
  phrasing(`(?:between )?${COUNT} ?(?:and|to|-|–) ?${COUNT}`, (min, max) => ({ min, max })),
  phrasing(`(?:at least|no fewer than|not fewer than|a minimum of|minimum|min\\.?) ${COUNT}`, (min) => ({ min })),
  phrasing(`(?:at most|no more than|not more than|a maximum of|maximum|max\\.?|up to|within) ${COUNT}`, (max) => ({
    max,
  })),
  phrasing(`(?:under|below|fewer than|less than) ${COUNT}`, (over) => ({ max: over - 1 })),
  phrasing(`(?:more than|over|above) ${COUNT}`, (under) => ({ min: under + 1 })),
  phrasing(`exactly ${COUNT}`, (count) => ({ min: count, max: count })),
  phrasing(`(?:about|around|roughly|approximately|approx\\.?|some|~) ?${COUNT}`, (count) => ({
    min: Math.floor(count * 0.8),
    max: Math.ceil(count * 1.2),
  })),
];

const NUMERALS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function toNumber(text: string): number {
  const numeral = NUMERALS.indexOf(text.toLowerCase());
  return numeral >= 0 ? numeral : Number(text.replace(',', ''));
}

/** The first phrasing that names a unit says what is asked of it. */
function amounts(brief: string): QualityRule[] {
  const byKind = new Map<string, QualityRule>();
  for (const { pattern, range } of PHRASINGS) {
    for (const match of brief.matchAll(pattern)) {
      const parts = match.slice(1).filter((part) => part !== undefined);
      const kind = UNITS.find(([unit]) => unit.test(parts.at(-1) ?? ''))?.[1];
      const [first = 0, second = 0] = parts.slice(0, -1).map(toNumber);
      const asked = range(first, second);
      const isRange = asked.min === undefined || asked.max === undefined || asked.min <= asked.max;
      if (kind !== undefined && isRange && !byKind.has(kind)) byKind.set(kind, { kind, ...asked });
    }
  }
  return [...byKind.values()];
}

const QUOTED = '["“\']([^"”\'\\n]{1,80})["”\']';
const INCLUDE = new RegExp(
  `\\b(?:include|mention|contain|use)s? the (?:exact )?(?:word|phrase|term|keyword|sentence|words)s? ${QUOTED}`,
  'gi',
);
const EXCLUDE = new RegExp(
  `\\b(?:avoid|(?:do not|don't|never|must not) (?:use|mention|include|contain)|without)(?: using)?(?: the)? (?:word|phrase|term|words)s? ${QUOTED}`,
  'gi',
);
const NEGATED = /\b(?:not|never|don't|avoid|without)\s*$/i;

function terms(brief: string): QualityRule[] {
  const excluded = [...brief.matchAll(EXCLUDE)].map(([, term]) => term ?? '');
  const included = [...brief.matchAll(INCLUDE)]
    .filter(({ index }) => !NEGATED.test(brief.slice(0, index).slice(-15)))
    .map(([, term]) => term ?? '');
  return [
    ...(included.length > 0 ? [{ kind: 'includes' as const, terms: included }] : []),
    ...(excluded.length > 0 ? [{ kind: 'excludes' as const, terms: excluded }] : []),
  ];
}

const IN_LANGUAGE =
  /\b(?:[Ww]rite|written|[Aa]nswer|[Rr]eply|[Rr]espond|[Dd]raft|[Pp]roduce)\b[^.!?]{0,60}? in ([A-Z][a-z]{3,12})\b|\b[Tt]ranslate\b[^.!?]{0,80}? (?:in)?to ([A-Z][a-z]{3,12})\b/g;

/** Taken only where one language alone is named: "from German to English" has two. */
function language(brief: string): QualityRule[] {
  const named = new Set(
    [...brief.matchAll(IN_LANGUAGE)]
      .map(([, one, other]) => languageCode(one ?? other ?? ''))
      .filter((code) => code !== undefined),
  );
  const [only] = named;
  return named.size === 1 && only !== undefined ? [{ kind: 'language', language: only }] : [];
}
