import type { MigrationInterface, QueryRunner } from 'typeorm';

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const TABLES = `
  CREATE TABLE ledger_transactions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL CONSTRAINT ledger_transactions_key UNIQUE CHECK (length(key) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind IN ('issue', 'hold', 'settlement', 'refund')),
    -- the buyer of a hold, settlement or refund; the receiver of an issue
    account_id uuid NOT NULL,
    task_id uuid CHECK ((task_id IS NULL) = (kind = 'issue')),
    note text CHECK (length(note) BETWEEN 1 AND 500),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX ledger_one_hold ON ledger_transactions (task_id) WHERE kind = 'hold';
  CREATE UNIQUE INDEX ledger_one_closing ON ledger_transactions (task_id) WHERE kind IN ('settlement', 'refund');

  CREATE SEQUENCE ledger_entry_ids;
  CREATE TABLE ledger_entries (
    -- given while the account is locked: within a person's or an escrow's account, ids follow the order of the commits
    id bigint NOT NULL,
    transaction_id bigint NOT NULL REFERENCES ledger_transactions,
    account text COLLATE "C" NOT NULL CONSTRAINT ledger_account_name CHECK (
      account IN ('platform:fees', 'platform:issuance')
      OR (account ~ '^(available|escrow):${UUID}:(gift|earned)$' AND split_part(account, ':', 3) = class)),
    class text NOT NULL CHECK (class IN ('gift', 'earned')),
    credits bigint NOT NULL CHECK (credits <> 0),
    balance_after bigint CHECK ((balance_after IS NULL) = (account LIKE 'platform:%')),
    xid xid8 NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (transaction_id, account, class)
  );
  CREATE INDEX ledger_entries_account ON ledger_entries (account, id);
  CREATE INDEX ledger_entries_platform ON ledger_entries (account, class, xid) INCLUDE (credits) WHERE account LIKE 'platform:%';

  -- People and escrows. Platform accounts have no row here: every settlement would wait for it.
  CREATE TABLE ledger_balances (
    account text COLLATE "C" PRIMARY KEY
      CONSTRAINT ledger_account_name CHECK (account ~ '^(available|escrow):${UUID}:(gift|earned)$'),
    -- at most the last whole number that JavaScript counts exactly
    balance bigint NOT NULL DEFAULT 0 CONSTRAINT ledger_balance_range CHECK (balance BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}),
    -- an open escrow's buyer
    holder uuid
  );
  CREATE INDEX ledger_balances_holder ON ledger_balances (holder) WHERE holder IS NOT NULL;

  CREATE TABLE ledger_snapshots (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account text COLLATE "C" NOT NULL,
    class text NOT NULL,
    -- counted: the entries of every transaction before this one, and no other
    upto xid8 NOT NULL,
    balance numeric NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX ledger_snapshots_account ON ledger_snapshots (account, class, id);
`;

/**
 * What the rules call. Those that write run with the owner's rights, so that the application needs none on balances;
 * their search_path is pinned, so that nobody slips another table under them.
 */
