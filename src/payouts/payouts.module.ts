import { Module } from '@nestjs/common';
import { Audit } from './audit.service.js';
import { Ledger } from './ledger.service.js';
import { EverybodyIsReady, PayoutReadiness } from './payout-readiness.js';
import { PayoutsController } from './payouts.controller.js';
import { PayoutsHousekeeping } from './payouts.housekeeping.js';

@Module({
  controllers: [PayoutsController],
  providers: [Ledger, Audit, PayoutsHousekeeping, { provide: PayoutReadiness, useClass: EverybodyIsReady }],
  exports: [Ledger, Audit, PayoutReadiness],
})
export class PayoutsModule {}
