/** How many at most go together: what they lock, the others wait for. */
const MOST = 64;

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does together what many ask for at the same moment, when doing it for many costs little more than for one: a transaction, a query.
 * One batch is under way at a time, and what comes meanwhile is the next. Nobody pays for another's fault: when a batch fails,
 * everything in it is done once more, each alone. So `work` may run twice for an item, and gets items in the order of their coming.
 */
export class Batches<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private isBusy = false;

  /**
   * @param work a result for each item, in their order
   * @param gatherMs how long the first one waits for others; 0: for those of the same turn of the event loop
   */
  constructor(
    private readonly work: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly gatherMs = 0,
  ) {}

  /** @throws what `work` throws for this item alone */
  run(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.isBusy) return;
      this.isBusy = true;
      if (this.gatherMs > 0) setTimeout(() => void this.drain(), this.gatherMs);
      else setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.settle(this.waiting.splice(0, MOST));
    this.isBusy = false;
  }

  private async settle(batch: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as O);
    } catch (err) {
      if (batch.length === 1) return batch[0]?.reject(err);
      // Not waited for: whatever held this batch up must not hold up the next.
      for (const one of batch) void this.settle([one]);
    }
  }
}
