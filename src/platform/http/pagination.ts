import { z } from 'zod';
import { BadRequest } from './errors.js';

/** Query parameters of every list. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many to return.'),
  cursor: z.string().max(400).optional().describe('`meta.next_cursor` of the page before.'),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** An instant in a cursor, as `toISOString()` writes it and PostgreSQL reads it; it knows no year 0. */
export const SortInstant = z.iso.datetime({ precision: 3 }).refine((text) => !text.startsWith('0000'));

/** One page of a list; the envelope puts the cursor into `meta`. */
export class Page<T> {
  private constructor(
    readonly items: readonly T[],
    readonly nextCursor: string | null,
    readonly hasMore = nextCursor !== null,
  ) {}

  /** A page of a list that goes on growing: it always says where to go on from, whether or not more is there already. */
  static growing<T>(items: readonly T[], nextCursor: string, hasMore: boolean): Page<T> {
    return new Page(items, nextCursor, hasMore);
  }

  /**
   * Cuts the page out of `limit + 1` rows, so that whether more follow is known without counting.
   *
   * @param keyOf the values that the list is ordered by, the last one unique
   */
  static of<R, T>(
    rows: readonly R[],
    limit: number,
    keyOf: (row: R) => readonly (string | number)[],
    view: (row: R) => T,
  ): Page<T> {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const cursor = rows.length > limit && last ? encodeCursor(keyOf(last)) : null;
    return new Page(shown.map(view), cursor);
  }
}

/** Opaque to callers: the sort key of the last row shown. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key in a cursor, checked against the types its list is ordered by; null when there is none.
 *
 * @throws BadRequest BAD_CURSOR
 */
export function decodeCursor<S extends z.ZodType>(cursor: string | undefined, key: S): z.output<S> | null {
  if (cursor === undefined) return null;
  const parsed = key.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) {
    throw new BadRequest(
      'BAD_CURSOR',
      'That cursor is not one of this list.',
      'Start again without a cursor.',
      'cursor',
    );
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
