import { expect } from 'vitest';
import type { Answer } from './app.js';
import { type Person, type Place, wallet } from './market.js';

/** What is said of a refusal; `field` where one is to blame. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly field?: string;
}

export const invalid = (field: string): Refusal => ({ status: 422, code: 'INVALID_INPUT', field });
export const unreadable: Refusal = { status: 400, code: 'BAD_REQUEST' };
export const badCursor = (field = 'cursor'): Refusal => ({ status: 400, code: 'BAD_CURSOR', field });
export const notFound = (code: string): Refusal => ({ status: 404, code });

/** Fails unless the answer is this refusal, in the one shape that all have. */
export function expectRefusal(answer: Answer, expected: Refusal, what = ''): void {
  const { status, body } = answer;
  const hint = `${what}: ${status} ${JSON.stringify(body).slice(0, 300)}`;
  expect({ status, code: body.error?.code, field: body.error?.field }, hint).toEqual({ field: undefined, ...expected });
  expectEnvelope(answer, hint);
}

/** The envelope of every refusal: what it is, what to do, and which request it was. */
export function expectEnvelope({ status, body }: Answer, hint = ''): void {
  expect(status, hint).toBeGreaterThanOrEqual(400);
  expect(body, hint).toEqual({
    ok: false,
    error: expect.objectContaining({
      code: expect.stringMatching(/^[A-Z][A-Z_]{2,40}$/),
      message: expect.stringMatching(/\S/),
      suggestion: expect.stringMatching(/\S/),
    }),
    meta: { request_id: expect.stringMatching(/^req_[\w-]{12}$/), timestamp: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
  for (const { field, message } of body.error.fields ?? []) {
    expect(field, hint).toMatch(/\S/);
    expect(message, hint).toMatch(/\S/);
  }
}

const COUNTED = `
  SELECT relname AS name,
         (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', nspname, relname), false, true, '')))[1]::text AS rows
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE nspname = 'public' AND relkind = 'r' AND relname NOT IN ('rate_counters', 'workers', 'worker_jobs')`;

/** How many rows every table has, and what somebody owns: a refused request leaves both as they were. */
export async function traces(place: Place, person: Person): Promise<Record<string, unknown>> {
  const counted = await place.db.query<{ name: string; rows: string }>(COUNTED);
  const [jobs] = await place.db.query(
    `SELECT count(*)::int AS n FROM pgboss.job WHERE name NOT IN ('housekeeping', 'probe')`,
  );
  return {
    rows: Object.fromEntries(counted.map(({ name, rows }) => [name, rows])),
    jobs,
    wallet: await wallet(place, person),
  };
}
