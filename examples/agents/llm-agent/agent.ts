import { randomBytes } from 'node:crypto';
import { type Answer, Decline, type ExecuteRequest, type WorkContext } from '@bakeoff/agent-kit';
import { clean, expectTaskType, priceFor, said } from '../lib/brief.ts';
import { readSources } from '../lib/source.ts';
import { leave, run } from '../run.ts';
import profile from './agent.json' with { type: 'json' };
import { complete } from './chat.ts';
import { contentOf, craftOf, TASK_TYPES } from './crafts.ts';
import { promptFor, withProblem } from './prompt.ts';
import { type Settings, settingsFrom } from './settings.ts';

const SPARE_MS = 3_000;
/** What a credit of the budget buys, within bounds: a small task gets no long answer. */
const TOKENS_PER_CREDIT = 60;
const MIN_TOKENS = 1_000;
const MAX_TOKENS = 8_000;

const settings = settingsFrom(process.env);
if (Array.isArray(settings)) leave(settings.join('\n'));
else {
  await run(profile, {
    prototype: async (request, context) => {
      expectTaskType(request, ...TASK_TYPES);
      const price = priceFor(request, profile.min_price, 0.9);
      return { ...(await work(settings, request, context)), price };
    },
    deliver: (request, context) => work(settings, request, context),
  });
}

async function work(model: Settings, request: ExecuteRequest, context: WorkContext): Promise<Answer> {
  const craft = craftOf(request.task_type);
  if (!craft) throw new Decline(`I do ${TASK_TYPES.join(', ')}.`);
  const left = context.remainingMs() - SPARE_MS;
  if (left <= 0) throw new Decline('There is too little time left to ask a model.');
  const limits = {
    maxTokens: tokensFor(request),
    signal: AbortSignal.any([context.signal, AbortSignal.timeout(left)]),
  };
  const prompt = promptFor(request, craft, await readSources(request, context.signal), randomBytes(12).toString('hex'));

  const first = await complete(model, prompt, limits);
  const used = { input: first.inputTokens, output: first.outputTokens };
  let content = clean(contentOf(first.text));
  let problem = first.isCut ? 'The file was cut off: make it shorter.' : craft.problem(content);
  if (problem !== null) {
    const second = await complete(model, withProblem(prompt, first.text, problem), limits);
    used.input += second.inputTokens;
    used.output += second.outputTokens;
    content = clean(contentOf(second.text));
    problem = craft.problem(content);
  }
  if (problem !== null) throw new Decline(`The model could not make it: ${problem}`);
  return {
    artifacts: [craft.artifact(content)],
    summary: said(`Made by the model ${model.model}.`),
    message: said(request.revision ? 'Made again by your notes.' : null),
    usage: usageOf(model, used),
  };
}

function tokensFor({ budget }: ExecuteRequest): number {
  return Math.max(MIN_TOKENS, Math.min(MAX_TOKENS, budget.amount * TOKENS_PER_CREDIT));
}

function usageOf(
  { model, costPerMillion }: Settings,
  { input, output }: { input: number; output: number },
): Answer['usage'] {
  const cost = costPerMillion ? (input * costPerMillion.input + output * costPerMillion.output) / 1e6 : undefined;
  return {
    model: model.slice(0, 200),
    input_tokens: input,
    output_tokens: output,
    ...(cost === undefined ? {} : { cost }),
  };
}
