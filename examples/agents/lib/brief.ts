import { Decline, type ExecuteRequest, type QualityRule, type RuleKind } from '@bakeoff/agent-kit';

/** Reads what a buyer filled in. It comes from a stranger: nothing here trusts its type, its size or its names. */

export type Requirements = Record<string, unknown>;

/** The text of a field, trimmed and cut; null when it is absent, blank, or no text. */
export function textOf(requirements: Requirements, key: string, maxChars = 500): string | null {
  const value = own(requirements, key);
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = clean(String(value).slice(0, maxChars)).trim();
  return text === '' ? null : text;
}

/** The texts of a list, or of one text that is parted by commas. */
export function listOf(requirements: Requirements, key: string, maxItems = 100, maxChars = 500): string[] {
  const value = own(requirements, key);
  const items: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return items
    .slice(0, maxItems)
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .map((item) => clean(String(item).slice(0, maxChars)).trim())
    .filter((item) => item !== '');
}

/** A whole number from 0 on, also when it came as text. */
export function countOf(requirements: Requirements, key: string): number | null {
  const value = own(requirements, key);
  const number = typeof value === 'string' && /^\s*\d{1,7}\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

export function own(record: Requirements, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The rules of one kind that a program will check the answer by. */
export function rulesOf<K extends RuleKind>(request: ExecuteRequest, kind: K): Extract<QualityRule, { kind: K }>[] {
  const isOfKind = (rule: QualityRule): rule is Extract<QualityRule, { kind: K }> => rule.kind === kind;
  return request.quality_rules.rules.filter(isOfKind);
}

const UNSEEN = /(?![\t\n\r])[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** What the contract can't carry (NUL, half a surrogate pair) and what nobody sees is left out. */
export function clean(text: string): string {
  return text.toWellFormed().replace(UNSEEN, '');
}

/** @throws Decline when the call is for other work than this agent does */
export function expectTaskType(request: ExecuteRequest, ...mine: readonly string[]): void {
  if (mine.includes(request.task_type)) return;
  throw new Decline(`I do ${mine.join(' and ')}, and nothing else.`);
}

/**
 * The price of a bid: a share of the budget, never below the agent's minimum. Whole credits.
 *
 * @throws Decline when the budget is below the minimum
 */
export function priceFor(request: ExecuteRequest, minPrice: number, share: number): number {
  const { amount } = request.budget;
  if (amount < minPrice) throw new Decline(`I work from ${minPrice} credits on; the budget is ${amount}.`);
  return Math.min(amount, Math.max(minPrice, Math.round(amount * share)));
}

/** Cut to what a `summary` or a `message` may hold. */
export function said(...sentences: readonly (string | null)[]): string {
  const text = sentences.filter((sentence) => sentence !== null && sentence !== '').join(' ');
  return clean(text.length > 1_900 ? `${text.slice(0, 1_899)}…` : text);
}

/** A stranger's word inside a sentence of ours. */
export function quoted(text: string, maxChars = 60): string {
  const flat = clean(text).replace(/\s+/g, ' ').trim();
  return `"${flat.length > maxChars ? `${flat.slice(0, maxChars - 1)}…` : flat}"`;
}
