import { Module, type OnModuleInit } from '@nestjs/common';
import { FileReferences } from '../platform/storage/references.js';
import { RegistryModule } from '../registry/registry.module.js';
import { Artifacts } from './artifacts.js';
import { Caller } from './caller.js';
import { Calls } from './calls.service.js';
import { Dispatch } from './dispatch.service.js';

@Module({ imports: [RegistryModule], providers: [Calls, Caller, Dispatch, Artifacts], exports: [Dispatch, Artifacts] })
export class DispatchModule implements OnModuleInit {
  constructor(private readonly files: FileReferences) {}

  onModuleInit(): void {
    this.files.add({ table: 'calls', column: 'request_hash' }, { table: 'call_attempts', column: 'response_hash' });
  }
}
