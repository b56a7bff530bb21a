import type { QualityRule } from '@bakeoff/agent-kit';
import type { RequirementField, Requirements, TaskType } from '../registry/rubric.schema.js';
import { languageCode } from './languages.js';
import { memo } from './memo.js';
import { amountRule, statedAmounts } from './stated-amounts.js';

/** What a requirement field states that its task type's rubric does not ask about, told by the field's name. */
export interface FieldRule {
  readonly field: string;
  readonly rule: QualityRule;
}

export function fieldRules(taskType: TaskType, requirements: Requirements): FieldRule[] {
  const asked = fieldsAsked(taskType.rubric);
  return taskType.requirements.flatMap((field) => {
    const value = Object.hasOwn(requirements, field.key) ? requirements[field.key] : undefined;
    if (asked.has(field.key) || value === null || value === undefined) return [];
    const rule = ruleOf(field, value);
    return rule === undefined ? [] : [{ field: field.key, rule }];
  });
}

/** The fields that some criterion of the rubric looks at, or depends on. */
const fieldsAsked = memo(({ dimensions }: TaskType['rubric']): ReadonlySet<string> => {
  const criteria = dimensions.flatMap((dimension) => dimension.criteria);
  return new Set(criteria.flatMap(({ check, when }) => [...references(check), ...(when ? [when.field] : [])]));
});

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('$field' in value && typeof value.$field === 'string') return [value.$field];
  return Object.values(value).flatMap(references);
}

/** A field's name, and the rule that a value of it makes. The first name that fits decides. */
const CONVENTIONS: readonly (readonly [
  RegExp,
  (value: unknown, field: RequirementField) => QualityRule | undefined,
])[] = [
  [
    /^(?:line_width|(?:max_)?line_length)$/,
    (value) => (isCount(value) ? { kind: 'line_length', max: value } : undefined),
  ],
  [/^(?:(?:output|target|answer|text)_)?language$|^(?:into|translate_to)$/, language],
  [
    /^(?:sections|section_titles|headings|heading_titles|chapters)$/,
    (value) => some(value, (titles) => ({ kind: 'sections', titles })),
  ],
  [
    /^(?:must_(?:mention|include|contain|use|name)|include|mention|keywords|key_phrases|required_(?:terms|words|phrases|keywords))$/,
    (value) => some(value, (terms) => ({ kind: 'includes', terms })),
  ],
  [
    /^(?:avoid|forbidden(?:_\w+)?|exclude|banned(?:_\w+)?|not_mention|(?:must|do)_not_(?:mention|use|include|contain))$/,
    (value) => some(value, (terms) => ({ kind: 'excludes', terms })),
  ],
  [/^(?:links?|urls?)$/, (value) => some(addresses(value), (terms) => ({ kind: 'includes', terms }))],
  [/^(?:first_(?:line|words)|opening_line|starts_with|greeting|salutation)$/, (value) => phrase(value, 'starts_with')],
  [/^(?:last_(?:line|words)|closing_line|ends_with|sign_off)$/, (value) => phrase(value, 'ends_with')],
  [/^(?:output_)?format$/, format],
  [/^no_commas$/, (value) => (value === true ? { kind: 'no_commas' } : undefined)],
  [
    /(?:^|_)(?:length|words?|sentences?|paragraphs?|bullets?|bullet_points|headings?|characters?|chars|lines|links|citations)(?:_|$)/,
    amount,
  ],
];

function ruleOf(field: RequirementField, value: unknown): QualityRule | undefined {
  return CONVENTIONS.find(([name]) => name.test(field.key))?.[1](value, field);
}

const UNIT =
  /(?:^|_)(words?|sentences?|paragraphs?|bullets?|bullet_points|headings?|characters?|chars|lines|links|citations)(?:_|$)/;
const OF_PARTS = /\b(?:each|per|every)\b/i;

/** `word_count: 300`, `max_sentences: 5`, `length: "300 to 500 words"`. What is said of each part is not told apart here. */
function amount(value: unknown, { key, label, help }: RequirementField): QualityRule | undefined {
  const about = `${label} ${help}`;
  if (OF_PARTS.test(about) || !(isCount(value) || typeof value === 'string')) return undefined;
  const unit = UNIT.exec(key)?.[1]?.replace('_', ' ') ?? '';
  const number = `${value}`.trim().slice(0, 80);
  const hasBound = /[a-z]|\d ?[-–] ?\d/i.test(number);
  const bound = hasBound ? '' : boundOf(key, about, unit);
  const [first] = statedAmounts(`${bound} ${number}${/[a-z]{4,}$/i.test(number) ? '' : ` ${unit}`}`.trim());
  return first && amountRule(first);
}

function boundOf(key: string, about: string, unit: string): string {
  const told = `${key.replaceAll('_', ' ')} ${about}`;
  if (/\b(?:max|maximum|most|limit|up to|no more|not more)\b/i.test(told)) return 'at most';
  if (/\b(?:min|minimum|at least|no fewer|no less)\b/i.test(told)) return 'at least';
  return /^words?$/.test(unit) ? 'about' : 'exactly';
}

function language(value: unknown): QualityRule | undefined {
  const code = typeof value === 'string' ? languageCode(value) : undefined;
  return code === undefined ? undefined : { kind: 'language', language: code };
}

function format(value: unknown): QualityRule | undefined {
  if (typeof value !== 'string') return undefined;
  if (/bullet|^list$/i.test(value)) return { kind: 'bullets', min: 2 };
  if (/\btable\b/i.test(value)) return { kind: 'table', min: 1 };
  return /^json$/i.test(value.trim()) ? { kind: 'json_valid' } : undefined;
}

function phrase(value: unknown, kind: 'starts_with' | 'ends_with'): QualityRule | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text.length > 200 ? undefined : { kind, phrase: text };
}

/** Only short terms: a sentence in such a list is meant in other words. */
function some(value: unknown, rule: (terms: string[]) => QualityRule): QualityRule | undefined {
  if (!Array.isArray(value)) return undefined;
  const terms = value.filter((term) => typeof term === 'string').map((term) => term.trim());
  const fit = terms.filter((term) => term !== '' && term.length <= 200).slice(0, 50);
  return fit.length === 0 ? undefined : rule(fit);
}

function addresses(value: unknown): string[] {
  return [value].flat().filter((each): each is string => typeof each === 'string' && /^https?:\/\//.test(each));
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= 1_000_000;
}
