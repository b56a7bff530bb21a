import { Module, type OnModuleDestroy } from '@nestjs/common';
import { Judge } from './judge.js';
import { Judging } from './judging.service.js';
import { Limited } from './limited.js';
import { RuleJudge } from './rule-judge.js';

@Module({
  providers: [
    { provide: Limited, useFactory: () => new Limited() },
    { provide: Judge, useFactory: (limited: Limited) => new RuleJudge(limited), inject: [Limited] },
    Judging,
  ],
  exports: [Judging, Judge],
})
export class JudgingModule implements OnModuleDestroy {
  constructor(private readonly limited: Limited) {}

  onModuleDestroy(): Promise<void> {
    return this.limited.close();
  }
}
