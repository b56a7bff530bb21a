import { createHash } from 'node:crypto';
import { type IncomingHeaders, parseCallback, SignatureError, verify } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, type Tx } from '../platform/database/db.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Storage } from '../platform/storage/storage.js';
import { CallbackAddress } from './callback-address.js';
import { BadCallback, BadSignature, CallAnswered, CallNotFound, CallOver } from './callbacks.errors.js';
import { callById, keepAnswer, keepLate, type NewAnswer, noteRefused, type OpenCall } from './callbacks.queries.js';
import { Calls } from './calls.service.js';
import { Owners } from './owners.js';
import { traceHead } from './trace-head.js';

/** A signed message of an agent's about one call, as it came. */
export interface Message {
  readonly callId: string;
  readonly headers: IncomingHeaders;
  readonly body: Uint8Array;
}

export interface Taken {
  readonly callId: string;
  readonly receivedAt: Date;
}

/** Answers that come later. Any process takes them: the first that is whole and in time is stored, and a job takes it in. */
@Injectable()
export class Callbacks {
  constructor(
    private readonly db: Db,
    private readonly calls: Calls,
    private readonly owners: Owners,
    private readonly address: CallbackAddress,
    private readonly storage: Storage,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the answer of an open call. The same bytes again are answered as before, whatever became of the call meanwhile.
   *
   * @param attempt which try of the agent's this is, from 1
   * @throws CallNotFound, BadSignature
   * @throws CallAnswered there is another answer
   * @throws CallOver     its deadline has passed, or nobody waits for it any more
   * @throws BadCallback  it breaks the contract; the call stays open
   */
  async receive(message: Message, attempt: number): Promise<Taken> {
    const receivedAt = this.clock.now();
    const call = await this.find(message.callId);
    const { id } = this.verified(message, receivedAt);
    if (id !== call.id) throw new BadSignature('webhook-id: is not the id of the call.');
    const before = answeredBefore(call, message.body);
    if (before) return before;
    if (call.outcome === 'answered' || call.outcome === 'declined') throw new CallAnswered();
    await this.refuseLate(call, message.body, receivedAt);
    const parsed = parseCallback(message.body);
    if (!parsed.ok) {
      await noteRefused(this.db, call.id, parsed.problem);
      throw new BadCallback(parsed.problem);
    }
    const { hash, size } = await this.storage.put(message.body);
    return this.take(call, message, { hash, bytes: size, receivedAt, attempt });
  }

  /** @throws CallNotFound */
  async find(callId: string): Promise<OpenCall> {
    const call = await callById(this.db, callId);
    if (!call) throw new CallNotFound();
    return call;
  }

  /** @throws BadSignature */
  verified({ callId, headers, body }: Message, now: Date): { id: string } {
    try {
      return verify({
        secrets: this.address.secretsOf(callId),
        headers,
        body,
        nowS: Math.floor(now.getTime() / 1_000),
      });
    } catch (err) {
      if (err instanceof SignatureError) throw new BadSignature(err.message);
      throw err;
    }
  }

  /** @returns why nobody waits for the call any more; null while somebody does. One that is dropped by this frees its slot. */
  async unwanted(tx: Tx, call: OpenCall): Promise<string | null> {
    const owner = this.owners.of(call.queue);
    if ((await owner.wanted(tx, [call.id])).has(call.id)) return null;
    await this.calls.release(tx, call.id);
    return owner.whyUnwanted(tx, call.id);
  }

  private async take(call: OpenCall, message: Message, answer: NewAnswer): Promise<Taken> {
    const refused = await this.db.transaction(async (tx) => {
      const why = await this.unwanted(tx, call);
      if (why !== null) return new CallOver(why);
      if (!(await keepAnswer(tx, call.id, answer))) return 'changed';
      await this.jobs.send(tx, call.queue, { callId: call.id });
      return null;
    });
    if (refused === null) return { callId: call.id, receivedAt: answer.receivedAt };
    if (refused !== 'changed') throw refused;
    // Another one was first, or the call ended, since we looked.
    const now = await this.find(call.id);
    const before = answeredBefore(now, message.body);
    if (before) return before;
    throw new CallAnswered();
  }

  private async refuseLate(call: OpenCall, body: Uint8Array, receivedAt: Date): Promise<void> {
    if (call.outcome !== null) {
      const why = await this.db.transaction((tx) => this.owners.of(call.queue).whyUnwanted(tx, call.id));
      if (receivedAt > call.deadline_at) await this.keepLate(call, body);
      throw new CallOver(receivedAt > call.deadline_at ? PASSED : why);
    }
    if (receivedAt <= call.deadline_at) return;
    await this.keepLate(call, body);
    throw new CallOver(PASSED);
  }

  private async keepLate(call: OpenCall, body: Uint8Array): Promise<void> {
    const { hash, size } = await this.storage.put(body);
    await keepLate(this.db, call.id, { hash, size, head: traceHead(body) });
  }
}

const PASSED = 'its deadline has passed; what came is kept in the trace and not judged';

/** @throws CallAnswered its answer was another one */
function answeredBefore({ id, answer_hash: hash, answered_at: at }: OpenCall, body: Uint8Array): Taken | null {
  if (hash === null || at === null) return null;
  if (createHash('sha256').update(body).digest('hex') !== hash) throw new CallAnswered();
  return { callId: id, receivedAt: at };
}
