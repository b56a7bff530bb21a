import { LIMITS, ProgressNote, parseBody, WINDOWS } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/database/db.js';
import { BadCallback, CallAnswered, CallOver, TooMuchProgress } from './callbacks.errors.js';
import { countNote, insertNote } from './callbacks.queries.js';
import { Callbacks, type Message } from './callbacks.service.js';
import { Owners } from './owners.js';

/** What agents say of work that goes on: a few short lines, for whoever waits for it. */
@Injectable()
export class ProgressNotes {
  constructor(
    private readonly db: Db,
    private readonly callbacks: Callbacks,
    private readonly owners: Owners,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a note and tells whoever waits. The same `webhook-id` again does nothing.
   *
   * @throws CallNotFound, BadSignature, BadCallback
   * @throws CallAnswered, CallOver there is nothing to wait for
   * @throws TooMuchProgress
   */
  async receive(message: Message): Promise<void> {
    const at = this.clock.now();
    const call = await this.callbacks.find(message.callId);
    const { id: messageId } = this.callbacks.verified(message, at);
    const read = parseBody(ProgressNote, message.body, LIMITS.progressBytes);
    if (!read.ok) throw new BadCallback(read.problem);
    if (call.answer_hash !== null) throw new CallAnswered();
    if (at > call.deadline_at) throw new CallOver('its deadline has passed');
    const refused = await this.db.transaction(async (tx) => {
      const why = await this.callbacks.unwanted(tx, call);
      if (why !== null) return new CallOver(why);
      if (!(await insertNote(tx, { callId: call.id, messageId, at, note: read.value }))) return null;
      if (!(await countNote(tx, call.id, at, LIMITS.progressNotes, WINDOWS.progressEveryS * 1_000)))
        throw new TooMuchProgress(LIMITS.progressNotes, WINDOWS.progressEveryS);
      await this.owners.of(call.queue).progress?.(tx, call.id, read.value);
      return null;
    });
    if (refused) throw refused;
  }
}
