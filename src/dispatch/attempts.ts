import { Batches } from '../platform/batches.js';
import { afterCommit, type Db, type Tx } from '../platform/database/db.js';
import type { Attempt, Ended, Owner } from './call.js';
import type { Caller, Packed } from './caller.js';
import type { Beginning, Calls, Made } from './calls.service.js';
import type { Came } from './exchange.js';
import type { LaterAnswers } from './later-answers.js';
import type { Acknowledged, Exchanged } from './outcome.js';

/** How long after its first byte a call's owner reads what it is about: the calls of a round go out first. */
const ABOUT_AFTER_MS = 20;
/** How long the first of the answers that are on the disk waits for others: those of a round come together, and one transaction ends them all. */
const ENDS_TOGETHER_MS = 3;

type Begun =
  | Exclude<Beginning, { kind: 'go' }>
  | { readonly kind: 'go'; readonly attempt: Attempt; readonly packing: Promise<Packed> };

/** With what its owner prepared for the end of the call. */
interface Prepared<P> extends Made {
  readonly prepared: P;
}

/** Makes the attempts of one owner's calls. What many of them read or write at the same moment goes together. */
export class Attempts<A, P> {
  /** Attempts that began with their calls, and wait for their jobs to run. */
  private readonly begun = new Map<string, Begun>();
  private readonly begins = new Batches((callIds: readonly string[]) => this.begin(callIds));
  private readonly abouts = new Batches((callIds: readonly string[]) => this.owner.about(callIds), ABOUT_AFTER_MS);
  private readonly ends = new Batches((made: readonly Prepared<P>[]) => this.end(made), ENDS_TOGETHER_MS);

  constructor(
    private readonly db: Db,
    private readonly calls: Calls,
    private readonly caller: Caller,
    private readonly later: LaterAnswers,
    private readonly owner: Owner<A, P>,
  ) {}

  /** Makes the next attempt of a call, if one is due. @returns whether our side was too late for it, so that it was never made */
  async next(callId: string): Promise<'not_made' | 'done'> {
    const begun = this.takeBegun(callId) ?? (await this.begins.run(callId));
    switch (begun.kind) {
      case 'over':
        await this.neverMade(callId, begun.problem);
        return 'not_made';
      case 'go':
        await this.make(begun.attempt, begun.packing);
        break;
      case 'take':
        await this.takeIn(begun.attempt, await this.later.came(begun.attempt));
        break;
      case 'overdue':
        await this.takeIn(begun.attempt, await this.later.missed(begun.attempt));
    }
    return 'done';
  }

  /** Hears of attempts whose rows another's transaction writes: the jobs of their calls make them once it has committed. */
  beginWith(tx: Tx, attempts: readonly Attempt[]): void {
    const packings = this.pack(attempts);
    afterCommit(tx, () => {
      for (const attempt of attempts) {
        const packing = packings.get(attempt.callId);
        if (packing) this.begun.set(attempt.callId, { kind: 'go', attempt, packing });
      }
    });
  }

  private takeBegun(callId: string): Begun | undefined {
    const begun = this.begun.get(callId);
    this.begun.delete(callId);
    return begun;
  }

  /** Reads what attempts send while their rows are on the way. */
  private pack(attempts: readonly Attempt[]): Map<string, Promise<Packed>> {
    const packed = handled(this.caller.pack(attempts));
    return new Map(attempts.map((attempt) => [attempt.callId, handled(packed.then((of) => of(attempt)))]));
  }

  private async begin(callIds: readonly string[]): Promise<Begun[]> {
    let packings: ReadonlyMap<string, Promise<Packed>> = new Map();
    const pack = (attempts: readonly Attempt[]) => {
      packings = this.pack(attempts);
    };
    const wanted = (tx: Tx, ids: readonly string[]) => this.owner.wanted(tx, ids);
    const beginnings = await this.db.transactionForMany(callIds, (tx, ids) => this.calls.begin(tx, ids, wanted, pack));
    return beginnings.map((one) => {
      const packing = one.kind === 'go' ? packings.get(one.attempt.callId) : undefined;
      if (one.kind !== 'go') return one;
      if (!packing) throw new Error('An attempt began without being packed.');
      return { ...one, packing };
    });
  }

  private async make(attempt: Attempt, packing: Promise<Packed>): Promise<void> {
    try {
      const sending = this.caller.send(attempt, await packing);
      const reading = handled(this.abouts.run(attempt.callId));
      const came = await sending;
      const { outcome } = came;
      if (outcome.kind === 'acknowledged') return await this.acknowledge(attempt, came, outcome);
      const about = await reading;
      const [exchanged, prepared] = await Promise.all([
        this.caller.keep(came, outcome),
        this.owner.prepare(about, outcome),
      ]);
      await this.ends.run({ attempt, exchanged, prepared });
    } catch (err) {
      // A fault of ours: the attempt is nobody's result, and the job that runs again makes another.
      await this.db.transaction((tx) => this.calls.abandon(tx, attempt));
      throw err;
    }
  }

  private async acknowledge(attempt: Attempt, came: Came, acknowledged: Acknowledged): Promise<void> {
    const seen = this.caller.seen(came, acknowledged);
    await this.db.transaction((tx) => this.calls.acknowledge(tx, attempt, seen));
  }

  /** What came of an attempt that was acknowledged goes the way of every answer. */
  private async takeIn(attempt: Attempt, exchanged: Exchanged): Promise<void> {
    const about = await this.abouts.run(attempt.callId);
    const prepared = await this.owner.prepare(about, exchanged.outcome);
    await this.ends.run({ attempt, exchanged, prepared });
  }

  private async end(made: readonly Prepared<P>[]): Promise<undefined[]> {
    return this.db.transactionForMany(made, async (tx) => {
      const settled = await this.calls.finish(tx, made);
      const ended = made.flatMap(({ attempt: { callId }, exchanged, prepared }): Ended<P>[] =>
        settled.has(callId) ? [{ callId, settled: exchanged.outcome, prepared }] : [],
      );
      if (ended.length > 0) await this.owner.commit(tx, ended);
      return made.map(() => undefined);
    });
  }

  private async neverMade(callId: string, problem: string): Promise<void> {
    const settled = { kind: 'not_called', problem } as const;
    const prepared = await this.owner.prepare(await this.abouts.run(callId), settled);
    await this.db.transaction(async (tx) => {
      if (await this.calls.settleUnmade(tx, callId, problem))
        await this.owner.commit(tx, [{ callId, settled, prepared }]);
    });
  }
}

/** A promise that is waited for later: failing before that is no unhandled rejection. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
