import type { QualityRule } from '@bakeoff/agent-kit';
import type { BriefDraft, BriefFinding, BriefType } from './brief-draft.js';

// Rules that no answer can keep, or that have nothing to work on.

/** A rule with where it comes from: the buyer's own by its place, or in words whose it is. */
interface Placed {
  readonly rule: Loose;
  readonly at: number | null;
  readonly by: string;
}
type Loose = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** Each pair of rules that can't both be kept, once; the type's own rules and its rubric, as the requirements fill it, count too. */
export function contradictions(type: BriefType, draft: BriefDraft): BriefFinding[] {
  const own = draft.quality_rules.map((rule, at): Placed => ({ rule: loose(rule), at, by: `rule ${at + 1}` }));
  const theirs = [
    ...type.quality_rules.map((rule): Placed => ({ rule: loose(rule), at: null, by: `the task type's own rule` })),
    ...filled(type, draft),
  ];
  return own.flatMap((one, index) => {
    const inItself = emptyRange(one.rule);
    const others = [...theirs, ...own.slice(0, index)];
    const against = others.flatMap((other) => {
      const why = conflict(one.rule, other.rule);
      return why === null ? [] : [`${why} (${other.by})`];
    });
    const [first] = inItself === null ? against : [inItself];
    if (first === undefined) return [];
    const suggestion = 'Change or remove one of them: every answer would miss one.';
    return [
      {
        code: 'rules_contradict',
        severity: 'weak',
        field: `quality_rules.rules.${index}`,
        message: `No answer can keep this rule: ${first}.`,
        suggestion,
      },
    ];
  });
}

const ON_SOURCE = new Set<QualityRule['kind']>(['shorter_than_source', 'not_copied', 'csv_from_source']);

/** Rules that are said twice, that no machine can read, or that need a file that is not there. */
export function ruleProblems({ quality_rules: rules, attachments }: BriefDraft): BriefFinding[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, index): BriefFinding[] => {
    const field = `quality_rules.rules.${index}`;
    const key = JSON.stringify(Object.entries(rule).sort());
    const isRepeated = seen.has(key);
    seen.add(key);
    if (isRepeated)
      return [
        {
          code: 'rule_repeated',
          severity: 'hint',
          field,
          message: 'This rule is there already.',
          suggestion: 'Remove one of them: it would count twice.',
        },
      ];
    if (rule.kind === 'regex' && !isRegExp(rule.pattern, rule.flags))
      return [
        {
          code: 'rule_unreadable',
          severity: 'missing',
          field,
          message: 'The pattern is no regular expression.',
          suggestion: 'Correct it: JavaScript reads it, with the flags that the rule names.',
        },
      ];
    if (ON_SOURCE.has(rule.kind) && attachments === 0)
      return [
        {
          code: 'rule_without_file',
          severity: 'weak',
          field,
          message: 'This rule compares the answer with an attached file, and nothing is attached.',
          suggestion: 'Attach the file, or remove the rule.',
        },
      ];
    return [];
  });
}

function isRegExp(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags).flags !== undefined;
  } catch {
    return false;
  }
}

function emptyRange({ min, max }: Loose): string | null {
  return typeof min === 'number' && typeof max === 'number' && min > max ? `at least ${min} and at most ${max}` : null;
}

/** What tells two rules of a kind apart: the same argument makes them speak of the same thing. */
const ABOUT = [
  'target',
  'letter',
  'term',
  'level',
  'language',
  'column',
  'path',
  'separator',
  'columns',
  'type',
  'extension',
  'media_type',
];

/** Why no answer keeps both; null: one may. */
function conflict(one: Loose, other: Loose): string | null {
  if (JSON.stringify(one.target) !== JSON.stringify(other.target)) return null;
  return (
    sameKind(one, other) ??
    terms(one, other) ??
    terms(other, one) ??
    sizes(one, other) ??
    sizes(other, one) ??
    formats(one, other)
  );
}

const SINGLE: Readonly<Record<string, string>> = {
  case: 'to',
  language: 'language',
  json_valid: 'root',
  text_equals: 'text',
};

