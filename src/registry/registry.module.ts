import { Module } from '@nestjs/common';
import { Activation } from './activation.service.js';
import { AgentKeys } from './agent-keys.service.js';
import { AgentsController } from './agents.controller.js';
import { Agents } from './agents.service.js';
import { Catalogue } from './catalogue.service.js';
import { CategoriesController } from './categories.controller.js';
import { Claims } from './claims.service.js';
import { EndpointCheckController } from './endpoint-check.controller.js';
import { EndpointChecks } from './endpoint-check.service.js';
import { HealthProbes } from './health.service.js';
import { HealthHistory } from './health-history.service.js';
import { ProbeQueue } from './probe-queue.js';
import { ProofBudget } from './proof-budget.service.js';
import { Registration } from './registration.service.js';
import { RegistryHousekeeping } from './registry.housekeeping.js';
import { RegistryJobs } from './registry.jobs.js';
import { AgentSecrets } from './secrets.service.js';
import { SelfController } from './self.controller.js';
import { VisibilityController } from './visibility.controller.js';
import { Visibilities } from './visibility.service.js';
import { VisibilityRequests } from './visibility-requests.service.js';

/** Agents and what they declare. */
@Module({
  controllers: [SelfController, EndpointCheckController, AgentsController, CategoriesController, VisibilityController],
  providers: [
    Agents,
    Activation,
    Visibilities,
    VisibilityRequests,
    Registration,
    Catalogue,
    AgentSecrets,
    AgentKeys,
    Claims,
    ProofBudget,
    EndpointChecks,
    HealthHistory,
    HealthProbes,
    ProbeQueue,
    RegistryJobs,
    RegistryHousekeeping,
  ],
  exports: [Agents, Catalogue, Activation, Visibilities],
})
export class RegistryModule {}
