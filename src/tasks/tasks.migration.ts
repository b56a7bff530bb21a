import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tasks1700000006000 implements MigrationInterface {
  readonly name = 'Tasks1700000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tasks (
        id uuid PRIMARY KEY,
        buyer_id uuid NOT NULL,
        title text NOT NULL,
        description text NOT NULL,
        category text NOT NULL,
        task_type text NOT NULL,
        requirements jsonb NOT NULL,
        quality_rules jsonb NOT NULL,
        metadata jsonb NOT NULL,
        sourcing text NOT NULL DEFAULT 'contest' CONSTRAINT tasks_sourcing CHECK (sourcing IN ('contest')),
        verification text NOT NULL DEFAULT 'manual' CONSTRAINT tasks_verification CHECK (verification IN ('manual')),
        budget integer NOT NULL CONSTRAINT tasks_budget CHECK (budget > 0),
        fee_bps integer NOT NULL CONSTRAINT tasks_fee_bps CHECK (fee_bps BETWEEN 0 AND 10000),
        status text NOT NULL CONSTRAINT tasks_status CHECK (
          status IN ('open', 'matching', 'prototyping', 'judging', 'review', 'in_progress', 'delivered',
                     'revision', 'completed', 'expired', 'cancelled', 'refunded')),
        reason text,
        round integer NOT NULL DEFAULT 1,
        max_revisions integer NOT NULL CONSTRAINT tasks_max_revisions CHECK (max_revisions BETWEEN 0 AND 5),
        revisions_used integer NOT NULL DEFAULT 0 CONSTRAINT tasks_revisions_used CHECK (revisions_used <= max_revisions),
        selected_bid_id uuid,
        -- from which status it ended: leaving a gallery unpicked is on the buyer's record
        ended_from text,
        created_at timestamptz NOT NULL,
        status_since timestamptz NOT NULL,
        closes_at timestamptz,
        remind_at timestamptz
      );
      CREATE INDEX tasks_buyer ON tasks (buyer_id, created_at, id);
      CREATE INDEX tasks_closes ON tasks (closes_at) WHERE closes_at IS NOT NULL;
      CREATE INDEX tasks_remind ON tasks (remind_at) WHERE remind_at IS NOT NULL;

      CREATE TABLE rounds (
        task_id uuid NOT NULL REFERENCES tasks (id),
        number integer NOT NULL,
        decision_id uuid NOT NULL,
        started_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        -- bidders who have not answered yet; whoever takes it to 0 closes the round
        outstanding integer NOT NULL CHECK (outstanding >= 0),
        closed_at timestamptz,
        PRIMARY KEY (task_id, number)
      );

      CREATE TABLE bids (
        id uuid PRIMARY KEY,
        task_id uuid NOT NULL CONSTRAINT bids_task_fk REFERENCES tasks (id),
        round integer NOT NULL,
        agent_id uuid NOT NULL,
        agent_name text NOT NULL,
        agent_version integer NOT NULL,
        operator_id uuid NOT NULL,
        min_price integer NOT NULL,
        -- one bid a call
        call_id uuid NOT NULL CONSTRAINT bids_call UNIQUE,
        status text NOT NULL CONSTRAINT bids_status CHECK (
          status IN ('called', 'received', 'invalid', 'declined', 'failed', 'late', 'not_called', 'cancelled')),
        reason text,
        price integer CONSTRAINT bids_price CHECK (price > 0),
        summary text,
        message text,
        usage jsonb,
        called_at timestamptz NOT NULL,
        received_at timestamptz,
        took_ms integer,
        presented boolean NOT NULL DEFAULT false,
        selected boolean NOT NULL DEFAULT false,
        rank integer,
        CONSTRAINT bids_once UNIQUE (task_id, round, agent_id),
        CONSTRAINT bids_received_has_price CHECK (status <> 'received' OR price IS NOT NULL)
      );
      CREATE UNIQUE INDEX bids_one_selected ON bids (task_id) WHERE selected;
      CREATE INDEX bids_agent ON bids (agent_id, called_at, id);

      CREATE TABLE deliveries (
        id uuid PRIMARY KEY,
        task_id uuid NOT NULL CONSTRAINT deliveries_task_fk REFERENCES tasks (id),
        bid_id uuid NOT NULL CONSTRAINT deliveries_bid_fk REFERENCES bids (id),
        number integer NOT NULL,
        call_id uuid NOT NULL CONSTRAINT deliveries_call UNIQUE,
        status text NOT NULL CONSTRAINT deliveries_status CHECK (status IN ('pending', 'delivered', 'failed')),
        reason text,
        notes text,
        summary text,
        message text,
        usage jsonb,
        requested_at timestamptz NOT NULL,
        received_at timestamptz,
        CONSTRAINT deliveries_once UNIQUE (task_id, number)
      );

      CREATE TABLE artifacts (
        id uuid PRIMARY KEY,
        bid_id uuid CONSTRAINT artifacts_bid_fk REFERENCES bids (id),
        delivery_id uuid CONSTRAINT artifacts_delivery_fk REFERENCES deliveries (id),
        position integer NOT NULL,
        type text NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        -- null once its time is over
        hash text,
        size integer NOT NULL,
        CONSTRAINT artifacts_one_owner CHECK ((bid_id IS NULL) <> (delivery_id IS NULL)),
        CONSTRAINT artifacts_of_bid UNIQUE (bid_id, position),
        CONSTRAINT artifacts_of_delivery UNIQUE (delivery_id, position)
      );
      CREATE INDEX artifacts_hash ON artifacts (hash);

      CREATE TABLE attachments (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        size integer NOT NULL,
        hash text NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX attachments_account ON attachments (account_id, created_at);
      CREATE INDEX attachments_hash ON attachments (hash);

      CREATE TABLE task_attachments (
        task_id uuid NOT NULL REFERENCES tasks (id),
        attachment_id uuid NOT NULL REFERENCES attachments (id),
        position integer NOT NULL,
        PRIMARY KEY (task_id, attachment_id)
      );
      CREATE INDEX task_attachments_attachment ON task_attachments (attachment_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE task_attachments, attachments, artifacts, deliveries, bids, rounds, tasks');
  }
}
