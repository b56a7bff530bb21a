import type { Brief } from './judge.js';

/** What the buyer wrote, as texts to compare an answer with. */
export interface BriefText {
  readonly title: string;
  readonly description: string;
  /** Texts and numbers of the requirements, a line each. */
  readonly details: string;
}

const DETAIL_CHARS = 50_000;

export function briefText({ title, description, requirements }: Brief): BriefText {
  return { title, description, details: texts(requirements).join('\n').slice(0, DETAIL_CHARS) };
}

/** The texts of a value, level by level: how deep a stranger nests it is no matter. */
function texts(value: unknown): string[] {
  const found: string[] = [];
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0 && depth < 40; depth++) {
    for (const item of level) if (typeof item === 'string' || typeof item === 'number') found.push(String(item));
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return found;
}
