import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { EventFeed } from './event-feed.js';
import { EventsController } from './events.controller.js';
import { OpenStreams } from './open-streams.js';

/** The ways out: what happened, told to whom it concerns. */
@Module({
  imports: [AccountsModule],
  controllers: [EventsController],
  providers: [EventFeed, OpenStreams],
})
export class NotificationsModule {}
