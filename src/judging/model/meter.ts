import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type ModelClient, ModelFailure, type Question, type Tokens } from './client.js';

/** US cents for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** What one task may spend on a model. */
export interface Allowance {
  /** Requests, failed ones too. */
  readonly calls: number;
  /** US cents at the price given; null: without a limit. */
  readonly cents: number | null;
  /** One request, in ms. */
  readonly timeoutMs: number;
  readonly price: Price;
  /** Ends whatever is under way: the task has no more time. */
  readonly signal?: AbortSignal;
}

export interface Spent {
  readonly calls: number;
  readonly failed: number;
  readonly tokens: Tokens;
  /** At the price given. */
  readonly cents: number;
}

/** A request may be repeated once; the longest that a provider's `Retry-After` is waited for, in ms. */
const LONGEST_WAIT_MS = 10_000;
const USUAL_WAIT_MS = 250;
/** Requests of one task at a time. */
const AT_ONCE = 4;
/** Scripts differ; counting too many tokens is the safe side. */
const CHARS_PER_TOKEN = 3;

const WORTH_REPEATING = new Set(['unreachable', 'busy', 'bad_status', 'bad_answer', 'timed_out', 'unsupported']);

/**
 * Counts what asking a model costs, and stops before it is too much. One for each task. A question that fails for good ends it: works
 * that are judged by different means can't be compared, so nothing more is worth asking.
 */
export class Meter {
  private calls = 0;
  private failed = 0;
  private input = 0;
  private output = 0;
  /** What requests under way may cost at most, in cents. */
  private reserved = 0;
  private over: ModelFailure | null = null;
  private readonly limit = pLimit(AT_ONCE);

  constructor(
    private readonly client: ModelClient,
    private readonly allowance: Allowance,
  ) {}

  get model(): string {
    return this.client.model;
  }

  get spent(): Spent {
    const tokens = { input: this.input, output: this.output };
    return { calls: this.calls, failed: this.failed, tokens, cents: cost(tokens, this.allowance.price) };
  }

  /** How many requests are left. */
  get left(): number {
    return Math.max(0, this.allowance.calls - this.calls);
  }

  /**
   * Asks, and once more where that may help.
   *
   * @throws ModelFailure also `over_budget`, for which nothing was sent
   */
  ask<T>(question: Question<T>): Promise<T> {
    return this.limit(async () => {
      if (this.over) throw this.over;
      try {
        return await this.twice(question);
      } catch (error) {
        if (error instanceof ModelFailure) this.over ??= error;
        throw error;
      }
    });
  }

  private async twice<T>(question: Question<T>): Promise<T> {
    try {
      return await this.once(question);
    } catch (error) {
      if (!(error instanceof ModelFailure) || !WORTH_REPEATING.has(error.reason)) throw error;
      const waitMs = error.retryAfterMs ?? (error.reason === 'unsupported' ? 0 : USUAL_WAIT_MS);
      if (waitMs > LONGEST_WAIT_MS) throw error;
      if (!(await this.waited(waitMs))) throw error;
      return this.once(question);
    }
  }

  private async once<T>(question: Question<T>): Promise<T> {
    const most = estimate(question);
    const mostCents = cost(most, this.allowance.price);
    this.admit(mostCents);
    this.calls++;
    this.reserved += mostCents;
    try {
      const { value, tokens } = await this.client.ask(question, this.deadline());
      this.count(tokens);
      return value;
    } catch (error) {
      this.failed++;
      // A request that was sent may be charged for, whether or not its answer came.
      const { tokens } = error instanceof ModelFailure ? error : { tokens: null };
      this.count(tokens ?? { input: wasSent(error) ? most.input : 0, output: 0 });
      throw error instanceof ModelFailure ? error : new ModelFailure('bad_answer', 'The answer could not be read.');
    } finally {
      this.reserved -= mostCents;
    }
  }

  private admit(mostCents: number): void {
    if (this.left === 0)
      throw new ModelFailure('over_budget', `The limit of ${this.allowance.calls} calls is reached.`);
    const { cents } = this.allowance;
    if (cents !== null && this.spent.cents + this.reserved + mostCents > cents)
      throw new ModelFailure('over_budget', `The limit of ${cents} US cents would be passed.`);
    if (this.allowance.signal?.aborted) throw new ModelFailure('timed_out', 'The time for judging ran out.');
  }

  private deadline(): AbortSignal {
    const own = AbortSignal.timeout(this.allowance.timeoutMs);
    return this.allowance.signal ? AbortSignal.any([own, this.allowance.signal]) : own;
  }

  private count({ input, output }: Tokens): void {
    this.input += input;
    this.output += output;
  }

  /** @returns false: the time for judging ended meanwhile */
  private async waited(ms: number): Promise<boolean> {
    const { signal } = this.allowance;
    return wait(ms, true, signal ? { signal } : {}).catch(() => false);
  }
}

/** What tokens cost, in US cents. */
export function cost({ input, output }: Tokens, price: Price): number {
  return (input * price.input + output * price.output) / 1_000_000;
}

/** The most that a question can cost. */
function estimate({ system, prompt, maxOutputTokens }: Question<unknown>): Tokens {
  return { input: Math.ceil((system.length + prompt.length) / CHARS_PER_TOKEN), output: maxOutputTokens };
}

function wasSent(error: unknown): boolean {
  return error instanceof ModelFailure && (error.reason === 'timed_out' || error.reason === 'bad_answer');
}
