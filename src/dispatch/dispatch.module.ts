import { Module, type OnModuleInit } from '@nestjs/common';
import { FileReferences } from '../platform/storage/references.js';
import { RegistryModule } from '../registry/registry.module.js';
import { Artifacts } from './artifacts.js';
import { CallbackAddress } from './callback-address.js';
import { CallbacksController } from './callbacks.controller.js';
import { Callbacks } from './callbacks.service.js';
import { Caller } from './caller.js';
import { Calls } from './calls.service.js';
import { Dispatch } from './dispatch.service.js';
import { LaterAnswers } from './later-answers.js';
import { Owners } from './owners.js';
import { ProgressNotes } from './progress-notes.service.js';

@Module({
  imports: [RegistryModule],
  controllers: [CallbacksController],
  providers: [Calls, Caller, CallbackAddress, LaterAnswers, Owners, Callbacks, ProgressNotes, Dispatch, Artifacts],
  exports: [Dispatch, Artifacts],
})
export class DispatchModule implements OnModuleInit {
  constructor(private readonly files: FileReferences) {}

  onModuleInit(): void {
    this.files.add(
      { table: 'calls', column: 'request_hash' },
      { table: 'call_attempts', column: 'response_hash' },
      { table: 'calls', column: 'answer_hash' },
    );
  }
}
