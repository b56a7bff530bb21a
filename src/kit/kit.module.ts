import { Module, type OnModuleDestroy } from '@nestjs/common';
import { Judge } from '../judging/judge.js';
import { JudgingModule } from '../judging/judging.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { DoctorController } from './doctor/doctor.controller.js';
import { DoctorJobs } from './doctor/doctor.jobs.js';
import { Doctor } from './doctor/doctor.service.js';
import { Examination } from './doctor/examination.service.js';
import { DoctorFiles } from './doctor/run-files.js';
import { PracticeController } from './practice.controller.js';
import { PracticeJudge } from './practice-judge.js';
import { TarballController } from './tarball.controller.js';

/** What an agent builder gets from the server: the kit itself, tasks to try an agent on, a judge, and the doctor. */
@Module({
  imports: [JudgingModule, RegistryModule],
  controllers: [PracticeController, TarballController, DoctorController],
  providers: [
    { provide: PracticeJudge, useFactory: (judge: Judge) => new PracticeJudge(judge), inject: [Judge] },
    Doctor,
    Examination,
    DoctorFiles,
    DoctorJobs,
  ],
})
export class KitModule implements OnModuleDestroy {
  constructor(private readonly judge: PracticeJudge) {}

  onModuleDestroy(): Promise<void> {
    return this.judge.close();
  }
}
