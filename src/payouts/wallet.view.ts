import type { AuditReport } from './audit.js';
import { type Credits, total } from './entries.js';
import type { StatementLine } from './ledger.queries.js';
import type { AuditView, StatementLineView, WalletView } from './wallet.schema.js';

export function walletView(balance: Credits & { readonly held: number }): WalletView {
  const { gift, earned, held } = balance;
  return { gift, earned, available: total(balance), held };
}

export function statementLineView(line: StatementLine): StatementLineView {
  return {
    id: line.id,
    kind: line.kind,
    task_id: line.taskId,
    note: line.note,
    class: line.class,
    credits: line.credits,
    balance: line.balance,
    created_at: line.at.toISOString(),
  };
}

export function auditView({ ok, checked, problems }: AuditReport): AuditView {
  return { ok, checked: { ...checked }, problems: [...problems] };
}
