import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was decided and why, and what each agent's record says. */
export class Triage1700000004500 implements MigrationInterface {
  readonly name = 'Triage1700000004500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE triage_decisions (
        id uuid CONSTRAINT triage_decisions_pkey PRIMARY KEY,
        task_id uuid NOT NULL,
        round integer NOT NULL,
        decided_at timestamptz NOT NULL,
        -- whole: request, policy, candidates with their scores, who was chosen
        decision jsonb NOT NULL,
        CONSTRAINT triage_decisions_once UNIQUE (task_id, round)
      );

      CREATE TABLE agent_standing (
        agent_id uuid NOT NULL,
        category text NOT NULL,
        -- null: the whole category, which counts everything in it
        task_type text,
        called integer NOT NULL,
        judged integer NOT NULL,
        score_sum double precision NOT NULL,
        -- of the latest 20 judged bids, newest first: score 0-100, and how long it took
        recent real[] NOT NULL,
        recent_ms integer[] NOT NULL,
        presented integer NOT NULL,
        picked integer NOT NULL,
        late integer NOT NULL,
        failed integer NOT NULL,
        delivered integer NOT NULL,
        -- late and failed calls, 10 at most; each judged bid halves them
        setbacks integer NOT NULL,
        setback_at timestamptz,
        updated_at timestamptz NOT NULL,
        -- the mean score with three middling ones added, so that a single lucky bid does not lead
        proven_mean double precision NOT NULL GENERATED ALWAYS AS ((score_sum + 150) / (judged + 3)) STORED,
        CONSTRAINT agent_standing_once UNIQUE NULLS NOT DISTINCT (agent_id, category, task_type),
        CONSTRAINT agent_standing_scores CHECK (score_sum >= 0 AND score_sum <= judged * 100)
      );
      CREATE INDEX agent_standing_best ON agent_standing (category, proven_mean DESC, agent_id) WHERE task_type IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE agent_standing, triage_decisions');
  }
}
