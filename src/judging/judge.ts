import type { ArtifactType, QualityRule } from '@bakeoff/agent-kit';
import type { Requirements, TaskType } from '../registry/rubric.schema.js';
import type { Judgement } from './judgement.schema.js';

/** What was asked for, in the buyer's words. */
export interface Brief {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly requirements: Requirements;
}

export interface JudgedArtifact {
  readonly type: ArtifactType;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface JudgedAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface JudgeInput {
  readonly brief: Brief;
  readonly taskType: TaskType;
  /** The buyer's own rules; those of the task type are added by the judge. */
  readonly qualityRules: readonly QualityRule[];
  readonly artifacts: readonly JudgedArtifact[];
  readonly attachments: readonly JudgedAttachment[];
  /** What a right answer holds, where that is known: answered beside the rubric, and worth nothing in the score. */
  readonly known?: readonly QualityRule[];
  /** The answers of the other bids of the round: only to notice copies. */
  readonly others?: Others;
}

export type Others = readonly (readonly JudgedArtifact[])[];

/** An answer that was judged by itself: beside the other answers of its round there is hardly anything left to find out. */
export type Judged = (others: Others) => Judgement;

/**
 * Judges one answer; the class is also what Nest injects a judge by.
 *
 * The same input gives the same judgement, whatever the answer says of itself: text in it is read and counted, and
 * never followed. A judge doesn't throw on an answer, however broken it is; what it could not find out is `unknown`.
 */
export abstract class Judge {
  abstract readonly id: string;
  /** Changes whenever the same input may be judged differently than before. */
  abstract readonly version: string;

  /** Judges an answer before the others of its round are known. */
  abstract alone(input: Omit<JudgeInput, 'others'>): Promise<Judged>;

  async judge({ others = [], ...input }: JudgeInput): Promise<Judgement> {
    const judged = await this.alone(input);
    return judged(others);
  }
}
