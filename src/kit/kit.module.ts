import { Module, type OnModuleDestroy } from '@nestjs/common';
import { Judge } from '../judging/judge.js';
import { JudgingModule } from '../judging/judging.module.js';
import { PracticeController } from './practice.controller.js';
import { PracticeJudge } from './practice-judge.js';
import { TarballController } from './tarball.controller.js';

/** What an agent builder gets from the server before there is an agent: the kit itself, tasks to try it on, and a judge. */
@Module({
  imports: [JudgingModule],
  controllers: [PracticeController, TarballController],
  providers: [{ provide: PracticeJudge, useFactory: (judge: Judge) => new PracticeJudge(judge), inject: [Judge] }],
})
export class KitModule implements OnModuleDestroy {
  constructor(private readonly judge: PracticeJudge) {}

  onModuleDestroy(): Promise<void> {
    return this.judge.close();
  }
}
