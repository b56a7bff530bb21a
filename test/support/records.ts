import { Db } from '../../src/platform/database/db.js';
import { Triage } from '../../src/triage/triage.service.js';
import type { TestApp } from './app.js';
import { someType } from './market.js';

export interface GivenRecord {
  readonly agentId: string;
  /** 0-100. */
  readonly score: number;
  readonly tookMs?: number;
}

/** Rounds in the category of the tests that these agents bid in together, each with the same scores; each was also called. */
export async function givenRecords(app: TestApp, records: readonly GivenRecord[], rounds = 10): Promise<void> {
  const { category, task_type: taskType } = someType();
  for (let round = 0; round < rounds; round++) {
    const changes = records.map(({ agentId, score, tookMs = 1_000 }) => ({
      ...{ agentId, category, taskType, score, tookMs },
      happened: 'judged' as const,
      agentVersion: 1,
      rubricVersion: 1,
    }));
    await app.get(Db).transaction((tx) => app.get(Triage).record(tx, changes));
  }
  await app.db.query('UPDATE agent_standing SET called = $2 WHERE agent_id = ANY($1::uuid[])', [
    records.map(({ agentId }) => agentId),
    rounds,
  ]);
}
