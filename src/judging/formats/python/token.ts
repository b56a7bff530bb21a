import { type Place, placeOf } from '../validity.js';

/** What a Python file is made of. */

export type TokenKind = 'name' | 'number' | 'string' | 'fstring' | 'op';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Expressions in the braces of an f-string. */
  readonly fields?: readonly Field[];
}

export interface Field {
  readonly from: number;
  readonly to: number;
}

export interface Line {
  readonly tokens: readonly Token[];
  /** In columns, tabs to the next eight. */
  readonly indent: number;
}

/** What Python would refuse, with its place. */
export class PythonError extends Error {
  readonly place: Place;
  constructor(source: string, offset: number, message: string) {
    super(message);
    this.place = placeOf(source, offset);
  }
}
