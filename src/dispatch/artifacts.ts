import type { ArtifactType, ReceivedAnswer } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Egress } from '../platform/egress/egress.js';
import { EgressFailure } from '../platform/egress/failure.js';

const FETCH_MS = 30_000;
const ARTIFACT_BYTES = 10 * 2 ** 20;
/** All artifacts of one answer together, the fetched ones included. */
const ANSWER_BYTES = 40 * 2 ** 20;

/** One artifact with its bytes at hand. */
export interface ReceivedArtifact {
  readonly type: ArtifactType;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export type Received =
  | { readonly ok: true; readonly artifacts: readonly ReceivedArtifact[] }
  | { readonly ok: false; readonly problem: string };

type AnswerArtifact = ReceivedAnswer['artifacts'][number];

/** The bytes of what an agent answered, however it sent them. */
@Injectable()
export class Artifacts {
  constructor(private readonly egress: Egress) {}

  /** Those given by URL are fetched once, through the guarded egress: up to 10 MiB each, 40 MiB together. */
  async receive(artifacts: readonly AnswerArtifact[]): Promise<Received> {
    const received: ReceivedArtifact[] = [];
    let total = 0;
    // One bound for all of them: the round waits only a moment for what an answer left elsewhere.
    const signal = AbortSignal.timeout(FETCH_MS);
    for (const artifact of artifacts) {
      const { type, name, media_type: mediaType } = artifact;
      const bytes = await this.bytesOf(artifact, signal);
      if (typeof bytes === 'string')
        return { ok: false, problem: `the artifact ${name} could not be fetched: ${bytes}` };
      total += bytes.byteLength;
      if (total > ANSWER_BYTES) return { ok: false, problem: `the artifacts are over ${ANSWER_BYTES} bytes together` };
      received.push({ type, name, mediaType, bytes });
    }
    return { ok: true, artifacts: received };
  }

  /** @returns why not, in words, when a URL brings nothing */
  private async bytesOf(artifact: AnswerArtifact, signal: AbortSignal): Promise<Uint8Array | string> {
    if (artifact.content !== undefined) return Buffer.from(artifact.content);
    if (artifact.base64 !== undefined) return Buffer.from(artifact.base64, 'base64');
    try {
      const answer = await this.egress.request({
        url: artifact.url ?? '',
        method: 'GET',
        signal,
        maxBytes: ARTIFACT_BYTES,
      });
      return answer.status === 200 ? answer.body : `it answered ${answer.status}`;
    } catch (err) {
      if (err instanceof EgressFailure) return err.message;
      throw err;
    }
  }
}
