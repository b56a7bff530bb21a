import { type QualityRule, RULE_KINDS, type RuleKind } from '@bakeoff/agent-kit';
import { whole } from '../../ui/format.ts';

/** What a counting rule counts. */
const COUNTED: Partial<Record<RuleKind, string>> = {
  words: 'words',
  sentences: 'sentences',
  characters: 'characters',
  numbers: 'numbers in digits',
  capital_words: 'words in capitals',
  paragraphs: 'paragraphs',
  lines: 'lines',
  bullets: 'list items',
  headings: 'headings',
  highlights: 'emphasised spans',
  code_blocks: 'code blocks',
  links: 'web addresses',
  citations: 'citations',
  table: 'table rows',
  csv_rows: 'rows',
  pdf_pages: 'pages',
};

/** A rule as a sentence. What has no short words keeps the sentence that the contract says of it. */
export function ruleWords(rule: QualityRule): string {
  switch (rule.kind) {
    case 'includes':
      return rule.at_least === undefined
        ? `Says ${quoted(rule.terms)}.`
        : `Says at least ${whole(rule.at_least)} of ${quoted(rule.terms)}.`;
    case 'excludes':
      return `Does not say ${quoted(rule.terms)}.`;
    case 'language':
      return `Is written in ${languageName(rule.language)}.`;
    case 'sections':
      if (rule.titles) return `Has the headings ${quoted(rule.titles)}.`;
      break;
    case 'starts_with':
      return `Begins with ${quoted([rule.phrase])}.`;
    case 'ends_with':
      return `Ends with ${quoted([rule.phrase])}.`;
  }
  const noun = COUNTED[rule.kind];
  if (noun) return `Has ${range(rule as { min?: number; max?: number })} ${noun}.`;
  const { kind: _kind, target: _target, ...given } = rule;
  const asks = RULE_KINDS.find(({ kind }) => kind === rule.kind)?.asks ?? rule.kind;
  const values = Object.entries(given).map(([name, value]) => `${name}: ${short(value)}`);
  return values.length > 0 ? `${asks} (${values.join(', ')})` : asks;
}

const MOST_NAMED = 6;

function quoted(terms: readonly string[]): string {
  const named = terms.slice(0, MOST_NAMED).map((term) => `“${term}”`);
  const more = terms.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${whole(more)} more` : named.join(', ');
}

function range({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined)
    return min === max ? `exactly ${whole(min)}` : `${whole(min)} to ${whole(max)}`;
  return min === undefined ? `at most ${whole(max ?? 0)}` : `at least ${whole(min)}`;
}

function languageName(code: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code;
  return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
}

const MOST_SHOWN = 80;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)} …` : text;
}
