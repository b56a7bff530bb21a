import { type Answer, Decline, type ExecuteRequest, text } from '@bakeoff/agent-kit';
import { countOf, expectTaskType, own, priceFor, quoted, said } from '../lib/brief.ts';
import { run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { type Examples, forged } from './forge.ts';
import { withNotes } from './notes.ts';

const DRAFT_FUEL = 3_000_000;
const FUEL = 20_000_000;
const MAX_EXAMPLES = 60;
const MAX_CHARS = 200;

await run(profile, {
  prototype: (request) => {
    expectTaskType(request, 'regex-from-examples');
    const price = priceFor(request, profile.min_price, 0.7);
    return { ...work(request, DRAFT_FUEL), price };
  },
  deliver: (request) => work(request, FUEL),
});

function work(request: ExecuteRequest, fuel: number): Answer {
  const given = examplesOf(request);
  const notes = request.revision ? withNotes(given, request.revision.notes) : null;
  const examples = notes?.examples ?? given;
  const both = examples.accept.find((example) => examples.reject.includes(example));
  if (both !== undefined) throw new Decline(`${quoted(both)} stands among the good and the bad examples.`);
  const found = forged(examples, { left: fuel });
  if (!found) throw new Decline('I found no pattern that parts your good examples from the bad ones.');
  return {
    artifacts: [text('pattern.txt', found.pattern)],
    summary: said(`Takes ${found.words}.`),
    message: said(
      `Tried on ${examples.accept.length} good and ${examples.reject.length} bad examples: all are right.`,
      found.named.length > 0
        ? `${found.named.length} bad examples are kept out by name: nothing else sets them apart.`
        : null,
      found.isTooLong
        ? `It has ${found.pattern.length} characters, more than you allow; I found no shorter one.`
        : null,
      notes && notes.understood.length > 0 ? `From your notes: ${notes.understood.join('; ')}.` : null,
      notes && notes.understood.length === 0
        ? 'I could not act on your notes: put new examples in quotation marks, and say whether they match.'
        : null,
    ),
  };
}

function examplesOf({ requirements }: ExecuteRequest): Examples {
  const [accept, reject] = [textsOf(own(requirements, 'accept')), textsOf(own(requirements, 'reject'))];
  if (accept.length === 0) throw new Decline('I need at least one good example.');
  return { accept, reject, maxLength: countOf(requirements, 'max_length') ?? 200 };
}

/** As they are: spaces at an end may be what makes an example a bad one. */
function textsOf(value: unknown): string[] {
  const texts = (Array.isArray(value) ? value : []).slice(0, MAX_EXAMPLES).filter((item) => typeof item === 'string');
  if (texts.some((item) => item.length > MAX_CHARS || item.includes('\0') || !item.isWellFormed())) {
    throw new Decline(`I work with examples of up to ${MAX_CHARS} printable characters.`);
  }
  return [...new Set(texts)];
}
