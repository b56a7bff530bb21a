import { parseCallback } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/database/db.js';
import { Storage } from '../platform/storage/storage.js';
import type { Attempt } from './call.js';
import { type LaterAnswer, laterAnswer } from './callbacks.queries.js';
import type { Exchanged, Outcome } from './outcome.js';
import { traceHead } from './trace-head.js';

/** What came of attempts that were acknowledged: the answer by callback, or none. */
@Injectable()
export class LaterAnswers {
  constructor(
    private readonly db: Db,
    private readonly storage: Storage,
    private readonly clock: Clock,
  ) {}

  /** Reads the answer that was stored with the call. */
  async came(attempt: Attempt): Promise<Exchanged> {
    const found = await laterAnswer(this.db, attempt);
    if (!found.answer_hash || !found.answered_at) throw new Error(`The call ${attempt.callId} has no later answer.`);
    const body = await this.storage.get(found.answer_hash);
    return {
      ...facts(found, found.answered_at),
      outcome: meaningOfCallback(body),
      bytesReceived: body.byteLength,
      responseHash: found.answer_hash,
      responseHead: traceHead(body),
      calledBack: true,
    };
  }

  async missed(attempt: Attempt): Promise<Exchanged> {
    const found = await laterAnswer(this.db, attempt);
    const refused = found.problem ? `; the last one was refused: ${found.problem}` : '';
    const problem = `acknowledged, and no callback came before the deadline${refused}`;
    return {
      ...facts(found, this.clock.now()),
      outcome: { kind: 'failed', reason: 'timed_out', problem, retryable: false },
      bytesReceived: found.bytes_received ?? 0,
      responseHash: found.response_hash,
      responseHead: found.response_head,
    };
  }
}

function facts(found: LaterAnswer, endedAt: Date) {
  return {
    status: found.status,
    connectMs: found.connect_ms,
    firstByteMs: found.first_byte_ms,
    totalMs: endedAt.getTime() - found.started_at.getTime(),
    bytesSent: found.bytes_sent ?? 0,
  };
}

/** What a callback says by the contract. Only one that parses is stored; one that does not is a newer version's. */
export function meaningOfCallback(body: Uint8Array): Outcome {
  const result = parseCallback(body);
  if (!result.ok) return { kind: 'failed', reason: 'bad_body', problem: result.problem, retryable: false };
  if (result.answer) return { kind: 'answered', answer: result.answer };
  if (result.declined) return { kind: 'declined', reason: result.declined.reason };
  const { code, message } = result.failed;
  return { kind: 'failed', reason: 'failed_later', problem: `${code}: ${message}`, retryable: false };
}
