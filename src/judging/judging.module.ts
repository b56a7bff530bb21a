import { Module } from '@nestjs/common';
import { Judge } from './judge.js';
import { Judging } from './judging.service.js';
import { RuleJudge } from './rule-judge.js';

@Module({
  providers: [{ provide: Judge, useFactory: () => new RuleJudge() }, Judging],
  exports: [Judging, Judge],
})
export class JudgingModule {}
