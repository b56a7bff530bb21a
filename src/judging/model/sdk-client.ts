import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, type LanguageModel, NoObjectGeneratedError, Output } from 'ai';
import type { Egress } from '../../platform/egress/egress.js';
import { EgressFailure } from '../../platform/egress/failure.js';
import { egressFetch } from '../../platform/egress/fetch.js';
import { ModelClient, ModelFailure, type Question, type Reply, type Tokens } from './client.js';
import type { Provider } from './provider.schema.js';

/** Where a model is asked, and as whom. */
export interface ModelAccess {
  readonly provider: Provider;
  /** Where the provider's paths begin, such as `https://api.example.com/v1`; null: the provider's own. */
  readonly url: string | null;
  readonly model: string;
  readonly key: string | null;
}

const MAX_BYTES = 2 ** 20;
/** The caller's signal ends a call earlier; this is for one that forgets it. */
const LONGEST_MS = 600_000;
const ANTHROPIC = 'https://api.anthropic.com/v1';

// It would write to the console what a provider does not support, once a call.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

/** Asks by the AI SDK; each request leaves through the guarded egress. */
export class SdkClient extends ModelClient {
  readonly model: string;
  private readonly strict: LanguageModel;
  private readonly loose: LanguageModel | null;
  /** A provider that refused the schema once is asked for any JSON object from then on. */
  private takesSchema = true;

  constructor(access: ModelAccess, egress: Egress) {
    super();
    this.model = access.model;
    const fetch = egressFetch(egress, { maxBytes: MAX_BYTES, timeoutMs: LONGEST_MS });
    if (access.provider === 'anthropic') {
      const provider = createAnthropic({ baseURL: access.url ?? ANTHROPIC, apiKey: access.key ?? '', fetch });
      this.strict = provider(access.model);
      this.loose = null;
    } else {
      const base = { name: 'judge', baseURL: access.url ?? '', fetch, ...(access.key ? { apiKey: access.key } : {}) };
      this.strict = createOpenAICompatible({ ...base, supportsStructuredOutputs: true }).chatModel(access.model);
      this.loose = createOpenAICompatible({ ...base, supportsStructuredOutputs: false }).chatModel(access.model);
    }
  }

  async ask<T>(question: Question<T>, signal: AbortSignal): Promise<Reply<T>> {
    const isStrict = this.takesSchema || this.loose === null;
    try {
      const { output, usage } = await generateText({
        model: isStrict ? this.strict : (this.loose ?? this.strict),
        instructions: question.system,
        prompt: question.prompt,
        output: Output.object({ schema: question.schema, name: question.name }),
        maxOutputTokens: question.maxOutputTokens,
        // Not every model takes a temperature; one that refused the first form is asked as plainly as can be.
        ...(isStrict ? { temperature: 0 } : {}),
        maxRetries: 0,
        abortSignal: signal,
      });
      return { value: output, tokens: tokensOf(usage) };
    } catch (error) {
      return this.recovered(error, question, isStrict);
    }
  }

  /** The answer in a reply that the SDK could not read, or the failure that it was. */
  private recovered<T>(error: unknown, question: Question<T>, isStrict: boolean): Reply<T> {
    if (NoObjectGeneratedError.isInstance(error)) {
      const tokens = error.usage ? tokensOf(error.usage) : null;
      const parsed = question.schema.safeParse(unfenced(error.text ?? ''));
      if (parsed.success && tokens) return { value: parsed.data, tokens };
      throw new ModelFailure(
        'bad_answer',
        `The model did not answer in the form asked for (${error.finishReason}).`,
        tokens,
      );
    }
    const failure = failureOf(error);
    if (failure.reason === 'unsupported' && isStrict && this.loose) this.takesSchema = false;
    throw failure;
  }
}

/** A reply that is one JSON object and nothing else, also in a fence. JSON inside of other text is never looked for. */
function unfenced(text: string): unknown {
  const [, inside] = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text) ?? [];
  try {
    return JSON.parse(inside ?? text);
  } catch {
    return undefined;
  }
}

function failureOf(error: unknown): ModelFailure {
  const egress = causeOf(error, EgressFailure);
  if (egress) return ofEgress(egress);
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return new ModelFailure('timed_out', 'The model did not answer in time.');
  if (APICallError.isInstance(error)) return ofStatus(error);
  return new ModelFailure('bad_answer', `What came back is no answer of a model (${nameOf(error)}).`);
}

function ofEgress({ reason }: EgressFailure): ModelFailure {
  switch (reason) {
    case 'blocked':
      return new ModelFailure('blocked', 'The address of the model may not be called from here.');
    case 'timed_out':
    case 'aborted':
      return new ModelFailure('timed_out', 'The model did not answer in time.');
    case 'too_large':
    case 'not_http':
      return new ModelFailure('bad_answer', `What came back is no answer of a model (${reason}).`);
    case 'unreachable':
    case 'tls':
    case 'reset':
      return new ModelFailure('unreachable', `The model could not be reached (${reason}).`);
  }
}

function ofStatus({ statusCode, responseHeaders }: APICallError): ModelFailure {
  const status = statusCode ?? 0;
  if (status === 401 || status === 403) return new ModelFailure('refused', `The provider refused the key (${status}).`);
  if (status === 404) return new ModelFailure('refused', 'The provider does not know the model or the address (404).');
  if (status === 400 || status === 422)
    return new ModelFailure('unsupported', `The provider did not take the request (${status}).`);
  if (status === 429 || status === 503)
    return new ModelFailure(
      'busy',
      `The provider is busy (${status}).`,
      null,
      waitOf(responseHeaders?.['retry-after']),
    );
  if (status >= 200 && status < 300)
    return new ModelFailure('bad_answer', 'What came back is no answer of a model (unreadable).');
  return new ModelFailure('bad_status', `The provider answered with status ${status}.`);
}

/** Seconds only: a date would need a clock. */
function waitOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,5}(?:\.\d{1,3})?$/.test(header) ? Number(header) * 1_000 : null;
}

function causeOf<T extends Error>(error: unknown, type: new (...given: never[]) => T): T | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (at instanceof type) return at;
  return undefined;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function tokensOf(usage: { inputTokens?: number | undefined; outputTokens?: number | undefined }): Tokens {
  return { input: usage.inputTokens ?? 0, output: usage.outputTokens ?? 0 };
}
