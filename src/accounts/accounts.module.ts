import { Module } from '@nestjs/common';
import { PayoutsModule } from '../payouts/payouts.module.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsHousekeeping } from './accounts.housekeeping.js';
import { AccountsService } from './accounts.service.js';
import { Credentials } from './credentials.service.js';
import { KeysController } from './keys.controller.js';
import { KeysService } from './keys.service.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { SignUpService } from './sign-up.service.js';

/** Who is calling. */
@Module({
  imports: [PayoutsModule],
  controllers: [AccountsController, SessionsController, KeysController],
  providers: [AccountsService, SignUpService, SessionsService, KeysService, Credentials, AccountsHousekeeping],
  exports: [AccountsService, Credentials],
})
export class AccountsModule {}
