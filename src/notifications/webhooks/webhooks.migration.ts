import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Webhooks1700000017000 implements MigrationInterface {
  readonly name = 'Webhooks1700000017000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhooks (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL,
        url text NOT NULL,
        description text NOT NULL,
        -- types, and groups such as task.*
        types text[] NOT NULL CHECK (cardinality(types) BETWEEN 1 AND 50),
        -- only events about this agent, or this task
        agent_id uuid,
        task_id uuid,
        enabled boolean NOT NULL,
        disabled_reason text CHECK (disabled_reason IN ('owner', 'gone', 'failing')),
        disabled_at timestamptz,
        -- since when nothing was delivered although it was tried; null after a success
        failing_since timestamptz,
        -- the last attempt took so long that the next ones go one by one
        slow boolean NOT NULL DEFAULT false,
        -- it hears of the transactions after the one that made it, or switched it on
        since_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CHECK (enabled = (disabled_at IS NULL)),
        CHECK (enabled = (disabled_reason IS NULL))
      );
      CREATE INDEX webhooks_account ON webhooks (account_id, id);
      CREATE INDEX webhooks_since ON webhooks (since_xid) WHERE enabled;

      CREATE TABLE webhook_secrets (
        id uuid PRIMARY KEY,
        webhook_id uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
        -- sealed
        ciphertext text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz
      );
      CREATE INDEX webhook_secrets_webhook ON webhook_secrets (webhook_id);
      CREATE INDEX webhook_secrets_expires ON webhook_secrets (expires_at) WHERE expires_at IS NOT NULL;

      CREATE TABLE webhook_deliveries (
        -- what the receiver sees as webhook-id, the same on every attempt
        id uuid PRIMARY KEY,
        webhook_id uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
        -- null: a ping
        event_id text,
        type text NOT NULL,
        body text NOT NULL,
        status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
        reason text,
        attempts integer NOT NULL DEFAULT 0,
        -- of those the ones since it was last asked for: where in the schedule it stands
        tries integer NOT NULL DEFAULT 0,
        next_at timestamptz,
        -- due, and all places of its webhook are taken
        waiting_since timestamptz,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        UNIQUE (webhook_id, event_id),
        CHECK ((status = 'pending') = (next_at IS NOT NULL)),
        CHECK ((status = 'pending') = (finished_at IS NULL))
      );
      CREATE INDEX webhook_deliveries_log ON webhook_deliveries (webhook_id, id DESC);
      CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE status = 'pending';
      CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, waiting_since) WHERE waiting_since IS NOT NULL;
      CREATE INDEX webhook_deliveries_created ON webhook_deliveries (created_at);

      CREATE TABLE webhook_attempts (
        delivery_id uuid NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
        attempt integer NOT NULL,
        webhook_id uuid NOT NULL,
        worker_id uuid NOT NULL,
        started_at timestamptz NOT NULL,
        -- while it runs and this lies ahead, it holds one of the webhook's places
        lease_until timestamptz NOT NULL,
        finished_at timestamptz,
        -- null: under way. unknown: its worker died
        outcome text CHECK (outcome IN ('delivered', 'failed', 'unknown')),
        problem text,
        status integer,
        connect_ms real,
        first_byte_ms real,
        total_ms real,
        request_headers jsonb,
        response_headers jsonb,
        response_head text,
        PRIMARY KEY (delivery_id, attempt),
        CHECK ((outcome IS NULL) = (finished_at IS NULL))
      );
      CREATE INDEX webhook_attempts_running ON webhook_attempts (webhook_id) WHERE outcome IS NULL;
      CREATE INDEX webhook_attempts_worker ON webhook_attempts (worker_id) WHERE outcome IS NULL;

      -- How far the events have been handed to the webhooks: one row, locked by whoever goes on.
      CREATE TABLE webhook_cursor (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        xid xid8 NOT NULL,
        id bigint NOT NULL
      );
      INSERT INTO webhook_cursor (xid, id) VALUES ('0', 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_cursor, webhook_attempts, webhook_deliveries, webhook_secrets, webhooks');
  }
}
