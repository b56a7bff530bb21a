import { setImmediate } from 'node:timers/promises';
import { type Answer, code, Decline, type ExecuteRequest, type WorkContext } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { dialectOf, queryBrief } from './brief.ts';
import { changedBy } from './notes.ts';
import { sqlOf } from './query.ts';
import { smithed } from './smith.ts';

const DRAFT_TRIES = 2_000;
const TRIES = 20_000;
const SPARE_MS = 5_000;

await run(profile, {
  prototype: async (request, context) => {
    expectTaskType(request, 'sql-from-examples');
    const price = priceFor(request, profile.min_price, 0.7);
    return { ...(await work(request, context, DRAFT_TRIES)), price };
  },
  deliver: (request, context) => work(request, context, TRIES),
});

async function work(request: ExecuteRequest, { signal, remainingMs }: WorkContext, tries: number): Promise<Answer> {
  const brief = await queryBrief(request, signal);
  const found = await smithed(brief, async (tried) => {
    // Lets a health probe in between.
    if (tried % 50 === 0) await setImmediate();
    return tried < tries && remainingMs() > SPARE_MS;
  });
  if (!found) throw new Decline('I found no way to make that result out of these tables.');
  const { query, understood } = request.revision
    ? changedBy(request.revision.notes, found.query)
    : { query: found.query, understood: [] };
  return {
    artifacts: [code('query.sql', sqlOf(query, dialectOf(request)), 'application/sql')],
    summary: found.isProven
      ? 'Run on your rows, it gives exactly the rows you want.'
      : 'Made from names alone: not proven.',
    message: said(
      found.isProven
        ? `Found at try ${found.tried}.`
        : brief.wanted
          ? 'No query that I know makes your wanted rows out of the given ones.'
          : 'Attach the rows you want, and I can prove it.',
      request.revision
        ? understood.length > 0
          ? `From your notes: ${understood.join('; ')}.`
          : 'I could not act on your notes: I understand order and limit.'
        : null,
    ),
  };
}
