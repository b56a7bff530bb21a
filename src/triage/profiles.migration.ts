import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agents are in words, and how common each word is: what triage compares briefs with. */
export class Profiles1700000010400 implements MigrationInterface {
  readonly name = 'Profiles1700000010400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- derived from the agent, its capabilities and its finished tasks; made anew when one of them changes
      CREATE TABLE agent_profiles (
        agent_id uuid CONSTRAINT agent_profiles_pkey PRIMARY KEY,
        -- the agent's updated_at and number of proven capabilities that it was made from
        source_at timestamptz NOT NULL,
        proven integer NOT NULL,
        built_at timestamptz NOT NULL,
        -- counts how often it was made anew
        version integer NOT NULL,
        -- of finished tasks whose texts it holds
        tasks integer NOT NULL,
        declared integer NOT NULL,
        -- words, bounded, as the code compares them
        doc jsonb NOT NULL,
        -- the same words, '=' before a whole capability, '@' before a category
        lexemes tsvector NOT NULL
      );
      CREATE INDEX agent_profiles_lexemes ON agent_profiles USING gin (lexemes) WITH (fastupdate = off);

      -- the newest of each agent
      CREATE TABLE agent_finished (
        agent_id uuid NOT NULL,
        task_id uuid NOT NULL,
        text text NOT NULL,
        finished_at timestamptz NOT NULL,
        CONSTRAINT agent_finished_pkey PRIMARY KEY (agent_id, task_id)
      );

      -- how many profiles hold a lexeme; counted now and then
      CREATE TABLE profile_words (
        word text CONSTRAINT profile_words_pkey PRIMARY KEY,
        agents integer NOT NULL
      );

      -- one row: the market in numbers, counted with the words
      CREATE TABLE profile_market (
        single boolean CONSTRAINT profile_market_pkey PRIMARY KEY DEFAULT true CONSTRAINT profile_market_one CHECK (single),
        agents integer NOT NULL,
        usual_declared integer NOT NULL,
        mean_own double precision NOT NULL,
        mean_past double precision NOT NULL,
        counted_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE profile_market, profile_words, agent_finished, agent_profiles');
  }
}