const FUNCTIONS = `
  CREATE FUNCTION ledger_moves(kind text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind
      WHEN 'issue'      THEN ARRAY['-platform:issuance', '+available']
      WHEN 'hold'       THEN ARRAY['-available', '+escrow']
      WHEN 'settlement' THEN ARRAY['-escrow', '+available', '+platform:fees']
      WHEN 'refund'     THEN ARRAY['-escrow', '+available']
    END
  $$;

  -- Locks what these accounts have until the transaction ends, and says it. Missing rows are made first, then all are
  -- locked by name: callers that lock all they touch in one call never deadlock.
  CREATE FUNCTION ledger_lock(accounts text[]) RETURNS TABLE (account text, balance bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  #variable_conflict use_column
  BEGIN
    INSERT INTO ledger_balances (account)
      SELECT DISTINCT name COLLATE "C" FROM unnest(accounts) AS name WHERE name NOT LIKE 'platform:%' ORDER BY 1
      ON CONFLICT DO NOTHING;
    RETURN QUERY
      SELECT b.account, b.balance FROM ledger_balances b WHERE b.account = ANY (accounts) ORDER BY b.account FOR NO KEY UPDATE;
  END $$;

  CREATE FUNCTION ledger_entry_number() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    had bigint;
  BEGIN
    NEW.balance_after := NULL;
    IF NEW.account NOT LIKE 'platform:%' THEN
      SELECT balance INTO had FROM ledger_balances WHERE account = NEW.account FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        SELECT balance INTO had FROM ledger_lock(ARRAY[NEW.account]);
      END IF;
      NEW.balance_after := had + NEW.credits;
      IF NEW.balance_after < 0 THEN
        RAISE EXCEPTION 'ledger: % has % credits and % are taken', NEW.account, had, -NEW.credits
          USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balance_range';
      END IF;
    END IF;
    NEW.id := nextval('ledger_entry_ids');
    NEW.xid := pg_current_xact_id();
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END $$;

  CREATE FUNCTION ledger_entries_apply() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    broken text;
    applied bigint;
  BEGIN
    IF NOT EXISTS (SELECT FROM added) THEN RETURN NULL; END IF;

    SELECT rule INTO broken FROM (
      SELECT CASE
        WHEN t.xid <> pg_current_xact_id() THEN 'entries come together with their transaction'
        WHEN NOT (CASE WHEN e.credits > 0 THEN '+' ELSE '-' END
               || CASE WHEN e.account LIKE 'platform:%' THEN e.account ELSE split_part(e.account, ':', 1) END) = ANY (ledger_moves(t.kind))
          THEN format('no %s moves %s credits on %s', t.kind, e.credits, e.account)
        WHEN e.account LIKE 'escrow:%' AND e.account <> format('escrow:%s:%s', t.task_id, e.class)
          THEN format('%s is not the escrow of task %s', e.account, t.task_id)
        WHEN e.account LIKE 'available:%' AND t.kind <> 'settlement' AND e.account <> format('available:%s:%s', t.account_id, e.class)
          THEN format('%s is not account %s of this %s', e.account, t.account_id, t.kind)
        WHEN e.account LIKE 'escrow:%' AND t.kind <> 'hold' AND b.holder IS DISTINCT FROM t.account_id
          THEN format('%s is not held by account %s', e.account, t.account_id)
      END AS rule
      FROM added e JOIN ledger_transactions t ON t.id = e.transaction_id LEFT JOIN ledger_balances b USING (account)
    ) AS checked WHERE rule IS NOT NULL LIMIT 1;

    IF broken IS NULL THEN
      SELECT format('transaction %s sums to %s %s credits', transaction_id, sum(credits), class) INTO broken
        FROM added GROUP BY transaction_id, class HAVING sum(credits) <> 0 LIMIT 1;
    END IF;
    IF broken IS NULL THEN
      SELECT format('transaction %s has entries already', transaction_id) INTO broken FROM added a GROUP BY transaction_id
        HAVING count(*) <> (SELECT count(*) FROM ledger_entries l WHERE l.transaction_id = a.transaction_id) LIMIT 1;
    END IF;
    IF broken IS NOT NULL THEN
      RAISE EXCEPTION 'ledger: %', broken USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_rules';
    END IF;

    UPDATE ledger_balances b
      SET balance = e.balance_after, holder = CASE WHEN t.kind = 'hold' AND b.account LIKE 'escrow:%' THEN t.account_id END
      FROM added e JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE b.account = e.account AND b.balance + e.credits = e.balance_after;
    GET DIAGNOSTICS applied = ROW_COUNT;
    IF applied <> (SELECT count(*) FROM added WHERE account NOT LIKE 'platform:%') THEN
      RAISE EXCEPTION 'ledger: one statement moves an account once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_rules';
    END IF;

    SELECT b.account INTO broken FROM added e JOIN ledger_transactions t ON t.id = e.transaction_id
      JOIN ledger_balances b ON b.account IN (format('escrow:%s:gift', t.task_id), format('escrow:%s:earned', t.task_id))
      WHERE t.kind IN ('settlement', 'refund') AND b.balance <> 0 LIMIT 1;
    IF broken IS NOT NULL THEN
      RAISE EXCEPTION 'ledger: % is closed and not empty', broken
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_closed_escrow_empty';
    END IF;
    RETURN NULL;
  END $$;

  CREATE FUNCTION ledger_transaction_has_entries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NOT EXISTS (SELECT FROM ledger_entries WHERE transaction_id = NEW.id) THEN
      RAISE EXCEPTION 'ledger: transaction % has no entries', NEW.key
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_has_entries';
    END IF;
    RETURN NULL;
  END $$;

  CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'ledger: % on % is refused; entries are only ever added, and balances follow them', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END $$;

  -- The platform's sums up to the oldest running transaction: whatever commits later is not counted yet, and no row is missed.
  CREATE FUNCTION ledger_snapshot() RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO ledger_snapshots (account, class, upto, balance)
    SELECT a.account, c.class, h.upto, coalesce(last.balance, 0) + (
        SELECT coalesce(sum(e.credits), 0) FROM ledger_entries e
        WHERE e.account = a.account AND e.class = c.class AND e.account LIKE 'platform:%'
          AND e.xid >= coalesce(last.upto, '0') AND e.xid < h.upto)
    FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS upto) AS h
    CROSS JOIN (VALUES ('platform:fees'), ('platform:issuance')) AS a (account)
    CROSS JOIN (VALUES ('gift'), ('earned')) AS c (class)
    LEFT JOIN LATERAL (
      SELECT s.upto, s.balance FROM ledger_snapshots s
      WHERE s.account = a.account AND s.class = c.class AND s.upto <= h.upto ORDER BY s.id DESC LIMIT 1
    ) AS last ON true
    WHERE last.upto IS DISTINCT FROM h.upto
  $$;

  REVOKE EXECUTE ON FUNCTION ledger_lock, ledger_snapshot, ledger_entry_number, ledger_entries_apply,
    ledger_transaction_has_entries, ledger_refuse FROM PUBLIC;
`;

