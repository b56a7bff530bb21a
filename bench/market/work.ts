// What answers are made of. An answer has parts; each that went wrong takes its share off the true quality, whether rules can see it
// or not. So the true quality of every answer is known, and what the judge gets wrong is the judge's own error.
import { between, stream } from './chance.ts';
import { CSV, JSON_NOTE } from './work-data.ts';
import { PRODUCT, REPLY } from './work-text.ts';

export interface Part {
  readonly what: string;
  /** What it takes off the quality when it is wrong; a job's parts sum to 1. */
  readonly weight: number;
  /** Whether a rule can tell. */
  readonly seen: boolean;
}

/** How an answer is presented to whoever judges it; it changes nothing of its worth. */
export type Style = 'plain' | 'injected' | 'padded';

export interface Brief {
  readonly title: string;
  readonly description: string;
  readonly requirements: Readonly<Record<string, unknown>>;
  readonly attachment: { readonly name: string; readonly mediaType: string; readonly content: string } | null;
}

/** Kinds of work whose answers can be written by a program. */
export interface Job {
  readonly taskType: string;
  readonly category: string;
  readonly parts: readonly Part[];
  /** How an agent says that it does this, and the words that a brief of it is full of. */
  readonly says: readonly string[];
  readonly brief: (variant: number) => Brief;
  /**
   * @param wrong which parts are wrong, bit by bit
   * @param voice which wording: agents word the same content differently where it is prose
   */
  readonly answer: (variant: number, wrong: number, style: Style, voice: readonly number[]) => string;
}

export const JOBS: readonly Job[] = [CSV, JSON_NOTE, PRODUCT, REPLY];
/** Different briefs of a job. */
export const VARIANTS = 3;

export function jobOf(taskType: string): Job {
  const job = JOBS.find((one) => one.taskType === taskType);
  if (!job) throw new Error(`There is no job for ${taskType}.`);
  return job;
}

/** 0-1. */
export function qualityOf({ parts }: Job, wrong: number): number {
  return parts.reduce((left, { weight }, at) => (isWrong(wrong, at) ? left - weight : left), 1);
}

export function isWrong(wrong: number, at: number): boolean {
  return (wrong & (1 << at)) !== 0;
}

/** The parts that an agent gets wrong in this task: each with the chance that its skill leaves. The same whoever asks, and how often. */
export function drawn(seed: string, agent: string, task: string, job: Job, skill: number): number {
  const next = stream(seed, 'work', agent, task);
  // One more draw for all: a task suits an agent or it doesn't.
  const chance = Math.min(1, Math.max(0, 1 - skill + between(next, -0.08, 0.08)));
  return job.parts.reduce((wrong, _, at) => (next() < chance ? wrong | (1 << at) : wrong), 0);
}
