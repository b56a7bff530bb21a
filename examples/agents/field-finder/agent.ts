import { type Answer, Decline, type ExecuteRequest, json, type WorkContext } from '@bakeoff/agent-kit';
import { expectTaskType, own, priceFor, said } from '../lib/brief.ts';
import { readSources } from '../lib/source.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { corrected } from './correct.ts';
import { extracted } from './find.ts';
import { wantedFrom } from './schema.ts';

const DRAFT_CHARS = 100_000;

await run(profile, {
  prototype: async (request, context) => {
    expectTaskType(request, 'json-extraction');
    const price = priceFor(request, profile.min_price, 0.6);
    return { ...(await work(request, context, DRAFT_CHARS)), price };
  },
  deliver: (request, context) => work(request, context, Number.POSITIVE_INFINITY),
});

async function work(request: ExecuteRequest, { signal }: WorkContext, maxChars: number): Promise<Answer> {
  const wanted = wantedFrom(own(request.requirements, 'schema'));
  if (wanted === null) throw new Decline('I need a JSON Schema of an object with properties in the requirements.');
  const sources = await readSources(request, signal);
  const text = sources
    .map((source) => source.text)
    .join('\n\n')
    .slice(0, maxChars);
  if (text.trim() === '') throw new Decline('I need the source as a text file, attached to the task.');
  const { value, missing } = extracted(text, wanted);
  const told = request.revision ? corrected(value, wanted, request.revision.notes) : [];
  return {
    artifacts: [json('extracted.json', value)],
    summary: said(`${Object.keys(value).length} of ${wanted.fields.length} fields were found.`),
    message: said(
      missing.length > 0
        ? `The source says nothing on: ${missing.join(', ')}. I left that out.`
        : 'Every required field is filled.',
      request.revision ? answerTo(told) : null,
    ),
  };
}

function answerTo(told: readonly string[]): string {
  if (told.length === 0)
    return 'I could not act on your notes. I understand lines such as "customer: Kestrel Boatyard".';
  return `As you told me I set ${told.join(', ')}.`;
}