/** ALWAYS: they fire under `session_replication_role = replica` too. */
const TRIGGERS = [
  [
    'ledger_transactions',
    'ledger_only_added',
    'BEFORE UPDATE OR DELETE OR TRUNCATE',
    'EXECUTE FUNCTION ledger_refuse()',
  ],
  ['ledger_entries', 'ledger_only_added', 'BEFORE UPDATE OR DELETE OR TRUNCATE', 'EXECUTE FUNCTION ledger_refuse()'],
  ['ledger_snapshots', 'ledger_only_added', 'BEFORE UPDATE OR DELETE OR TRUNCATE', 'EXECUTE FUNCTION ledger_refuse()'],
  ['ledger_balances', 'ledger_never_gone', 'BEFORE DELETE OR TRUNCATE', 'EXECUTE FUNCTION ledger_refuse()'],
  // Depth 0 is a statement of somebody's own; the entries' trigger writes from depth 1.
  [
    'ledger_balances',
    'ledger_follows',
    'BEFORE UPDATE',
    'WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_refuse()',
  ],
  [
    'ledger_balances',
    'ledger_starts_empty',
    'BEFORE INSERT',
    'FOR EACH ROW WHEN (NEW.balance <> 0 OR NEW.holder IS NOT NULL) EXECUTE FUNCTION ledger_refuse()',
  ],
  ['ledger_entries', 'ledger_number', 'BEFORE INSERT', 'FOR EACH ROW EXECUTE FUNCTION ledger_entry_number()'],
  [
    'ledger_entries',
    'ledger_apply',
    'AFTER INSERT',
    'REFERENCING NEW TABLE AS added EXECUTE FUNCTION ledger_entries_apply()',
  ],
] as const;

/** The ledger and the rules that hold it, whoever writes to it. */
export class Ledger1700000001000 implements MigrationInterface {
  readonly name = 'Ledger1700000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
    await runner.query(`
      CREATE CONSTRAINT TRIGGER ledger_has_entries AFTER INSERT ON ledger_transactions
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_has_entries();
      ALTER TABLE ledger_transactions ENABLE ALWAYS TRIGGER ledger_has_entries;
    `);
    for (const [table, name, event, action] of TRIGGERS) {
      await runner.query(
        `CREATE TRIGGER ${name} ${event} ON ${table} ${action}; ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE ledger_snapshots, ledger_balances, ledger_entries, ledger_transactions;
      DROP SEQUENCE ledger_entry_ids;
      DROP FUNCTION ledger_snapshot, ledger_refuse, ledger_transaction_has_entries, ledger_entries_apply, ledger_entry_number,
        ledger_lock, ledger_moves;
    `);
  }
}
