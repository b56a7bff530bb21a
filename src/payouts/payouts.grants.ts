const TABLES = 'ledger_transactions, ledger_entries, ledger_balances, ledger_snapshots';

/**
 * What the application may do with the ledger: read it and add to it. SQL that takes every other right away.
 *
 * @param role the role's name as a quoted identifier; never the owner, whom the rules' own functions run as
 */
export function restrictions(role: string): string[] {
  return [
    `REVOKE ALL ON ${TABLES} FROM ${role}`,
    `GRANT SELECT ON ${TABLES} TO ${role}`,
    `GRANT INSERT (key, kind, account_id, task_id, note) ON ledger_transactions TO ${role}`,
    `GRANT INSERT (transaction_id, account, class, credits) ON ledger_entries TO ${role}`,
    `GRANT EXECUTE ON FUNCTION ledger_lock, ledger_snapshot TO ${role}`,
  ];
}
