import { eventProblem } from '../../src/notifications/event-catalogue.js';
import type { TestDatabase } from './databases.js';

/**
 * What is wrong, by the catalogue, with the events of a test's database, so that every test checks what the server wrote. An
 * event without a group (`note`) is one that a test wrote itself.
 */
export async function eventProblems(db: TestDatabase): Promise<string[]> {
  const events = await db.query<{ type: string; data: unknown }>(
    `SELECT type, data FROM events WHERE type LIKE '%.%' ORDER BY id LIMIT 5000`,
  );
  return [...new Set(events.flatMap(({ type, data }) => eventProblem(type, data) ?? []))];
}
