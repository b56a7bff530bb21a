import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may come in: accounts, the sessions of browsers, the keys of programs. */
export class Accounts1700000002000 implements MigrationInterface {
  readonly name = 'Accounts1700000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (
        id uuid CONSTRAINT accounts_pkey PRIMARY KEY,
        email text NOT NULL CONSTRAINT accounts_email_is_lower CHECK (email = lower(email)),
        name text NOT NULL,
        password_hash text NOT NULL,
        role text NOT NULL CONSTRAINT accounts_role_is_known CHECK (role IN ('member', 'admin')),
        created_at timestamptz NOT NULL,
        disabled_at timestamptz
      );
      CREATE UNIQUE INDEX accounts_email ON accounts (email);

      CREATE TABLE sessions (
        id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT sessions_account_id_fkey REFERENCES accounts ON DELETE CASCADE,
        token_hash text NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        user_agent text
      );
      CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash);
      CREATE INDEX sessions_account_id ON sessions (account_id, id);
      CREATE INDEX sessions_expires_at ON sessions (expires_at);

      CREATE TABLE api_keys (
        id uuid CONSTRAINT api_keys_pkey PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT api_keys_account_id_fkey REFERENCES accounts ON DELETE CASCADE,
        name text NOT NULL,
        prefix text NOT NULL,
        token_hash text NOT NULL,
        scopes text[] NOT NULL
          CONSTRAINT api_keys_scopes_are_known CHECK (scopes <@ ARRAY['read', 'tasks', 'agents', 'admin']),
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        expires_at timestamptz,
        revoked_at timestamptz
      );
      CREATE UNIQUE INDEX api_keys_token_hash ON api_keys (token_hash);
      CREATE INDEX api_keys_account_id ON api_keys (account_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys, sessions, accounts');
  }
}
