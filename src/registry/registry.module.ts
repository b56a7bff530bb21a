import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller.js';
import { Agents } from './agents.service.js';
import { Catalogue } from './catalogue.service.js';
import { CategoriesController } from './categories.controller.js';
import { HealthProbes } from './health.service.js';
import { ProbeQueue } from './probe-queue.js';
import { Registration } from './registration.service.js';
import { RegistryHousekeeping } from './registry.housekeeping.js';
import { RegistryJobs } from './registry.jobs.js';
import { AgentSecrets } from './secrets.service.js';

/** Agents and what they declare. */
@Module({
  controllers: [AgentsController, CategoriesController],
  providers: [
    Agents,
    Registration,
    Catalogue,
    AgentSecrets,
    HealthProbes,
    ProbeQueue,
    RegistryJobs,
    RegistryHousekeeping,
  ],
  exports: [Agents, Catalogue],
})
export class RegistryModule {}
