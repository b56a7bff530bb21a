import type { QualityRule } from '@bakeoff/agent-kit';
import { languageCode } from './languages.js';

/** Which words, titles, beginnings and forms a brief asks for. Words are taken where they stand in quotation marks. */

const QUOTED =
  '(?:"[^"\\n]{1,120}"|“[^”\\n]{1,120}”|„[^“”\\n]{1,120}[“”]|«[^»\\n]{1,120}»|(?<![\\p{L}\\p{N}])[\'‘][^\'’\\n]{1,60}[\'’](?![\\p{L}\\p{N}]))';
/** `"a", "b" and "c"` */
const LIST = `(${QUOTED}(?:(?:,? (?:and|or|und|oder)|,) ?${QUOTED}){0,19})`;
const NOUN =
  '(?: (?:the|these|any of the|all of the|following|exact|of|words?|phrases?|terms?|keywords?|sentences?|names?|:)){0,5}:? ';
const TIMES =
  '(?: (?:(at least|at most|exactly|no more than|less than|fewer than|more than) )?(once|twice|three times|four times|five times|\\d{1,3} times))?';

const INCLUDE = new RegExp(
  `\\b(?:include|includes|including|mention|mentions|contain|contains|use|uses|work in|feature)${NOUN}${LIST}${TIMES}`,
  'giu',
);
const MUST_APPEAR = new RegExp(
  `${LIST}${TIMES} (?:must|should|has to|have to|needs? to) (?:be (?:in|mentioned|included|used)|appear|occur)${TIMES}`,
  'giu',
);
const EXCLUDE = new RegExp(
  `\\b(?:avoid|(?:do not|don't|don’t|never|must not|should not|cannot|can't|may not) (?:ever )?(?:use|mention|include|contain|say|write)|without|leave out|stay away from)(?: using| mentioning| the use of)?${NOUN}${LIST}`,
  'giu',
);
const MUST_NOT_APPEAR = new RegExp(
  `${LIST} (?:must|should|may) (?:not|never) (?:be (?:in|mentioned|included|used)|appear|occur)`,
  'giu',
);
const NEGATED = /\b(?:not|never|don't|don’t|avoid|without|cannot|can't|no need to)(?: ever)?\s*$/i;
const OPTIONAL =
  /\b(?:may|can|could|might|feel free to|if you like|for example|e\.g\.?|such as|optionally)[^.]{0,20}$/i;

interface Terms {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly counted: readonly QualityRule[];
}

export function statedTerms(brief: string): Terms {
  const excluded = [EXCLUDE, MUST_NOT_APPEAR].flatMap((pattern) =>
    [...brief.matchAll(pattern)].flatMap(([, list]) => unquoted(list)),
  );
  const included: string[] = [];
  const counted: QualityRule[] = [];
  for (const match of [...brief.matchAll(INCLUDE), ...brief.matchAll(MUST_APPEAR)]) {
    const before = brief.slice(Math.max(0, match.index - 30), match.index);
    if (NEGATED.test(before) || OPTIONAL.test(before)) continue;
    const [, list, relation = match[4], times = match[5]] = match;
    const terms = unquoted(list);
    const [term] = terms;
    if (times !== undefined && term !== undefined && terms.length === 1) counted.push(timesRule(term, relation, times));
    else included.push(...terms);
  }
  const banned = new Set(excluded.map((term) => term.toLowerCase()));
  return { included: included.filter((term) => !banned.has(term.toLowerCase())), excluded, counted };
}

function unquoted(list: string | undefined): string[] {
  return [...(list ?? '').matchAll(new RegExp(QUOTED, 'gu'))]
    .map(([quoted]) =>
      quoted
        .slice(1, -1)
        .replace(/[.,;]$/, '')
        .trim(),
    )
    .filter((term) => term !== '');
}

const OFTEN: Record<string, number> = { once: 1, twice: 2, three: 3, four: 4, five: 5 };

/** "exactly twice", "at least 3 times"; a plain number is a minimum, since nobody minds one more. */
function timesRule(term: string, relation: string | undefined, times: string): QualityRule {
  const word = times.split(' ')[0]?.toLowerCase() ?? '';
  const count = OFTEN[word] ?? Number(word);
  const kind = 'includes_count' as const;
  switch (relation?.toLowerCase()) {
    case 'exactly':
      return { kind, term, min: count, max: count };
    case 'at most':
    case 'no more than':
      return { kind, term, max: count };
    case 'less than':
    case 'fewer than':
      return { kind, term, max: Math.max(0, count - 1) };
    case 'more than':
      return { kind, term, min: count + 1 };
    default:
      return { kind, term, min: count };
  }
}

const WHOLE = '(?:(?:start|begin|open|end|close|finish|conclude)s?|sign off)';
const EDGE = new RegExp(
  `\\b(${WHOLE})(?: (?:it|off|the (?:text|letter|mail|email|message|reply|answer|post|piece|article|story|speech)))? with(?: the| these| this)?(?: exact)?(?: (?:words?|phrase|sentence|line|question|greeting))?:? (${QUOTED})`,
  'giu',
);
const OF_PART =
  /\b(?:each|every|all|both|paragraphs?|lines?|sections?|sentences?|bullets?|items?|names?|titles?|headings?|stanzas?|verses?|questions?)\b[^.]{0,25}$/i;

