/** What goes back over HTTP, whichever server carries it. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

interface Entry {
  reply: Promise<Reply>;
  /** 0 while the work runs. */
  bytes: number;
}

/**
 * Remembers what a call was answered, so that a repeat costs no second run. It lives in the memory of this process:
 * after a restart, or in another process, a repeat is worked on again.
 *
 * Failures are not kept (a repeat tries anew). Beyond `maxEntries` finished answers, or `maxBytes` of them, the ones
 * asked for longest ago are forgotten; work that still runs never is.
 */
export class Repeats {
  private readonly entries = new Map<string, Entry>();
  private keptBytes = 0;

  constructor(
    private readonly maxEntries = 500,
    private readonly maxBytes = 64 * 2 ** 20,
  ) {}

  /** Runs `work` unless this call is running or was answered lately; all who ask get the same reply. */
  once(callId: string, work: () => Promise<Reply>): Promise<Reply> {
    const known = this.entries.get(callId);
    if (known) {
      this.entries.delete(callId);
      this.entries.set(callId, known);
      return known.reply;
    }
    // A turn later, so that the entry is in the map before the work can end.
    const entry: Entry = { bytes: 0, reply: Promise.resolve().then(() => this.settled(callId, work)) };
    this.entries.set(callId, entry);
    return entry.reply;
  }

  private async settled(callId: string, work: () => Promise<Reply>): Promise<Reply> {
    try {
      const reply = await work();
      if (reply.status < 300) this.keep(callId, reply.body.byteLength);
      else this.entries.delete(callId);
      return reply;
    } catch (error) {
      this.entries.delete(callId);
      throw error;
    }
  }

  private keep(callId: string, bytes: number): void {
    const entry = this.entries.get(callId);
    if (!entry) return;
    entry.bytes = bytes;
    this.keptBytes += bytes;
    for (const [id, { bytes: size }] of this.entries) {
      if (this.entries.size <= this.maxEntries && this.keptBytes <= this.maxBytes) break;
      if (size === 0) continue;
      this.entries.delete(id);
      this.keptBytes -= size;
    }
  }
}
