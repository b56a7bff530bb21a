import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is to judge a task's bids, where the buyer says so. */
export class TaskJudge1700000013100 implements MigrationInterface {
  readonly name = 'TaskJudge1700000013100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tasks ADD judge text CONSTRAINT tasks_judge CHECK (judge IN ('rules', 'llm'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE tasks DROP judge');
  }
}
