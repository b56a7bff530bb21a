import type { z } from 'zod';

/** One question to a model. Everything of strangers in `prompt` has been encoded before. */
export interface Question<T> {
  /** What kind of question it is, such as `pair`; providers take it as the schema's name. */
  readonly name: string;
  readonly system: string;
  readonly prompt: string;
  /** What an answer looks like. It is sent along, and whatever comes back is held against it. */
  readonly schema: z.ZodType<T>;
  readonly maxOutputTokens: number;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

export interface Reply<T> {
  readonly value: T;
  readonly tokens: Tokens;
}

/**
 * `timed_out`    no whole answer within the time
 * `unreachable`  no connection, or one that broke
 * `blocked`      the address may not be called from here
 * `refused`      the key or the model is not known there
 * `busy`         429 or 503: later perhaps
 * `bad_status`   any other status that is no answer
 * `unsupported`  the provider does not take the schema
 * `bad_answer`   an answer that is not what was asked for
 * `over_budget`  not asked: calls or cost of the task are used up
 */
export type FailureReason =
  | 'timed_out'
  | 'unreachable'
  | 'blocked'
  | 'refused'
  | 'busy'
  | 'bad_status'
  | 'unsupported'
  | 'bad_answer'
  | 'over_budget';

/** A question without an answer. Its message names no key, no address and nothing of what was sent. */
export class ModelFailure extends Error {
  constructor(
    readonly reason: FailureReason,
    message: string,
    /** What it cost nevertheless, where the provider said so. */
    readonly tokens: Tokens | null = null,
    /** How long the provider asks to wait, in ms. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'ModelFailure';
  }
}

/** Asks a model once: no retry, no memory. The caller's signal is the deadline. */
export abstract class ModelClient {
  /** The model's name as its provider knows it. */
  abstract readonly model: string;
  /** @throws ModelFailure */
  abstract ask<T>(question: Question<T>, signal: AbortSignal): Promise<Reply<T>>;
}
