import { setImmediate } from 'node:timers/promises';
import { type Answer, type ExecuteRequest, markdown, type WorkContext } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { wordsOf } from '../lib/prose.ts';
import { missingTerms, readSentences, summaryBrief, written } from '../lib/summary-brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { Search, seeded } from './weigh.ts';

const STEPS = 20_000;
const DRAFT_ROUNDS = 20;
const ROUNDS = 60;
const SPARE_MS = 5_000;

await run(profile, {
  prototype: async (request, context) => {
    expectTaskType(request, 'summary');
    const price = priceFor(request, profile.min_price, 0.55);
    return { ...(await work(request, context, DRAFT_ROUNDS)), price };
  },
  deliver: (request, context) => work(request, context, ROUNDS),
});

async function work(request: ExecuteRequest, context: WorkContext, rounds: number): Promise<Answer> {
  const brief = summaryBrief(request);
  const search = new Search(await readSentences(request, context.signal), brief, seeded(request.round));
  let round = 0;
  for (; round < rounds && context.remainingMs() > SPARE_MS; round++) {
    search.run(STEPS);
    // Lets a health probe in between.
    await setImmediate();
  }
  const text = written(search.result(), brief.format);
  const missing = missingTerms(text, brief);
  return {
    artifacts: [markdown('summary.md', text)],
    summary: `${wordsOf(text).length} words, the best of ${(round * STEPS).toLocaleString('en')} tries.`,
    message: said(
      missing.length > 0 ? `Nothing on: ${missing.join(', ')}.` : null,
      request.revision ? `Your notes as I read them: ${brief.understood.join('; ') || 'nothing that I can do'}.` : null,
    ),
  };
}
