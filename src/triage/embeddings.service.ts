import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../platform/config.js';
import { Egress } from '../platform/egress/egress.js';
import { likeness } from './relevance/meaning.js';

const LONGEST_TEXT = 2_000;
const TEXTS_A_CALL = 64;
const TIMEOUT_MS = 4_000;
const MAX_BYTES = 16 * 2 ** 20;
/** Vectors that one process remembers. */
const REMEMBERED = 5_000;

const Answer = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1).max(8_192) })),
});

/** Likeness in meaning by an OpenAI-compatible `/embeddings`. Off unless a URL and a model are set; triage never depends on it. */
@Injectable()
export class Embeddings {
  /** By hash of model and text. */
  private readonly vectors = new Map<string, Float32Array>();
  private readonly log = new Logger('embeddings');

  constructor(
    private readonly egress: Egress,
    private readonly config: Config,
  ) {}

  get isOn(): boolean {
    return this.config.EMBEDDINGS_URL !== undefined && this.config.EMBEDDINGS_MODEL !== undefined;
  }

  /**
   * How alike in meaning a brief and each text are, 0-1, by the texts' ids. One deadline of 4 s holds for all calls together.
   *
   * @returns null: it is off, or the provider failed; the failure is logged and nothing else comes of it
   */
  async likenesses(brief: string, texts: ReadonlyMap<string, string>): Promise<Map<string, number> | null> {
    if (!this.isOn) return null;
    try {
      const [asked, ...others] = await this.vectorsOf([brief, ...texts.values()]);
      return new Map([...texts.keys()].map((id, i) => [id, likeness(asked, others[i])]));
    } catch (err) {
      this.log.warn({ err }, 'triage goes on without embeddings');
      return null;
    }
  }

  private async vectorsOf(texts: readonly string[]): Promise<(Float32Array | undefined)[]> {
    const cut = texts.map((text) => text.slice(0, LONGEST_TEXT).trim() || '-');
    const keys = cut.map((text) => hashOf(`${this.config.EMBEDDINGS_MODEL}\n${text}`));
    const missing = new Map(keys.flatMap((key, i) => (this.vectors.has(key) ? [] : [[key, cut[i] ?? '']])));
    const known = new Map(keys.flatMap((key) => [[key, this.vectors.get(key)] as const]));
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const wanted = [...missing];
    for (let from = 0; from < wanted.length; from += TEXTS_A_CALL) {
      const batch = wanted.slice(from, from + TEXTS_A_CALL);
      const made = await this.ask(
        batch.map(([, text]) => text),
        signal,
      );
      for (const [i, [key]] of batch.entries()) {
        const vector = made[i];
        if (vector) this.remember(key, vector);
        known.set(key, vector);
      }
    }
    return keys.map((key) => known.get(key));
  }

  private async ask(input: readonly string[], signal: AbortSignal): Promise<(Float32Array | undefined)[]> {
    const { EMBEDDINGS_URL = '', EMBEDDINGS_MODEL, EMBEDDINGS_KEY } = this.config;
    const answer = await this.egress.request({
      url: `${EMBEDDINGS_URL.replace(/\/$/, '')}/embeddings`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(EMBEDDINGS_KEY === undefined ? {} : { authorization: `Bearer ${EMBEDDINGS_KEY}` }),
      },
      body: JSON.stringify({ model: EMBEDDINGS_MODEL, input, encoding_format: 'float' }),
      signal,
      maxBytes: MAX_BYTES,
    });
    if (answer.status !== 200) throw new Error(`The embeddings provider answered ${answer.status}.`);
    const { data } = Answer.parse(JSON.parse(Buffer.from(answer.body).toString('utf8')));
    const byIndex = new Map(data.map(({ index, embedding }) => [index, Float32Array.from(embedding)]));
    return input.map((_, i) => byIndex.get(i));
  }

  private remember(key: string, vector: Float32Array): void {
    const [oldest] = this.vectors.keys();
    if (this.vectors.size >= REMEMBERED && oldest !== undefined) this.vectors.delete(oldest);
    this.vectors.set(key, vector);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
