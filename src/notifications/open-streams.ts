import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Credentials } from '../accounts/credentials.service.js';
import type { Actor } from '../platform/http/actor.js';
import { ServerStopping, TooManyStreams } from './notifications.errors.js';

const RECHECK_MS = 60_000;
const MAX_PER_ACCOUNT = 20;

/** A request that stays open. `ended` fires when it has to close for a reason of ours. */
export interface OpenStream {
  readonly ended: AbortSignal;
  leave(): void;
}

interface Entry {
  readonly actor: Actor;
  readonly ending: AbortController;
}

/** What is open in this process: bounded by account, closed when its key or session ends or the server stops. */
@Injectable()
export class OpenStreams implements OnModuleInit, OnModuleDestroy {
  private readonly entries = new Set<Entry>();
  private readonly log = new Logger('streams');
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly credentials: Credentials) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.recheck(), RECHECK_MS);
  }

  get count(): number {
    return this.entries.size;
  }

  /** @throws TooManyStreams, ServerStopping */
  enter(actor: Actor): OpenStream {
    if (this.stopping) throw new ServerStopping();
    const own = [...this.entries].filter((entry) => entry.actor.accountId === actor.accountId);
    if (own.length >= MAX_PER_ACCOUNT) throw new TooManyStreams(MAX_PER_ACCOUNT);
    const entry = { actor, ending: new AbortController() };
    this.entries.add(entry);
    return { ended: entry.ending.signal, leave: () => void this.entries.delete(entry) };
  }

  /** Closes what was opened with a key or session that opens nothing any more. Runs every minute. */
  async recheck(): Promise<void> {
    const viaIds = [...new Set([...this.entries].map(({ actor }) => actor.viaId))];
    if (viaIds.length === 0) return;
    try {
      const good = await this.credentials.stillGood(viaIds);
      for (const { actor, ending } of this.entries)
        if (viaIds.includes(actor.viaId) && !good.has(actor.viaId)) ending.abort();
    } catch (err) {
      this.log.warn({ err }, 'could not check who still may listen');
    }
  }

  /** Before the server waits for its requests to end: these would not by themselves. */
  onModuleDestroy(): void {
    this.stopping = true;
    clearInterval(this.timer);
    for (const { ending } of this.entries) ending.abort();
  }
}
