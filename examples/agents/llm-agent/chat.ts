import { setTimeout as wait } from 'node:timers/promises';
import { AgentError } from '@bakeoff/agent-kit';
import type { Settings } from './settings.ts';

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface Completion {
  text: string;
  inputTokens: number;
  outputTokens: number;
  /** The model ran into `maxTokens`. */
  isCut: boolean;
}

export interface Limits {
  maxTokens: number;
  /** Ends the call, tries and all. */
  signal: AbortSignal;
}

const MAX_TRIES = 3;
const MAX_WAIT_MS = 20_000;
const MAX_ANSWER_BYTES = 4 * 2 ** 20;

/**
 * One completion of `/chat/completions`. What a wait may cure (429, 5xx, a broken connection) is tried again, three
 * times in all.
 *
 * @throws AgentError `model_unavailable` (retryable), `model_refused` (a key, a model or a request that is not right),
 *   `model_answer` when what came is no completion; none of them holds the key
 */
export async function complete(
  settings: Settings,
  messages: readonly Message[],
  { maxTokens, signal }: Limits,
): Promise<Completion> {
  let limit = 'max_tokens';
  for (let tries = 1; ; tries++) {
    const outcome = await post(settings, { model: settings.model, messages, [limit]: maxTokens }, signal);
    if (outcome.status === 200) return completionFrom(outcome.body);
    if (outcome.status === 400 && limit === 'max_tokens' && outcome.body.includes('max_completion_tokens')) {
      limit = 'max_completion_tokens';
      continue;
    }
    const isCurable = outcome.status === 0 || outcome.status === 429 || outcome.status >= 500;
    if (!isCurable)
      throw new AgentError('model_refused', `The model's server answered ${outcome.status}.`, { retryable: false });
    if (tries >= MAX_TRIES || signal.aborted) {
      const what = outcome.status === 0 ? 'did not answer' : `answered ${outcome.status}`;
      throw new AgentError('model_unavailable', `The model's server ${what}.`, { status: 503, retryAfterS: 10 });
    }
    await wait(Math.min(MAX_WAIT_MS, outcome.retryAfterMs ?? 500 * 2 ** tries), undefined, { signal }).catch(
      () => undefined,
    );
  }
}

interface Outcome {
  /** 0: no answer. */
  status: number;
  body: string;
  retryAfterMs: number | null;
}

async function post({ baseUrl, apiKey }: Settings, body: object, signal: AbortSignal): Promise<Outcome> {
  try {
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      redirect: 'error',
      signal,
    });
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      status: response.status,
      body: await bounded(response),
      retryAfterMs: seconds >= 0 ? seconds * 1000 : null,
    };
  } catch {
    return { status: 0, body: '', retryAfterMs: null };
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function completionFrom(body: string): Completion {
  const parsed = parsedJson(body) as {
    choices?: { message?: { content?: unknown }; finish_reason?: unknown }[];
    usage?: { prompt_tokens?: unknown; completion_tokens?: unknown };
  } | null;
  const choice = parsed?.choices?.[0];
  const text = choice?.message?.content;
  if (typeof text !== 'string' || text.trim() === '')
    throw new AgentError('model_answer', 'The model said nothing that can be used.');
  return {
    text,
    inputTokens: tokens(parsed?.usage?.prompt_tokens),
    outputTokens: tokens(parsed?.usage?.completion_tokens),
    isCut: choice?.finish_reason === 'length',
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function tokens(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
