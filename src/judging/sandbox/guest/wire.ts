/** How values cross between the two interpreters of a run: JSON, in which whatever JSON lacks is an array with a tag. */
export type Wire = null | boolean | string | number | Wire[] | { readonly [key: string]: Wire };

/** A question of one interpreter to the other, and its answer. Questions may be asked inside of answers (callbacks). */
export interface Request {
  readonly q: number;
  readonly op: string;
  readonly on?: Wire;
  readonly key?: Wire;
  readonly self?: Wire;
  readonly args?: Wire[];
  readonly value?: Wire;
  readonly ms?: number | null;
  readonly settled?: Wire[];
}

export interface Reply {
  readonly a: number;
  readonly value?: Wire;
  readonly error?: Wire;
  /** What became of the containers that were passed. */
  readonly back?: Wire[];
  readonly settled?: Wire[];
  /** Of `idle`: nothing here will ever happen again by itself. */
  readonly stalled?: boolean;
}

/** Which side an object lives on: the solution's or the tests'. */
export type Side = 's' | 't';
