import { type Draft, draftFrom, isWorthKeeping } from './draft.ts';

/** The unfinished brief of an account, in this browser alone. Where the browser keeps nothing, nothing is kept. */

const placeOf = (accountId: string) => `bakeoff.draft.${accountId}`;

export interface KeptDraft {
  readonly draft: Draft;
  /** RFC 3339. */
  readonly at: string;
}

export function keptDraft(accountId: string): KeptDraft | null {
  try {
    const { draft, at } = JSON.parse(localStorage.getItem(placeOf(accountId)) ?? 'null') ?? {};
    const parsed = draftFrom(draft);
    return parsed && typeof at === 'string' ? { draft: parsed, at } : null;
  } catch {
    return null;
  }
}

export function keepDraft(accountId: string, draft: Draft, now: Date): void {
  try {
    if (isWorthKeeping(draft))
      localStorage.setItem(placeOf(accountId), JSON.stringify({ draft, at: now.toISOString() }));
    else localStorage.removeItem(placeOf(accountId));
  } catch {
    // A full or forbidden store: the brief is still in the form.
  }
}

export function dropDraft(accountId: string): void {
  try {
    localStorage.removeItem(placeOf(accountId));
  } catch {
    // Nothing was kept either.
  }
}
