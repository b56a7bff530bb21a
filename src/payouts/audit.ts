/** What must hold in a sound ledger, whatever happened to it. */
export const AUDIT_RULES = {
  balance_is_sum: 'Every balance is the sum of its entries.',
  balance_runs: 'Every entry continues the balance that the one before it left, and none goes below zero.',
  whole_is_zero: 'All entries together sum to zero in each class.',
  transaction_is_zero: 'Every transaction has entries, and they sum to zero in each class.',
  one_database_transaction: 'Entries were written in the database transaction that wrote their header.',
  closed_is_empty: 'The escrow of a settled or refunded task is empty.',
  open_is_held: 'An escrow that holds credits belongs to the buyer who put them there.',
  snapshot_is_sum: 'The latest snapshot of each platform account is the sum of the entries that it counts.',
} as const;

export type AuditRule = keyof typeof AUDIT_RULES;

/** One thing found wrong: what it is about, and the numbers. */
export interface AuditProblem {
  readonly rule: AuditRule;
  readonly subject: string;
  readonly detail: string;
}

/** How much was looked at, in rows. */
export interface AuditCounts {
  readonly transactions: number;
  readonly entries: number;
  readonly accounts: number;
  readonly snapshots: number;
}

/** What an audit found, all of it as of one moment. */
export interface AuditReport {
  readonly ok: boolean;
  readonly checked: AuditCounts;
  /** At most `PROBLEMS_SHOWN` of each rule. */
  readonly problems: readonly AuditProblem[];
}

export const PROBLEMS_SHOWN = 100;

export function auditReport(checked: AuditCounts, found: readonly AuditProblem[]): AuditReport {
  return { ok: found.length === 0, checked, problems: found };
}

/** The report in a line, for a log or a terminal. */
export function auditSummary({ ok, checked, problems }: AuditReport): string {
  const size = `${checked.transactions} transactions, ${checked.entries} entries, ${checked.accounts} accounts`;
  if (ok) return `The ledger is sound: ${size}.`;
  const first = problems[0];
  return `The ledger has ${problems.length} problems (${size}); the first: ${first?.rule} ${first?.subject}: ${first?.detail}`;
}
