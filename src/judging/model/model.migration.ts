import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Buyers' own keys for a judging model, and what asking models cost. */
export class ModelJudge1700000013000 implements MigrationInterface {
  readonly name = 'ModelJudge1700000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE judge_keys (
        account_id uuid CONSTRAINT judge_keys_pkey PRIMARY KEY
          CONSTRAINT judge_keys_account_id_fkey REFERENCES accounts ON DELETE CASCADE,
        provider text NOT NULL CONSTRAINT judge_keys_provider CHECK (provider IN ('openai-compatible', 'anthropic')),
        url text,
        model text NOT NULL,
        ciphertext text NOT NULL,
        ends_with text,
        -- US cents for a million tokens, and for one task at most
        price_in double precision NOT NULL CONSTRAINT judge_keys_price_in CHECK (price_in >= 0),
        price_out double precision NOT NULL CONSTRAINT judge_keys_price_out CHECK (price_out >= 0),
        max_cents double precision NOT NULL CONSTRAINT judge_keys_max_cents CHECK (max_cents >= 0),
        set_at timestamptz NOT NULL
      );

      CREATE TABLE judging_costs (
        id uuid CONSTRAINT judging_costs_pkey PRIMARY KEY,
        -- whose judging it was: a task, held as an id
        task_id uuid NOT NULL,
        round integer NOT NULL,
        paid_by text NOT NULL CONSTRAINT judging_costs_paid_by CHECK (paid_by IN ('platform', 'buyer')),
        model text NOT NULL,
        calls integer NOT NULL,
        failed integer NOT NULL,
        input_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL,
        cents double precision NOT NULL,
        note text,
        at timestamptz NOT NULL
      );
      CREATE INDEX judging_costs_task ON judging_costs (task_id, at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE judging_costs, judge_keys');
  }
}
