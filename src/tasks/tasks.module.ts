import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { TriageModule } from '../triage/triage.module.js';
import { AgentGalleryController } from './agent-gallery.controller.js';
import { AgentGallery } from './agent-gallery.service.js';
import { Attachments } from './attachments.service.js';
import { BidNotes } from './bid-notes.service.js';
import { Bidding } from './bidding.service.js';
import { BuyerRecords } from './buyer-record.js';
import { Clockwork } from './clockwork.js';
import { Decisions } from './decisions.service.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveryJudging } from './delivery-judging.job.js';
import { DeliveryTests } from './delivery-tests.service.js';
import { EarlyJudging } from './early-judging.service.js';
import { EarlyStop } from './early-stop.service.js';
import { FilesController } from './files.controller.js';
import { GalleryController } from './gallery.controller.js';
import { Gallery } from './gallery.service.js';
import { Hedging } from './hedging.service.js';
import { Hiding } from './hiding.service.js';
import { HindsightController } from './hindsight.controller.js';
import { Hindsight } from './hindsight.service.js';
import { AgentCalls } from './insight/agent-calls.service.js';
import { InsightController } from './insight/insight.controller.js';
import { Insight } from './insight/insight.service.js';
import { Invitations } from './invitations.service.js';
import { Judges } from './judges.service.js';
import { RoundJudging } from './judging.job.js';
import { JudgingCostController } from './judging-cost.controller.js';
import { Links } from './links.js';
import { OverviewController } from './overview/overview.controller.js';
import { Overview } from './overview/overview.service.js';
import { Presenting } from './presenting.service.js';
import { Previews } from './preview.service.js';
import { Retention } from './retention.js';
import { Rounds } from './rounds.service.js';
import { ShowcasesController } from './showcase/showcases.controller.js';
import { Showcases } from './showcase/showcases.service.js';
import { TasksController } from './tasks.controller.js';
import { TaskJobs } from './tasks.jobs.js';
import { TasksService } from './tasks.service.js';
import { TermsController } from './terms.controller.js';
import { Transitions } from './transitions.js';
import { Work } from './work.service.js';

/** The conductor: a task from its brief to its settlement. */
@Module({
  imports: [PayoutsModule, RegistryModule, TriageModule, DispatchModule, JudgingModule],
  controllers: [
    AgentGalleryController,
    TasksController,
    GalleryController,
    FilesController,
    HindsightController,
    JudgingCostController,
    InsightController,
    ShowcasesController,
    OverviewController,
    TermsController,
  ],
  providers: [
    TasksService,
    Transitions,
    Rounds,
    Invitations,
    Bidding,
    EarlyStop,
    EarlyJudging,
    Hedging,
    Judges,
    RoundJudging,
    Presenting,
    Previews,
    Decisions,
    Showcases,
    Deliveries,
    DeliveryTests,
    DeliveryJudging,
    Gallery,
    AgentGallery,
    Attachments,
    BuyerRecords,
    BidNotes,
    Hindsight,
    AgentCalls,
    Insight,
    Overview,
    Work,
    Links,
    Clockwork,
    Retention,
    Hiding,
    TaskJobs,
  ],
})
export class TasksModule {}
