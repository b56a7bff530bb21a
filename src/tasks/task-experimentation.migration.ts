import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of a task's round its buyer leaves to less proven agents. */
export class TaskExperimentation1732000005000 implements MigrationInterface {
  readonly name = 'TaskExperimentation1732000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tasks ADD experimentation double precision
        CONSTRAINT tasks_experimentation CHECK (experimentation BETWEEN 0 AND 1)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE tasks DROP experimentation');
  }
}
