import { type Answer, type ExecuteRequest, markdown, type WorkContext } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { readSentences, summaryBrief, written } from '../lib/summary-brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { lead } from './lead.ts';

await run(profile, {
  prototype: async (request, context) => {
    expectTaskType(request, 'summary');
    const price = priceFor(request, profile.min_price, 0.3);
    return { ...(await work(request, context)), price };
  },
  deliver: work,
});

async function work(request: ExecuteRequest, { signal }: WorkContext): Promise<Answer> {
  const brief = summaryBrief(request);
  const sentences = await readSentences(request, signal);
  const chosen = lead(sentences, brief.maxWords, brief.format === 'bullets' ? 9 : 30);
  return {
    artifacts: [markdown('summary.md', written(chosen, brief.format))],
    summary: `${chosen.length} opening sentences of ${sentences.length}, in at most ${brief.maxWords} words.`,
    message: said(request.revision ? answerTo(brief.understood) : null),
  };
}

function answerTo(understood: readonly string[]): string {
  if (understood.length === 0) return 'I could not act on your notes: I can make it shorter, or points of it.';
  return `I made it again: ${understood.join('; ')}. I take opening sentences only, whatever they mention.`;
}
