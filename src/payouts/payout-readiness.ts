import { Injectable } from '@nestjs/common';

/** Whether operators can be paid what their agents earn. Triage asks before it calls them; whoever pays out provides another one. */
export abstract class PayoutReadiness {
  /** Those of these operators who can not be paid yet. */
  abstract notReady(operatorIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Earnings stay in the ledger, and nothing has to be set up for that. */
@Injectable()
export class EverybodyIsReady extends PayoutReadiness {
  notReady(): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set());
  }
}
