import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config.js';
import { Db } from '../../platform/database/db.js';
import { Worker } from '../../platform/queue/worker.js';
import { Chores } from '../../platform/schedule/chores.js';
import { forgetRuns } from './doctor.queries.js';
import { DOCTOR_QUEUE } from './doctor.service.js';
import { Examination } from './examination.service.js';

const DAY_MS = 86_400_000;
/** They mostly wait, each for an agent. */
const RUNS_PER_PROCESS = 16;

/** Which handler runs what, and what comes round with the clock. */
@Injectable()
export class DoctorJobs implements OnModuleInit {
  constructor(
    private readonly worker: Worker,
    private readonly chores: Chores,
    private readonly examination: Examination,
    private readonly db: Db,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.worker.register(DOCTOR_QUEUE, RUNS_PER_PROCESS, ({ runId }) => this.examination.run(String(runId)));
    this.chores.every(3_600, 'forget-doctor-runs', (now) =>
      forgetRuns(this.db, new Date(now.getTime() - this.config.TRACE_DAYS * DAY_MS)),
    );
  }
}
