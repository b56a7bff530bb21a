import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Db } from '../platform/database/db.js';
import { Metrics } from '../platform/metrics.js';
import { Chores } from '../platform/schedule/chores.js';
import { auditSummary } from './audit.js';
import { Audit } from './audit.service.js';
import { snapshotOlderThan } from './ledger.queries.js';
import { Ledger } from './ledger.service.js';

const DAY_MS = 86_400_000;

/** Once a day: the whole ledger audited, then the platform's sums kept. */
@Injectable()
export class PayoutsHousekeeping implements OnModuleInit {
  private readonly log = new Logger('payouts');
  private readonly problems;

  constructor(
    private readonly chores: Chores,
    private readonly db: Db,
    private readonly audit: Audit,
    private readonly ledger: Ledger,
    metrics: Metrics,
  ) {
    this.problems = metrics.gauge({
      name: 'bakeoff_ledger_problems',
      help: 'What the last audit of this process found wrong; 0 is sound.',
    });
  }

  /** It asks every hour and works once a day: a process that restarts daily would never see a daily tick. */
  onModuleInit(): void {
    this.chores.every(3_600, 'close-ledger-day', (now) => this.closeDay(now));
  }

  private async closeDay(now: Date): Promise<void> {
    if (!(await snapshotOlderThan(this.db, new Date(now.getTime() - DAY_MS)))) return;
    const report = await this.audit.run();
    this.problems.set(report.problems.length);
    if (report.ok) this.log.log(auditSummary(report));
    else this.log.error({ problems: report.problems.slice(0, 10) }, auditSummary(report));
    await this.ledger.snapshot();
  }
}
