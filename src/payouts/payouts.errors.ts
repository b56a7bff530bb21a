import { DomainError } from '../platform/http/errors.js';

/** The account has less than the task's budget. */
export class InsufficientCredits extends DomainError {
  readonly kind = 'insufficient';
  readonly code = 'INSUFFICIENT_CREDITS';

  /** @param balance what the account can spend, gift and earned together; @param need what was asked of it; whole credits */
  constructor(
    readonly balance: number,
    readonly need: number,
  ) {
    super(
      `The balance is ${balance} credits and ${need} are needed.`,
      balance > 0
        ? `Take a budget of at most ${balance}, or get ${need - balance} more credits first.`
        : `Get ${need} credits first; GET /wallet shows the balance.`,
    );
  }
}

/** The task's escrow was paid out or returned before: its money moves once. */
export class EscrowClosed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ESCROW_CLOSED';

  constructor(taskId: string) {
    super(
      `The escrow of task ${taskId} is closed.`,
      'The credits have moved already; GET /wallet/statement shows where to.',
    );
  }
}

/** Nothing was ever held for the task. */
export class NothingHeld extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOTHING_HELD';

  constructor(taskId: string) {
    super(`No credits are held for task ${taskId}.`, 'Nothing is left to move; GET /wallet/statement shows what was.');
  }
}

/** A ledger key came again with other entries. The first transaction stands. */
export class LedgerKeyReused extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'LEDGER_KEY_REUSED';

  constructor(key: string) {
    super(
      `The ledger key ${key} was used for another transaction.`,
      'A repeat carries the same entries; something new needs a new key.',
    );
  }
}
