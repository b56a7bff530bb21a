import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records learn from rounds: relative scores by agent version, plain means by rubric version, ratings, answer times; and how often an
 * operator's agents are called. What older records remember of plain scores is kept as relative ones of little weight.
 */
export class Learning1700000010500 implements MigrationInterface {
  readonly name = 'Learning1700000010500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX agent_standing_best;
      ALTER TABLE agent_standing
        DROP COLUMN proven_mean,
        -- null: the whole agent, over all categories
        ALTER COLUMN category DROP NOT NULL,
        ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT agent_standing_pkey PRIMARY KEY,
        -- the agent's version that the latest judged bid came from
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        -- judged bids, those of older versions and long ago as less than one; sums of relative scores (0-1), and of what plain ones lay above
        ADD COLUMN weight double precision NOT NULL DEFAULT 0,
        ADD COLUMN relative_sum double precision NOT NULL DEFAULT 0,
        ADD COLUMN level_sum double precision NOT NULL DEFAULT 0,
        -- plain scores under the latest rubric version, of one task type
        ADD COLUMN rubric_version integer NOT NULL DEFAULT 1,
        ADD COLUMN rubric_judged integer NOT NULL DEFAULT 0,
        ADD COLUMN rubric_sum double precision NOT NULL DEFAULT 0,
        -- Weng and Lin's rating, and how many other bids it comes from
        ADD COLUMN mu double precision NOT NULL DEFAULT 25,
        ADD COLUMN sigma double precision NOT NULL DEFAULT 8.333333333333334,
        ADD COLUMN compared integer NOT NULL DEFAULT 0,
        -- of the latest 20 answers, newest first: how long they took; of a late one a moment more than it was waited for
        ADD COLUMN answer_ms integer[] NOT NULL DEFAULT '{}',
        ADD COLUMN answered_at timestamptz,
        -- four in five of these answers took no longer; null: fewer than 5
        ADD COLUMN usual_ms integer;

      UPDATE agent_standing SET
        weight = 0.3 * cardinality(recent),
        relative_sum = 0.3 * COALESCE((SELECT sum(score) FROM unnest(recent) score), 0) / 100,
        answer_ms = recent_ms, answered_at = updated_at,
        rubric_judged = CASE WHEN task_type IS NULL THEN 0 ELSE judged END,
        rubric_sum = CASE WHEN task_type IS NULL THEN 0 ELSE score_sum END;

      INSERT INTO agent_standing (agent_id, category, task_type, called, judged, score_sum, recent, recent_ms, presented, picked, late, failed,
                                  delivered, setbacks, setback_at, updated_at, weight, relative_sum)
      SELECT agent_id, NULL, NULL, sum(called), sum(judged), sum(score_sum), '{}', '{}', sum(presented), sum(picked), sum(late), sum(failed),
             sum(delivered), LEAST(sum(setbacks), 10), max(setback_at), max(updated_at), sum(weight), sum(relative_sum)
      FROM agent_standing WHERE task_type IS NULL GROUP BY agent_id;

      -- the mean relative score with three middling ones added, so that a single lucky bid does not lead
      ALTER TABLE agent_standing
        ADD COLUMN proven_mean double precision NOT NULL GENERATED ALWAYS AS ((relative_sum + 1.5) / (weight + 3)) STORED,
        ADD CONSTRAINT agent_standing_memory CHECK (weight >= 0 AND relative_sum >= 0 AND relative_sum <= weight + 1e-6 AND sigma > 0);
      CREATE INDEX agent_standing_best ON agent_standing (category, proven_mean DESC, agent_id) WHERE task_type IS NULL;

      -- the turns that agents take which no record brings in: a circle, in an order that nobody chose
      ALTER TABLE agent_capabilities ADD COLUMN turn double precision NOT NULL DEFAULT random();
      CREATE INDEX agent_capabilities_turns ON agent_capabilities (category, turn, agent_id) WHERE passed_at IS NOT NULL;

      -- places given to an operator's agents, counted in slices of five minutes
      CREATE TABLE operator_calls (
        operator_id uuid NOT NULL,
        since timestamptz NOT NULL,
        called integer NOT NULL CHECK (called > 0),
        CONSTRAINT operator_calls_pkey PRIMARY KEY (since, operator_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE operator_calls;
      DROP INDEX agent_standing_best;
      ALTER TABLE agent_capabilities DROP COLUMN turn;
      DELETE FROM agent_standing WHERE category IS NULL;
      ALTER TABLE agent_standing
        DROP CONSTRAINT agent_standing_memory,
        DROP COLUMN proven_mean, DROP COLUMN id, DROP COLUMN version, DROP COLUMN weight, DROP COLUMN relative_sum, DROP COLUMN level_sum,
        DROP COLUMN rubric_version, DROP COLUMN rubric_judged, DROP COLUMN rubric_sum, DROP COLUMN mu, DROP COLUMN sigma,
        DROP COLUMN compared, DROP COLUMN answer_ms, DROP COLUMN answered_at, DROP COLUMN usual_ms,
        ALTER COLUMN category SET NOT NULL,
        ADD COLUMN proven_mean double precision NOT NULL GENERATED ALWAYS AS ((score_sum + 150) / (judged + 3)) STORED;
      CREATE INDEX agent_standing_best ON agent_standing (category, proven_mean DESC, agent_id) WHERE task_type IS NULL;
    `);
  }
}
