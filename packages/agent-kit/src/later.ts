import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS, WINDOWS } from './contract/limits.js';
import type { ExecuteRequest } from './contract/request.js';
import { sign } from './sign.js';

/** One call that was acknowledged, with the address and the secret of its callback. */
export interface LaterCall {
  callId: string;
  callback: NonNullable<ExecuteRequest['callback']>;
  /** Milliseconds until the deadline. */
  remainingMs(): number;
  /** Milliseconds since 1970. */
  now(): number;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const POST_MS = 30_000;
/** A little more than the least time between two notes. */
const NOTE_EVERY_MS = WINDOWS.progressEveryS * 1_000 + 100;

/** What a callback was answered, as far as it decides what comes next. */
interface Told {
  status: number;
  text: string;
  retryAfterMs: number | null;
}

/** Answers one call later: signed anew with each try, until it is taken or the deadline passes. */
export class Later {
  private note: { message: string; percent?: number } | null = null;
  private notes = 0;
  private telling: Promise<void> | null = null;
  private isAnswered = false;

  constructor(private readonly call: LaterCall) {}

  /** @throws Error when it was refused, or could not be delivered before the deadline */
  async answer(body: Uint8Array): Promise<void> {
    this.isAnswered = true;
    let last = 'there was no time left';
    for (let attempt = 1; this.call.remainingMs() > 0; attempt++) {
      const told = await this.post('', this.call.callId, body, attempt).catch((error: unknown) => String(error));
      if (typeof told !== 'string' && told.status < 300) return;
      last = typeof told === 'string' ? told : `it was answered ${told.status}: ${told.text}`;
      if (typeof told !== 'string' && !isPassing(told.status)) break;
      await sleep(Math.min(this.call.remainingMs(), waitMs(attempt, told)));
    }
    throw new Error(`The callback of ${this.call.callId} was not taken: ${last}`);
  }

  /** Sends a line to the buyer. Of those that come faster than they may go, the last one goes. Never throws. */
  progress(message: string, percent?: number): void {
    const line = message
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, LIMITS.progressChars)
      .toWellFormed();
    if (line === '' || this.isAnswered) return;
    const isShare = percent !== undefined && Number.isFinite(percent);
    this.note = { message: line, ...(isShare ? { percent: Math.min(100, Math.max(0, percent)) } : {}) };
    this.telling ??= this.tell().finally(() => {
      this.telling = null;
    });
  }

  private async tell(): Promise<void> {
    while (this.note && !this.isAnswered && this.notes < LIMITS.progressNotes) {
      const body = Buffer.from(JSON.stringify(this.note));
      this.note = null;
      this.notes += 1;
      // A note that is lost is no harm: the next one says more.
      await this.post('/progress', `${this.call.callId}_progress_${this.notes}`, body, 1).catch(() => null);
      await sleep(NOTE_EVERY_MS, undefined, { ref: false });
    }
  }

  private async post(path: string, id: string, body: Uint8Array, attempt: number): Promise<Told> {
    const { callback, now, remainingMs } = this.call;
    const signed = sign({ secrets: [callback.secret], id, timestampS: Math.floor(now() / 1_000), body });
    const response = await fetch(callback.url + path, {
      method: 'POST',
      headers: { ...signed, 'content-type': 'application/json', 'bakeoff-attempt': String(attempt) },
      body: body as Uint8Array<ArrayBuffer>,
      redirect: 'error',
      signal: AbortSignal.timeout(Math.max(1, Math.min(POST_MS, remainingMs()))),
    });
    const text = (await response.text()).slice(0, 500);
    return { status: response.status, text, retryAfterMs: retryAfterMs(response.headers.get('retry-after')) };
  }
}

/** Whether the same callback may be taken a little later. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

function waitMs(attempt: number, told: Told | string): number {
  const asked = typeof told === 'string' ? null : told.retryAfterMs;
  return asked ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
}

function retryAfterMs(header: string | null): number | null {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) * 1_000 : null;
}
