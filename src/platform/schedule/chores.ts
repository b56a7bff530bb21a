import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock } from '../clock.js';
import { uuidFrom } from '../crypto/tokens.js';
import { Db } from '../database/db.js';
import { Jobs } from '../queue/jobs.js';
import { Worker } from '../queue/worker.js';

export const HOUSEKEEPING_QUEUE = 'housekeeping';

/** Something that is due again and again. It may run twice for one tick and must finish what an earlier one left. */
export type Chore = (now: Date) => Promise<unknown>;

interface Entry {
  readonly everyS: number;
  readonly run: Chore;
}

/**
 * The clockwork: every process ticks, and each tick sends one job a chore whose id derives from the tick's number, so that any
 * number of processes do a chore once.
 */
@Injectable()
export class Chores {
  private readonly chores = new Map<string, Entry>();
  private readonly log = new Logger('chores');

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly clock: Clock,
    private readonly db: Db,
    private readonly jobs: Jobs,
    worker: Worker,
  ) {
    worker.register(HOUSEKEEPING_QUEUE, 4, async ({ chore }) => {
      await this.run(String(chore));
    });
  }

  /** Names a chore. Modules do so while they start. */
  every(everyS: number, name: string, run: Chore): void {
    this.chores.set(name, { everyS, run });
  }

  /** By name; the same in every process. */
  list(): { name: string; everyS: number }[] {
    const all = [...this.chores].map(([name, { everyS }]) => ({ name, everyS }));
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Does a chore now. */
  async run(name: string): Promise<void> {
    await this.chores.get(name)?.run(this.clock.now());
  }

  /** Chores that are due as often tick together: their jobs leave in one write. */
  start(): void {
    for (const [everyS, chores] of Map.groupBy(this.list(), (chore) => chore.everyS)) {
      const names = chores.map(({ name }) => name);
      const tick = () => {
        this.send(names, everyS).catch((err) => this.log.warn({ err, chores: names }, 'a tick could not be sent'));
      };
      this.registry.addInterval(`every ${everyS} s`, setInterval(tick, everyS * 1_000));
    }
  }

  stop(): void {
    for (const name of this.registry.getIntervals()) this.registry.deleteInterval(name);
  }

  private async send(chores: readonly string[], everyS: number): Promise<void> {
    const tick = Math.floor(this.clock.now().getTime() / (everyS * 1_000));
    const jobs = chores.map((chore) => ({ id: uuidFrom('tick', chore, String(tick)), data: { chore, tick } }));
    await this.db.transaction((tx) => this.jobs.sendOnce(tx, HOUSEKEEPING_QUEUE, jobs));
  }
}