function sameKind(one: Loose, other: Loose): string | null {
  if (one.kind !== other.kind) return null;
  const single = SINGLE[one.kind];
  if (single !== undefined) {
    const [a, b] = [one[single], other[single]];
    return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() !== b.toLowerCase()
      ? `${single} is "${a}" and "${b}"`
      : null;
  }
  if (ABOUT.some((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))) return null;
  const least = Math.max(numberOf(one.min, 0), numberOf(other.min, 0));
  const most = Math.min(numberOf(one.max, Number.POSITIVE_INFINITY), numberOf(other.max, Number.POSITIVE_INFINITY));
  return least > most ? `${one.kind}: at least ${least}, and at most ${most}` : null;
}

/** A term that must occur and must not. */
function terms(one: Loose, other: Loose): string | null {
  if (other.kind !== 'excludes') return null;
  const wanted = one.kind === 'includes' && one.at_least === undefined ? textsOf(one.terms) : wantedTerm(one);
  const unwanted = new Set(textsOf(other.terms).map((term) => term.toLowerCase()));
  const both = wanted.find((term) => unwanted.has(term.toLowerCase()));
  return both === undefined ? null : `"${both}" must occur and must not`;
}

function wantedTerm({ kind, term, min, phrase }: Loose): string[] {
  if (kind === 'includes_count' && numberOf(min, 0) > 0) return textsOf([term]);
  return kind === 'starts_with' || kind === 'ends_with' ? textsOf([phrase]) : [];
}

/** So many of a thing take more room than another rule leaves: each word is a letter and a space at the least. */
function sizes(one: Loose, other: Loose): string | null {
  const least = numberOf(one.min, 0);
  const most = numberOf(other.max, Number.POSITIVE_INFINITY);
  if (one.kind === 'words' && other.kind === 'characters' && 2 * least - 1 > most)
    return `${least} words do not fit into ${most} characters`;
  if (
    one.kind === 'words' &&
    other.kind === 'max_bytes' &&
    2 * least - 1 > numberOf(other.bytes, Number.POSITIVE_INFINITY)
  )
    return `${least} words do not fit into ${String(other.bytes)} bytes`;
  if (['sentences', 'paragraphs', 'headings'].includes(one.kind) && other.kind === 'words' && least > most)
    return `${least} ${one.kind} have more than ${most} words`;
  return null;
}

const WHOLE: Readonly<Record<string, string>> = {
  json_valid: 'JSON',
  json_schema: 'JSON',
  csv_valid: 'CSV',
  csv_columns: 'CSV',
  html_valid: 'HTML',
  svg_valid: 'SVG',
};

/** One answer that is to be two formats at once; a `target` would tell two files apart. */
function formats(one: Loose, other: Loose): string | null {
  const [a, b] = [WHOLE[one.kind], WHOLE[other.kind]];
  if (a !== undefined && b !== undefined && a !== b) return `the answer can't be ${a} and ${b}; name a target for each`;
  const kinds = [one.kind, other.kind];
  return kinds.includes('no_commas') && (a ?? b) !== undefined && (a ?? b) !== 'SVG' && (a ?? b) !== 'HTML'
    ? `${a ?? b} has commas`
    : null;
}

/** What the rubric counts by the requirements, as rules: "at most 200 words", where the brief says 200. */
function filled({ rubric, requirements }: BriefType, draft: BriefDraft): Placed[] {
  const checks = rubric.dimensions.flatMap(({ criteria }) => criteria.map(({ check }) => check));
  return checks.flatMap((check): Placed[] => {
    if (check === null) return [];
    const named: string[] = [];
    const rule: Record<string, unknown> & { kind: string } = { kind: check.kind };
    for (const [name, argument] of Object.entries(check)) {
      const value = argumentOf(argument, draft.requirements, named);
      if (value !== undefined) rule[name] = value;
    }
    if (named.length === 0) return [];
    const labels = requirements.filter(({ key }) => named.includes(key)).map(({ label }) => `"${label}"`);
    return [{ rule, at: null, by: `what ${labels.join(' and ')} asks for` }];
  });
}

/** An argument of a template that a requirement gives; others that are no number are left aside. */
function argumentOf(argument: unknown, requirements: BriefDraft['requirements'], named: string[]): unknown {
  if (typeof argument !== 'object' || argument === null) return argument;
  if (!('$field' in argument) || 'map' in argument) return undefined;
  const value = requirements[String(argument.$field)];
  if (value === undefined || value === null || value === '') return undefined;
  named.push(String(argument.$field));
  const times = 'times' in argument ? Number(argument.times) : 1;
  return typeof value === 'number' ? Math.round(value * times) : value;
}

/** A rule as plain data, whatever its kind. */
function loose(rule: QualityRule): Loose {
  return { ...rule };
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
