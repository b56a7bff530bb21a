import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { z } from 'zod';
import { Limited } from '../judging/limited.js';
import { Meter } from '../judging/model/meter.js';
import { Provider } from '../judging/model/provider.schema.js';
import { SdkClient } from '../judging/model/sdk-client.js';
import { rulePair } from '../judging/pairs/pair.js';
import { judgePair } from '../judging/pairs/with-model.js';
import { RuleJudge } from '../judging/rule-judge.js';
import { parseAllow } from '../platform/egress/addresses.js';
import { Egress } from '../platform/egress/egress.js';
import { printLine, readLines, runCommand, Unusable, wholeNumber } from './command.js';
import { pairView } from './pair.view.js';

const USAGE = `Usage: npm run -s measure:pairs -- FILE [--llm URL --model M] [--provider openai-compatible|anthropic] [--timeout S]
Judges pairs of answers. FILE has a line {"id", "prompt", "a", "b"} for each, "-" is standard input; "reference" may hold an answer
known to be right. Without --llm by rules alone. With it the model at URL, such as http://127.0.0.1:11434/v1, is asked in both
orders; its key is taken from JUDGE_MODEL_KEY.`;

const Text = z.string().max(1_000_000);
const Line = z.object({
  id: z.union([z.string(), z.number()]),
  prompt: Text,
  a: Text,
  b: Text,
  reference: Text.optional(),
});
type Line = z.infer<typeof Line>;

/** Pairs that are judged at the same time, where most of it is waiting for a model. */
const AT_ONCE = 4;

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      llm: { type: 'string' },
      model: { type: 'string' },
      provider: { type: 'string', default: 'openai-compatible' },
      timeout: { type: 'string', default: '60' },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Unusable('Give one FILE.');
  if ((values.llm === undefined) !== (values.model === undefined))
    throw new Unusable('Give --llm and --model together.');
  const limited = new Limited();
  const judge = new RuleJudge(limited);
  const model =
    values.llm === undefined ? null : modelAt(values.llm, values.model ?? '', values.provider, values.timeout);
  try {
    await inOrder(readLines(file, Line), model ? AT_ONCE : 1, async (line) => {
      const ruled = await rulePair(judge, line);
      return pairView(
        line.id,
        model ? await judgePair(model.meter(), ruled, line.reference, random) : { ruled, ...ruled },
      );
    });
  } finally {
    await limited.close();
    await model?.egress.close();
  }
});

function random(): string {
  return randomBytes(6).toString('hex');
}

/** The address was given by whoever runs the command: this one place is opened, whatever it is. */
function modelAt(url: string, model: string, providerText: string, timeout: string) {
  const provider = Provider.safeParse(providerText);
  if (!provider.success) throw new Unusable(`--provider must be one of ${Provider.options.join(', ')}.`);
  const at = URL.parse(url);
  if (!at || !/^https?:$/.test(at.protocol)) throw new Unusable(`--llm must be an http or https URL, not ${url}.`);
  const port = at.port || (at.protocol === 'https:' ? '443' : '80');
  const egress = new Egress({ allow: parseAllow(`${at.hostname}:${port}`) });
  const timeoutMs = wholeNumber('--timeout', timeout, 1, 600) * 1_000;
  const access = {
    provider: provider.data,
    url: url.replace(/\/+$/, ''),
    model,
    key: process.env.JUDGE_MODEL_KEY ?? null,
  };
  const client = new SdkClient(access, egress);
  // Both orders, and a canary for each answer that needs one; the rest is for repeats.
  const allowance = { calls: 8, cents: null, timeoutMs, price: { input: 0, output: 0 } };
  return { egress, meter: () => new Meter(client, allowance) };
}

/** Works on several lines at a time, and prints their results in the order of the lines. */
async function inOrder(
  source: AsyncGenerator<Line>,
  atOnce: number,
  work: (line: Line) => Promise<unknown>,
): Promise<void> {
  const limit = pLimit(atOnce);
  const open: Promise<unknown>[] = [];
  for await (const line of source) {
    open.push(limit(() => work(line)));
    if (open.length >= atOnce * 2) printLine(await open.shift());
  }
  for (const result of open) printLine(await result);
}
