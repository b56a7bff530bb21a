import type { Vote } from '../vote.js';

/** Changes whenever the same work may get another vote: wording, order or what is shown. */
export const MODEL_JUDGE_VERSION = '1';

/** How far two agreeing answers of a model are believed, and a single one. Juries learn better ones from buyers' picks. */
export const CONFIDENCE = { agreed: 0.8, alone: 0.55 };

export function judgeName(model: string): string {
  return `llm:${model}`.slice(0, 200);
}

/** What every vote of a model has in common. */
export function voteOf(model: string, said: Omit<Vote, 'judge' | 'judge_version'>): Vote {
  return { judge: judgeName(model), judge_version: MODEL_JUDGE_VERSION, ...said };
}
