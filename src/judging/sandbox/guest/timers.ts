/** Runs in QuickJS. Timers by the host's clock; the host lets time pass and then asks for what is due. */
interface Timer {
  readonly id: number;
  readonly fn: (...args: unknown[]) => unknown;
  readonly args: readonly unknown[];
  readonly everyMs: number | null;
  dueAt: number;
}

export class Timers {
  private readonly timers = new Map<number, Timer>();
  private next = 0;

  constructor(private readonly now: () => number) {}

  /** `setTimeout` and its kin, as globals. */
  install(target: object): void {
    const clear = (id: unknown) => void this.timers.delete(Number(id));
    Object.assign(target, {
      setTimeout: (fn: Timer['fn'], ms?: unknown, ...args: unknown[]) => this.add(fn, ms, args, false),
      setInterval: (fn: Timer['fn'], ms?: unknown, ...args: unknown[]) => this.add(fn, ms, args, true),
      setImmediate: (fn: Timer['fn'], ...args: unknown[]) => this.add(fn, 0, args, false),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    });
  }

  /** How long until the next one, in ms; null when there is none. */
  dueIn(): number | null {
    const dues = [...this.timers.values()].map(({ dueAt }) => dueAt);
    return dues.length === 0 ? null : Math.max(0, Math.min(...dues) - this.now());
  }

  /** Until nothing is left that happens once: a file whose timers still run is not over. */
  async drained(): Promise<void> {
    while ([...this.timers.values()].some(({ everyMs }) => everyMs === null))
      await new Promise((resolve) => this.add(resolve as Timer['fn'], 1, [], false));
  }

  /** Runs the first that is due. */
  fire(): boolean {
    const now = this.now();
    const [first] = [...this.timers.values()]
      .filter(({ dueAt }) => dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
    if (!first) return false;
    if (first.everyMs === null) this.timers.delete(first.id);
    else first.dueAt = now + Math.max(1, first.everyMs);
    first.fn(...first.args);
    return true;
  }

  private add(fn: Timer['fn'], ms: unknown, args: readonly unknown[], again: boolean): number {
    const wait = Math.min(Math.max(0, Number(ms) || 0), 3_600_000);
    const id = ++this.next;
    this.timers.set(id, { id, fn, args, everyMs: again ? wait : null, dueAt: this.now() + wait });
    return id;
  }
}
