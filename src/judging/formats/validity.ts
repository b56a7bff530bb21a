import type { Met } from '../judgement.schema.js';

/** What a parser says of one artifact: whether it is what it claims to be, and where it is not. */
export interface Validity {
  readonly met: Met;
  /** One sentence with numbers, with line and column where there are any. */
  readonly evidence: string;
  readonly confidence: number;
  readonly details: Details;
}

/** What was learned on the way. Everything is optional: each format fills in what it has. */
export interface Details {
  readonly line?: number;
  readonly column?: number;
  /** Of an image, in pixels, as it is shown. */
  readonly width?: number;
  readonly height?: number;
  /** Pages of a PDF, frames of an image. */
  readonly pages?: number;
  /** The text of a PDF. */
  readonly text?: string;
  /** What may harm whoever opens it. */
  readonly dangers?: readonly string[];
  /** Of SQL: its statements, and those that do more than read. */
  readonly statements?: number;
  readonly writes?: readonly string[];
  /** What the bytes are where they are something else than was claimed. */
  readonly really?: string;
}

export function fine(evidence: string, details: Details = {}, confidence = 1): Validity {
  return { met: 'yes', evidence, confidence, details };
}

export function broken(evidence: string, details: Details = {}, confidence = 1): Validity {
  return { met: 'no', evidence, confidence, details };
}

/** Nobody's fault, or nobody's to say: no reader here, or more than is read. */
export function unsure(evidence: string, details: Details = {}): Validity {
  return { met: 'unknown', evidence, confidence: 0, details };
}

/** A mistake with its place: "line 3, column 7: a bracket does not close". */
export function brokenAt({ line, column }: Place, problem: string, confidence = 1): Validity {
  return broken(`line ${line}, column ${column}: ${problem}`, { line, column }, confidence);
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Line and column, both from 1, of an offset in a text. */
export function placeOf(source: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: Math.max(0, offset - start) + 1 };
}