/** How the whole begins and ends; what each line or paragraph begins with is not judged here. */
export function statedEdges(brief: string): QualityRule[] {
  return [...brief.matchAll(EDGE)].flatMap((match): QualityRule[] => {
    const before = brief.slice(Math.max(0, match.index - 40), match.index);
    const [phrase] = unquoted(match[2]);
    if (phrase === undefined || OF_PART.test(before) || NEGATED.test(before)) return [];
    return [{ kind: /^(?:start|begin|open)/i.test(match[1] ?? '') ? 'starts_with' : 'ends_with', phrase }];
  });
}

const TITLES = new RegExp(
  `\\b(?:with|use|include|has|have|need|these|following)(?: \\w{1,12}){0,3} (?:sections|headings|chapters)(?: (?:titled|called|named|entitled|for))?:? ${LIST}|\\b(?:sections|headings) (?:titled|called|named) ${LIST}`,
  'giu',
);
/** `Use these headings: Summary, Risks and Next steps.` */
const COLON_TITLES =
  /\b(?:these|following|the|with|use) (?:\w{1,12} )?(?:sections|headings)(?: in this order)?: ((?:\p{L}[\p{L} '’&-]{1,40}(?:, |,? and (?=\p{L})|; )?){2,12})[.\n]/giu;

export function statedTitles(brief: string): QualityRule[] {
  const quoted = [...brief.matchAll(TITLES)].flatMap(([, one, other]) => unquoted(one ?? other));
  const listed = [...brief.matchAll(COLON_TITLES)].flatMap(([, list = '']) =>
    list.split(/, (?:and )?|; | and /).map((title) => title.trim()),
  );
  const titles = [...new Set([...quoted, ...listed])].filter((title) => title !== '');
  return titles.length === 0 ? [] : [{ kind: 'sections', titles }];
}

const ORDER =
  '(?:write|written|answer|reply|respond|draft|produce|prepare|must be|should be|has to be|deliver|delivered|schreib\\w*)';
const IN_LANGUAGE = new RegExp(
  `\\b${ORDER}\\b[^.!?\\n]{0,60}? in ([A-Z][a-z]{3,12})\\b|\\btranslate\\b[^.!?\\n]{0,80}? (?:in)?to ([A-Z][a-z]{3,12})\\b|\\blanguage: ([A-Z][a-z]{3,12})\\b|\\bin ([A-Z][a-z]{3,12}) only\\b`,
  'gi',
);
const OWN_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bauf Deutsch\b/, 'de'],
  [/\ben français\b/i, 'fr'],
  [/\ben español\b/i, 'es'],
  [/\bin italiano\b/i, 'it'],
  [/\bem português\b/i, 'pt'],
  [/\bin het Nederlands\b/, 'nl'],
];

/** Taken only where one language alone is named: "from German to English" has two. */
export function statedLanguage(brief: string): QualityRule[] {
  const found = [...brief.matchAll(IN_LANGUAGE)].flatMap(
    ([, ...names]) => languageCode(names.find((name) => name !== undefined) ?? '') ?? [],
  );
  const own = OWN_NAMES.flatMap(([pattern, code]) => (pattern.test(brief) ? [code] : []));
  const [language, ...others] = new Set([...found, ...own]);
  return language !== undefined && others.length === 0 ? [{ kind: 'language', language }] : [];
}

/** Plain orders about the whole text, and the rule of each. */
const FORMS: readonly (readonly [RegExp, QualityRule])[] = [
  [
    /\b(?:no|without(?: any| using)?|avoid(?: any| using)?|(?:do not|don't|never) use(?: any)?) commas\b/i,
    { kind: 'no_commas' },
  ],
  [
    /\b(?:no|without(?: any)?|avoid|(?:do not|don't) use(?: any)?) (?:bullet points|bullets|bullet lists|lists)\b/i,
    { kind: 'bullets', max: 0 },
  ],
  [/\b(?:no|without(?: any)?|avoid|(?:do not|don't) use(?: any)?) headings\b/i, { kind: 'headings', max: 0 }],
  [/\b(?:as|in) (?:a )?(?:bullet(?:ed)? list|bullet points|bullets)\b/i, { kind: 'bullets', min: 2 }],
  [/\b(?:as|in|with|include|add) a (?:markdown |comparison )?table\b/i, { kind: 'table', min: 1 }],
  [
    /\b(?:entirely |all |only )?in (?:all caps|all capitals|all capital letters|capital letters only|all uppercase|uppercase only)\b/i,
    { kind: 'case', to: 'upper' },
  ],
  [
    /\b(?:entirely |all |only )?in (?:all lower ?case|lower ?case(?: letters)? only|all small letters|small letters only)\b|\bno capital letters\b/i,
    { kind: 'case', to: 'lower' },
  ],
  [/\btitle[^.]{0,40}(?:double angular brackets|double angle brackets|<<)/i, { kind: 'title_marker' }],
  [/\b(?:add|include|with|end with|close with) a (?:postscript|P\.? ?S\b)/i, { kind: 'postscript', marker: 'P.S.' }],
  [/\bwrap(?:ped)? (?:the|your) (?:entire|whole) (?:text|answer|response|reply) in double quot/i, { kind: 'quoted' }],
];
const OF_TITLES = /\b(?:headings?|titles?|headlines?|subject|section names?|names?)\b[^.]{0,25}$/i;

export function statedForms(brief: string): QualityRule[] {
  return FORMS.flatMap(([pattern, rule]) => {
    const match = pattern.exec(brief);
    if (!match) return [];
    const before = brief.slice(Math.max(0, match.index - 40), match.index);
    return (rule.kind === 'case' && OF_TITLES.test(before)) || OPTIONAL.test(before) ? [] : [rule];
  });
}
