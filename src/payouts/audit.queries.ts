import { rows, type Tx } from '../platform/database/db.js';
import { AUDIT_RULES, type AuditCounts, type AuditProblem, type AuditRule, PROBLEMS_SHOWN } from './audit.js';

/** Each finds what breaks its rule, recomputed from the entries: none trusts a trigger or a constraint. All are joins of whole tables. */
const BROKEN: Record<AuditRule, string> = {
  balance_is_sum: `
    SELECT account AS subject, format('the balance is %s and the entries sum to %s', stored, summed) AS detail
    FROM (
      SELECT account, coalesce(b.balance, 0) AS stored, coalesce(e.summed, 0) AS summed FROM ledger_balances b FULL JOIN (
        SELECT account, sum(credits) AS summed FROM ledger_entries WHERE account NOT LIKE 'platform:%' GROUP BY account
      ) AS e USING (account)
    ) AS compared WHERE stored <> summed`,
  balance_runs: `
    SELECT account AS subject, format('entry %s: %s and %s make %s', id, was, credits, balance_after) AS detail
    FROM (
      SELECT id, account, credits, balance_after, lag(balance_after, 1, 0::bigint) OVER (PARTITION BY account ORDER BY id) AS was
      FROM ledger_entries WHERE account NOT LIKE 'platform:%'
    ) AS run WHERE was + credits <> balance_after OR balance_after < 0`,
  whole_is_zero: `
    SELECT class AS subject, format('the sum is %s', sum(credits)) AS detail
    FROM ledger_entries GROUP BY class HAVING sum(credits) <> 0`,
  transaction_is_zero: `
    SELECT t.key AS subject, format('%s entries of class %s sum to %s', count(e.id), coalesce(e.class, 'none'), coalesce(sum(e.credits), 0)) AS detail
    FROM ledger_transactions t FULL JOIN ledger_entries e ON e.transaction_id = t.id
    GROUP BY t.id, t.key, e.class HAVING count(e.id) = 0 OR sum(e.credits) <> 0 OR t.id IS NULL`,
  one_database_transaction: `
    SELECT t.key AS subject, format('entry %s came in %s, the transaction in %s', e.id, e.xid, t.xid) AS detail
    FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id WHERE e.xid <> t.xid`,
  closed_is_empty: `
    SELECT account AS subject, format('%s closings and %s credits left', closings, left_over) AS detail
    FROM (
      SELECT account, split_part(account, ':', 2) AS task, sum(credits) AS left_over
      FROM ledger_entries WHERE account LIKE 'escrow:%' GROUP BY account
    ) AS escrows JOIN (
      SELECT task_id::text AS task, count(*) AS closings
      FROM ledger_transactions WHERE kind IN ('settlement', 'refund') GROUP BY task_id
    ) AS closed USING (task) WHERE left_over <> 0 OR closings > 1`,
  open_is_held: `
    SELECT b.account AS subject, format('held by %s and filled by %s', coalesce(b.holder::text, 'nobody'), coalesce(t.account_id::text, 'nobody')) AS detail
    FROM ledger_balances b LEFT JOIN ledger_transactions t ON t.kind = 'hold' AND t.task_id::text = split_part(b.account, ':', 2)
    WHERE b.account LIKE 'escrow:%' AND b.holder IS DISTINCT FROM CASE WHEN b.balance > 0 THEN t.account_id END`,
  snapshot_is_sum: `
    SELECT s.account || ' ' || s.class AS subject, format('snapshot %s says %s and the entries sum to %s', s.id, s.balance, summed) AS detail
    FROM (
      SELECT DISTINCT ON (account, class) * FROM ledger_snapshots
      WHERE upto <= pg_snapshot_xmin(pg_current_snapshot()) ORDER BY account, class, id DESC
    ) AS s CROSS JOIN LATERAL (
      SELECT coalesce(sum(e.credits), 0) AS summed FROM ledger_entries e
      WHERE e.account = s.account AND e.class = s.class AND e.xid < s.upto
    ) AS counted WHERE s.balance <> summed`,
};

/** The problems of one rule, as the transaction sees the ledger. */
export async function broken(tx: Tx, rule: AuditRule): Promise<AuditProblem[]> {
  const found = await rows<{ subject: string; detail: string }>(
    tx,
    `${BROKEN[rule]} ORDER BY 1 LIMIT ${PROBLEMS_SHOWN}`,
  );
  return found.map(({ subject, detail }) => ({ rule, subject: subject ?? 'no transaction', detail }));
}

export const RULES = Object.keys(AUDIT_RULES) as AuditRule[];

export async function counts(tx: Tx): Promise<AuditCounts> {
  const [row] = await rows<Record<keyof AuditCounts, string>>(
    tx,
    `SELECT (SELECT count(*) FROM ledger_transactions) AS transactions, (SELECT count(*) FROM ledger_entries) AS entries,
            (SELECT count(*) FROM ledger_balances) AS accounts, (SELECT count(*) FROM ledger_snapshots) AS snapshots`,
  );
  const of = (name: keyof AuditCounts) => Number(row?.[name] ?? 0);
  return {
    transactions: of('transactions'),
    entries: of('entries'),
    accounts: of('accounts'),
    snapshots: of('snapshots'),
  };
}
