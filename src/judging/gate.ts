import type { QualityRule } from '@bakeoff/agent-kit';
import type { Answer, Reading } from './artifact-text.js';
import type { BriefText } from './brief-text.js';
import type { BriefEcho } from './echo.js';
import { type Expected, isRunningText } from './expected.js';
import type { Checked } from './formats/formats.js';
import type { Gate } from './judgement.schema.js';
import type { Sentence, Substance } from './substance.js';

/**
 * Gates: what no score can make good. Each closes on evidence that has nothing to do with how long an answer is or how
 * well it is dressed, and caps the total below what any honest attempt gets. Gates without a cap only report.
 */
export interface Gated {
  readonly answer: Answer;
  /** Each artifact, held against what it claims to be. */
  readonly files: readonly Checked[];
  readonly substance: Substance;
  readonly echo: BriefEcho;
  readonly brief: BriefText;
  readonly expected: Expected;
  readonly rules: readonly QualityRule[];
  readonly attachments: readonly Reading[];
}

export type FindGate = (given: Gated) => Gate | undefined;

/** The most that an answer can have behind each gate. */
const CAPS = {
  empty: 0,
  refusal: 5,
  echo: 10,
  padding: 15,
  unrelated: 15,
  unchanged: 15,
  wrong_format: 15,
  stub: 15,
  malformed: 40,
  oversized: 50,
};

export function gate(key: keyof typeof CAPS, evidence: string): Gate {
  return { key, evidence, cap: CAPS[key] };
}

/** Text that is read as such, also inside of a JSON envelope or in a file that should be code: not data and code. */
export function isText({ readings }: Answer): boolean {
  return readings.some(({ format, text }) => TEXTS.has(format) || (format !== 'binary' && isRunningText(text)));
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'markdown', 'html']);

export function countWords(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { words }) => sum + words.length, 0);
}

export function wordsOf(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap(({ words }) => words);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
