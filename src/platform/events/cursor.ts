import { BadRequest } from '../http/errors.js';

/** Where a reader stands: the transaction that wrote an event, then the event's number. Both are whole numbers of 64 bits. */
export interface Cursor {
  readonly xid: string;
  readonly id: string;
}

export const START: Cursor = { xid: '0', id: '0' };

export function cursorText({ xid, id }: Cursor): string {
  return `${xid}-${id}`;
}

/** @throws BadRequest BAD_CURSOR */
export function parseCursor(text: string): Cursor {
  const match = /^(\d{1,20})-(\d{1,19})$/.exec(text);
  const [, xid, id] = match ?? [];
  if (xid === undefined || id === undefined || BigInt(xid) >= 2n ** 64n || BigInt(id) >= 2n ** 63n) {
    throw new BadRequest(
      'BAD_CURSOR',
      'That is no event id.',
      'Use the id of an event you received, or leave it out.',
      'after',
    );
  }
  return { xid, id };
}

export function isAfter(a: Cursor, b: Cursor): boolean {
  const [ax, bx] = [BigInt(a.xid), BigInt(b.xid)];
  return ax === bx ? BigInt(a.id) > BigInt(b.id) : ax > bx;
}
