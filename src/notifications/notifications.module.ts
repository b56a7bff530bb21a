import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { EventFeed } from './event-feed.js';
import { EventsController } from './events.controller.js';
import { OpenStreams } from './open-streams.js';
import { DeliveryLogController } from './webhooks/delivery-log.controller.js';
import { DeliveryLog } from './webhooks/delivery-log.service.js';
import { FanOut } from './webhooks/fan-out.service.js';
import { WebhookSender } from './webhooks/sender.js';
import { WebhookCalls } from './webhooks/webhook-calls.service.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.service.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhooksJobs } from './webhooks/webhooks.jobs.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

/** The ways out: what happened, told to whom it concerns. */
@Module({
  imports: [AccountsModule, RegistryModule],
  controllers: [EventsController, WebhooksController, DeliveryLogController],
  providers: [
    EventFeed,
    OpenStreams,
    WebhooksService,
    WebhookSecrets,
    DeliveryLog,
    FanOut,
    WebhookSender,
    WebhookCalls,
    WebhooksJobs,
  ],
})
export class NotificationsModule {}
