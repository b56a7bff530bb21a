import { Injectable, Logger } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Egress } from '../platform/egress/egress.js';
import { EgressFailure } from '../platform/egress/failure.js';
import { Metrics } from '../platform/metrics.js';
import { Storage } from '../platform/storage/storage.js';
import { Agents } from '../registry/agents.service.js';
import type { Attempt } from './call.js';
import { CallbackAddress } from './callback-address.js';
import type { Seen } from './callbacks.queries.js';
import { type Came, exchange } from './exchange.js';
import { requestBytes } from './execute-request.js';
import type { Acknowledged, Exchanged, Outcome } from './outcome.js';
import { traceHead } from './trace-head.js';

const BUCKETS_MS = [10, 50, 100, 250, 500, 1_000, 5_000, 30_000, 120_000, 420_000];

export interface Packed {
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
}

/** Puts one attempt on the wire: signed and bounded. */
@Injectable()
export class Caller {
  private readonly log = new Logger('dispatch');
  private readonly ended: Counter<'phase' | 'outcome' | 'reason'>;
  private readonly took: Histogram<'phase'>;

  constructor(
    private readonly egress: Egress,
    private readonly agents: Agents,
    private readonly storage: Storage,
    private readonly callbacks: CallbackAddress,
    private readonly clock: Clock,
    private readonly config: Config,
    metrics: Metrics,
  ) {
    this.ended = metrics.counter({
      name: 'bakeoff_call_attempts_total',
      help: 'Attempts by what came of them',
      labelNames: ['phase', 'outcome', 'reason'],
    });
    this.took = metrics.histogram({
      name: 'bakeoff_call_ms',
      help: 'From the request to the last byte of the answer, in ms',
      labelNames: ['phase'],
      buckets: BUCKETS_MS,
    });
  }

  /** Reads what attempts send and sign with. @returns how to come by it for each: what is wrong with one fails that one alone */
  async pack(attempts: readonly Attempt[]): Promise<(attempt: Attempt) => Promise<Packed>> {
    const secretsOf = await this.agents.signingSecrets(attempts.map(({ agentId }) => agentId));
    return async ({ callId, requestHash, agentId, isAsync }) => {
      const stored = await this.storage.get(requestHash);
      const callback = isAsync ? this.callbacks.of(callId) : undefined;
      return { body: requestBytes(callId, stored, callback), secrets: secretsOf(agentId) };
    };
  }

  /** Sends an attempt. A failure of the agent's is a value; only a fault of ours throws. */
  async send(attempt: Attempt, { body, secrets }: Packed): Promise<Came> {
    const request = {
      url: attempt.endpointUrl,
      callId: attempt.callId,
      taskId: attempt.taskId,
      phase: attempt.phase,
      secrets,
      body,
      deadlineAt: attempt.deadlineAt,
      graceMs: this.config.CALL_LATE_GRACE_S * 1_000,
      acknowledgeMs: attempt.isAsync ? this.config.CALL_ACK_S * 1_000 : null,
    };
    const came = await exchange(this.egress, request, () => this.clock.now());
    this.note(attempt, came);
    return came;
  }

  /** Puts the answer's bytes into storage: before the transaction that refers to them. */
  async keep({ answer, bytesSent }: Came, outcome: Outcome): Promise<Exchanged> {
    const received = answer instanceof EgressFailure ? answer.partialBody : answer.body;
    const file = received.byteLength > 0 ? await this.storage.put(received) : null;
    return {
      outcome,
      status: answer.status,
      connectMs: answer.timings.connectMs,
      firstByteMs: answer.timings.firstByteMs,
      totalMs: answer.timings.totalMs,
      bytesSent,
      bytesReceived: answer.bytesReceived,
      responseHash: file?.hash ?? null,
      responseHead: file ? traceHead(received) : null,
    };
  }

  /** What the 202 looked like; the answer's own bytes come later. */
  seen({ answer, bytesSent }: Came, { etaS }: Acknowledged): Seen {
    const { connectMs, firstByteMs, totalMs } = answer.timings;
    const etaAt = etaS === undefined ? null : new Date(this.clock.now().getTime() + etaS * 1_000);
    return { status: answer.status, connectMs, firstByteMs, totalMs, bytesSent, etaAt };
  }

  private note({ callId, taskId, agentId, phase, attempt }: Attempt, { outcome, answer }: Came): void {
    const { totalMs } = answer.timings;
    const reason = outcome.kind === 'failed' ? outcome.reason : '';
    this.ended.inc({ phase, outcome: outcome.kind, reason });
    this.took.observe({ phase }, totalMs);
    this.log.log(
      {
        call_id: callId,
        task_id: taskId,
        agent_id: agentId,
        phase,
        attempt,
        outcome: outcome.kind,
        reason,
        status: answer.status,
        took_ms: Math.round(totalMs),
      },
      'call',
    );
  }
}
