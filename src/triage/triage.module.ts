import { Module } from '@nestjs/common';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { Embeddings } from './embeddings.service.js';
import { Profiles } from './profiles.service.js';
import { TriageRecords } from './records.service.js';
import { StandingController } from './standing.controller.js';
import { TriageController } from './triage.controller.js';
import { TriageHousekeeping } from './triage.housekeeping.js';
import { Triage } from './triage.service.js';

@Module({
  imports: [PayoutsModule, RegistryModule],
  controllers: [TriageController, StandingController],
  providers: [Triage, Profiles, Embeddings, TriageHousekeeping, TriageRecords],
  exports: [Triage, Profiles],
})
export class TriageModule {}
