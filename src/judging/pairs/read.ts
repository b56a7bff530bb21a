import { type Answer, readAnswer } from '../artifact-text.js';
import { BriefEcho } from '../echo.js';
import { type Substance, substanceOf } from '../substance.js';
import { suspicions, without } from '../suspicion/suspicion.js';
import { foldedWords } from '../text.js';
import type { Request } from './request.js';
import { rootOf } from './terms.js';

/**
 * What a program can see of whether a text does what a prompt asks. Each signal looks at one answer alone, so that no order of two
 * answers can matter; none counts length, headings, bold, lists or politeness.
 */
export interface Signal {
  readonly key: string;
  /** From -1, speaks against the answer, to 1. */
  readonly value: number;
  /** How much it says, beside the other signals. */
  readonly weight: number;
  readonly evidence: string;
}

/** An answer, read for its signals. */
export interface Read {
  readonly request: Request;
  /** Without passages that speak to a judge. */
  readonly text: string;
  readonly answer: Answer;
  readonly words: readonly string[];
  readonly roots: ReadonlySet<string>;
  readonly substance: Substance;
}

export type Look = (read: Read) => Signal | undefined;

export function readFor(request: Request, whole: string): Read {
  const bytes = Buffer.from(whole);
  const seen = withoutEmphasis(
    request,
    readAnswer([{ type: 'text', name: 'answer.txt', mediaType: 'text/plain', bytes }]).text,
  );
  const text = without(
    seen,
    suspicions(seen, request.prompt).filter(({ sure }) => sure),
    ' ',
  );
  const list = foldedWords(text);
  const brief = { title: '', description: request.prompt, details: '' };
  return {
    ...{ request, text, words: list, roots: new Set(list.map(rootOf)) },
    answer: readAnswer([{ type: 'text', name: 'answer.txt', mediaType: 'text/plain', bytes: Buffer.from(text) }]),
    substance: substanceOf([text], new BriefEcho(brief)),
  };
}

/** Stars and number signs are no words; in code they are. */
function withoutEmphasis({ kind }: Request, text: string): string {
  return kind === 'code' ? text : text.replace(/\*\*|__|^#{1,6} /gm, '');
}

export function signal(key: string, value: number, weight: number, evidence: string): Signal {
  return { key, value: Math.max(-1, Math.min(1, value)), weight, evidence };
}

export function mentions(text: string, option: string): boolean {
  const list = foldedWords(text).join(' ');
  const wanted = foldedWords(option).join(' ');
  return wanted !== '' && ` ${list} `.includes(` ${wanted} `);
}

export function nameOf(form: string): string {
  return form.replace('_', ' ');
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
