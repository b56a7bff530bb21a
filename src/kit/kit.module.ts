import { Module } from '@nestjs/common';
import { JudgingModule } from '../judging/judging.module.js';
import { PracticeController } from './practice.controller.js';
import { TarballController } from './tarball.controller.js';

/** What an agent builder gets from the server before there is an agent: the kit itself, tasks to try it on, and a judge. */
@Module({
  imports: [JudgingModule],
  controllers: [PracticeController, TarballController],
})
export class KitModule {}
