import { Module } from '@nestjs/common';
import { Audit } from './audit.service.js';
import { Ledger } from './ledger.service.js';
import { PayoutsController } from './payouts.controller.js';
import { PayoutsHousekeeping } from './payouts.housekeeping.js';

@Module({
  controllers: [PayoutsController],
  providers: [Ledger, Audit, PayoutsHousekeeping],
  exports: [Ledger, Audit],
})
export class PayoutsModule {}
