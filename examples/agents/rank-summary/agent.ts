import { type Answer, type ExecuteRequest, markdown, type WorkContext } from '@bakeoff/agent-kit';
import { expectTaskType, priceFor, said } from '../lib/brief.ts';
import { wordsOf } from '../lib/prose.ts';
import { missingTerms, readSentences, type SummaryBrief, summaryBrief, written } from '../lib/summary-brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { chosen } from './choose.ts';

const DRAFT_SENTENCES = 250;

await run(profile, {
  prototype: async (request, context) => {
    expectTaskType(request, 'summary');
    const price = priceFor(request, profile.min_price, 0.7);
    return { ...(await work(request, context, DRAFT_SENTENCES)), price };
  },
  deliver: (request, context) => work(request, context, Number.POSITIVE_INFINITY),
});

async function work(request: ExecuteRequest, { signal }: WorkContext, most: number): Promise<Answer> {
  const brief = summaryBrief(request);
  const sentences = (await readSentences(request, signal)).slice(0, most);
  const picked = chosen(sentences, brief);
  const text = written(picked, brief.format);
  return {
    artifacts: [markdown('summary.md', text)],
    summary: `${sentences.length} sentences became ${picked.length}: ${wordsOf(text).length} words.`,
    message: said(...remarks(request, brief, missingTerms(text, brief))),
  };
}

function remarks({ revision }: ExecuteRequest, brief: SummaryBrief, missing: readonly string[]): string[] {
  return [
    missing.length > 0
      ? `There is nothing in the text, or no room, for: ${missing.join(', ')}.`
      : 'All you must mention is in.',
    ...(!revision
      ? []
      : brief.understood.length > 0
        ? [`Made again ${brief.understood.join('; ')}.`]
        : [
            'I could not act on your notes. I understand "shorter", "longer", "bullets", "paragraph" and "mention ..." in quotation marks.',
          ]),
  ];
}
