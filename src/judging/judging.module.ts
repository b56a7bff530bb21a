import { Module, type OnModuleDestroy } from '@nestjs/common';
import { Judge } from './judge.js';
import { Judging } from './judging.service.js';
import { Limited } from './limited.js';
import { JudgeKeyController } from './model/judge-key.controller.js';
import { JudgeKeys } from './model/judge-keys.service.js';
import { ModelJudging } from './model/model-judging.service.js';
import { Panel } from './panel/panel.service.js';
import { Votes } from './panel/votes.service.js';
import { RuleJudge } from './rule-judge.js';
import { BuyerTests } from './tests/buyer-tests.service.js';

@Module({
  controllers: [JudgeKeyController],
  providers: [
    { provide: Limited, useFactory: () => new Limited() },
    { provide: Judge, useFactory: (limited: Limited) => new RuleJudge(limited), inject: [Limited] },
    Judging,
    Votes,
    Panel,
    JudgeKeys,
    ModelJudging,
    BuyerTests,
  ],
  exports: [Judging, BuyerTests, ModelJudging, Votes, Panel, Judge],
})
export class JudgingModule implements OnModuleDestroy {
  constructor(private readonly limited: Limited) {}

  onModuleDestroy(): Promise<void> {
    return this.limited.close();
  }
}
